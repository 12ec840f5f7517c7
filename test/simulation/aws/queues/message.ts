/** Messages, queues and errors as SQS words them. */
import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import { type Queue, type QueuedMessage, retentionSeconds } from './queue.ts';

/** With all system attributes. */
export interface ReceivedMessage {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes: Record<string, string>;
}

export const fault = (name: string, message: string): AwsError =>
  new AwsError({ name, message, status: 400 });

/** The SDK compares it with what it sent or got. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export const received = (message: QueuedMessage, receiptHandle: string): ReceivedMessage => ({
  MessageId: message.messageId,
  ReceiptHandle: receiptHandle,
  Body: message.body,
  MD5OfBody: md5(message.body),
  Attributes: {
    SenderId: '000000000000',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.received),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.diedIn !== undefined && { DeadLetterQueueSourceArn: message.diedIn }),
  },
});

/** Only the system attributes that were asked for. */
export const withOnly = (wanted: readonly string[], message: ReceivedMessage) => {
  const { Attributes, ...rest } = message;
  const shown = Object.entries(Attributes).filter(
    ([name]) => wanted.includes('All') || wanted.includes(name),
  );
  return shown.length === 0 ? rest : { ...rest, Attributes: Object.fromEntries(shown) };
};

export const checkBatch = (entries: readonly { Id: string }[]): void => {
  if (entries.length === 0)
    throw fault('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10)
    throw fault('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw fault('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
};

/** All attributes of a queue, as texts. */
export const attributesOf = (queue: Queue, now: number, arn: (name: string) => string) => {
  const messages = queue.messages(now);
  const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
  const delayed = hidden.filter(({ receiptHandle }) => receiptHandle === undefined);
  const { deadLetters, visibilitySeconds = 30, delaySeconds = 0 } = queue.shape;
  return {
    QueueArn: arn(queue.name),
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesDelayed: String(delayed.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed.length),
    VisibilityTimeout: String(visibilitySeconds),
    DelaySeconds: String(delaySeconds),
    MessageRetentionPeriod: String(retentionSeconds(queue.shape)),
    ...(deadLetters && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: arn(deadLetters.queue),
        maxReceiveCount: deadLetters.maxReceiveCount,
      }),
    }),
  };
};
