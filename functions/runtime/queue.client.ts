import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { chunk } from './chunk.ts';

export interface OutgoingMessage {
  body: unknown;
  /** 0–900 s; SQS offers no longer delay */
  delaySeconds?: number;
}
export interface ReceivedMessage {
  body: string;
  receiptHandle: string;
  messageId: string;
  /** when it was first put on the queue, epoch ms */
  sentAt: number;
}
export interface Queue {
  /** Returns only when every message is on the queue. @throws when some are refused after a few rounds */
  send(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Up to ten messages, none when the queue shows none. */
  receive(): Promise<ReceivedMessage[]>;
  remove(message: ReceivedMessage): Promise<void>;
  /** About how many messages there are: visible, delayed and being worked on. */
  depth(): Promise<number>;
}

const DEPTHS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
] as const;

const ROUNDS = 4;

/** One SQS queue. */
export const createQueue = (client: SQSClient, url: string): Queue => ({
  send: async (messages) => {
    await Promise.all(chunk(messages, 10).map((batch) => sendAll(client, url, batch)));
  },
  receive: async () => {
    const answer = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    return (answer.Messages ?? []).map((message) => ({
      body: message.Body ?? '',
      receiptHandle: message.ReceiptHandle ?? '',
      messageId: message.MessageId ?? '',
      sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
    }));
  },
  remove: async (message) => {
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.receiptHandle }));
  },
  depth: async () => {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...DEPTHS] }),
    );
    return DEPTHS.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  },
});

const sendAll = async (client: SQSClient, url: string, batch: readonly OutgoingMessage[]) => {
  let left = batch.map((message, i) => ({ message, id: String(i) }));
  for (let round = 0; round < ROUNDS && left.length > 0; round++) {
    const answer = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: left.map(({ message, id }) => ({
          Id: id,
          MessageBody: JSON.stringify(message.body),
          ...(message.delaySeconds !== undefined && { DelaySeconds: message.delaySeconds }),
        })),
      }),
    );
    const failed = new Set(answer.Failed?.map((entry) => entry.Id));
    left = left.filter(({ id }) => failed.has(id));
  }
  if (left.length > 0) throw new Error(`The queue refused ${left.length} of ${batch.length} messages`);
};
