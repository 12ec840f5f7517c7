/** A queue as the template states it. Dead letters are named, not given by ARN. */
export interface QueueShape {
  /** default 30 */
  visibilitySeconds?: number;
  /** default 0 */
  delaySeconds?: number;
  /** default four days; a message's age counts from its first sending, also among the dead letters */
  retentionSeconds?: number;
  deadLetters?: { queue: string; maxReceiveCount: number };
}

export interface QueuedMessage {
  messageId: string;
  body: string;
  /** epoch ms; kept when the message is moved to the dead letters */
  sentAt: number;
  /** hidden until then: delayed, or being worked on */
  visibleAt: number;
  received: number;
  firstReceivedAt?: number;
  /** of the latest receive; older ones delete nothing */
  receiptHandle?: string;
  /** ARN of the queue it died in */
  diedIn?: string;
}

/** One standard queue. It knows no clock: every verb is told the time. */
export interface Queue {
  name: string;
  shape: QueueShape;
  add(message: QueuedMessage): void;
  /** Messages that are kept, oldest place first; those past their retention are gone. */
  messages(now: number): QueuedMessage[];
  visible(now: number): QueuedMessage[];
  remove(message: QueuedMessage): void;
}

const FOUR_DAYS = 4 * 24 * 3600;

export const retentionSeconds = ({ retentionSeconds: seconds = FOUR_DAYS }: QueueShape): number => seconds;

export const createQueue = (name: string, shape: QueueShape): Queue => {
  const kept = new Set<QueuedMessage>();
  const messages = (now: number): QueuedMessage[] => {
    const oldest = now - retentionSeconds(shape) * 1000;
    for (const message of kept) if (message.sentAt < oldest) kept.delete(message);
    return [...kept];
  };
  return {
    name,
    shape,
    add: (message) => void kept.add(message),
    messages,
    // The longest visible first, as far as a standard queue keeps any order.
    visible: (now) =>
      messages(now)
        .filter(({ visibleAt }) => visibleAt <= now)
        .toSorted((a, b) => a.visibleAt - b.visibleAt),
    remove: (message) => void kept.delete(message),
  };
};
