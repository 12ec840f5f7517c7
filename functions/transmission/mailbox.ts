import type { Queue, ReceivedMessage } from '../runtime/queue.client.ts';

/** The next messages are asked for while so many are still in hand, so that no lane waits for the queue. */
const IN_HAND = 10;
/** SQS answers from a part of its servers: one empty answer does not mean an empty queue. */
const EMPTY_ANSWERS = 3;
const LONGEST_DELAY_S = 900;

export interface Mailbox {
  /** Undefined: nothing left, or no longer open. */
  next(): Promise<ReceivedMessage | undefined>;
  /**
   * A new message first, then the old one goes: a message that waits is not one that fails, and must not come
   * near the dead letters. A crash in between leaves two, of which the second finds nothing to do.
   */
  putBack(message: ReceivedMessage, delayMs: number): Promise<void>;
  /** What was received and not handed out goes back at once. */
  giveBack(): Promise<void>;
}

/** The queue as one run uses it. */
export const createMailbox = (
  queue: Pick<Queue, 'send' | 'receive' | 'remove'>,
  isOpen: () => boolean,
): Mailbox => {
  const inHand: ReceivedMessage[] = [];
  let emptyAnswers = 0;
  let asking: Promise<void> | undefined;
  const ask = () => {
    asking ??= queue
      .receive()
      .then((messages) => {
        emptyAnswers = messages.length === 0 ? emptyAnswers + 1 : 0;
        inHand.push(...messages);
      })
      .finally(() => (asking = undefined));
    return asking;
  };
  const askAhead = () => {
    // A failure shows when the queue is asked in earnest.
    if (inHand.length < IN_HAND && emptyAnswers === 0) ask().catch(() => undefined);
  };
  const putBack = async (message: ReceivedMessage, delayMs: number) => {
    const delaySeconds = Math.min(Math.max(Math.ceil(delayMs / 1000), 0), LONGEST_DELAY_S);
    await queue.send([{ body: JSON.parse(message.body), delaySeconds }]);
    await queue.remove(message);
  };
  return {
    next: async () => {
      while (isOpen()) {
        const message = inHand.shift();
        askAhead();
        if (message !== undefined) return message;
        if (emptyAnswers >= EMPTY_ANSWERS) return undefined;
        await ask();
      }
      return undefined;
    },
    putBack,
    giveBack: async () => {
      await asking?.catch(() => undefined);
      await Promise.all(inHand.splice(0).map((message) => putBack(message, 0).catch(() => undefined)));
    },
  };
};
