/** Messages that could not be worked on, as the console handles them. */

/** `source`: address of the queue they came from and go back to. */
export interface FailedQueueName {
  name: string;
  url: string;
  source?: string | undefined;
}
export interface DeadLetter {
  messageId: string;
  /** first sending, epoch ms: its age counts from there */
  sentAt: number;
  /** how often it was taken from this queue, looks included */
  received: number;
  body: string;
}
/** A move of a whole queue by SQS itself; its numbers are approximate. */
export interface MoveTask {
  task?: string;
  status: string;
  moved: number;
  toMove: number;
  startedAt: number;
}
export interface DeadLetters {
  names: readonly { name: string; returns: boolean }[];
  /** About how many there are, and how long SQS keeps each. */
  depth(name: string): Promise<{ waiting: number; keptMs: number }>;
  /** Up to `most`, oldest first of those seen. They stay where they are. */
  look(name: string, most: number): Promise<DeadLetter[]>;
  /** gone: another operator was first, or its time was over */
  giveBackOne(name: string, messageId: string): Promise<'returned' | 'gone' | 'no-way-back'>;
  /** Sends up to `most` back that came to the queues before then, epoch ms; 0: none was found. */
  giveBackSome(name: string, most: number, before: number): Promise<number>;
  /** Answers how many of them were still there and are deleted now. */
  deleteThese(name: string, messageIds: readonly string[]): Promise<number>;
  /** Has SQS move the whole queue back. not-movable: it cannot, or does so already. */
  startMove(name: string): Promise<{ outcome: 'started'; task: string } | { outcome: 'not-movable' }>;
  /** The latest move. */
  moveTask(name: string): Promise<MoveTask | undefined>;
  cancelMove(task: string): Promise<void>;
}
