import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import type { SqsEngine } from '../engines/sqs-engine.ts';
import { ACCOUNT, nameFromArn } from '../template/template.ts';

/** Puts a message into the queue of an ARN; resolves when the queue holds it, rejects where it does not. */
export type SendToQueue = (arn: string, body: string, attributes?: Record<string, string>) => Promise<void>;

interface Waiting {
  entry: SendMessageBatchRequestEntry;
  resolve: () => void;
  reject: (error: Error) => void;
}

const BATCH = 10;
const BATCH_BYTES = 1_000_000; // SQS: 1 MiB over all messages of a batch, attributes counted.

/** Sends what is told in one turn of the event loop together: ten events put at once are one request. */
export function createQueueSender(engine: SqsEngine): SendToQueue {
  const queues = new Map<string, Waiting[]>();

  async function send(arn: string, batch: Waiting[]): Promise<void> {
    try {
      const Entries = batch.map(({ entry }, index) => ({ ...entry, Id: String(index) }));
      const command = new SendMessageBatchCommand({ QueueUrl: queueUrlAt(engine, arn), Entries });
      const { Failed = [] } = await engine.client.send(command);
      const reasons = new Map(Failed.map(({ Id, Message }) => [Number(Id), Message]));
      batch.forEach(({ resolve, reject }, index) =>
        reasons.has(index) ? reject(new Error(`queue ${arn}: ${reasons.get(index)}`)) : resolve(),
      );
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
    }
  }

  return (arn, MessageBody, attributes = {}) =>
    new Promise((resolve, reject) => {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: 'String', StringValue }]),
      );
      const waiting = queues.get(arn) ?? [];
      waiting.push({ entry: { Id: '', MessageBody, MessageAttributes }, resolve, reject });
      if (waiting.length > 1) return;
      queues.set(arn, waiting);
      setImmediate(() => {
        queues.delete(arn);
        for (const batch of inBatches(waiting)) void send(arn, batch);
      });
    });
}

function inBatches(waiting: Waiting[]): Waiting[][] {
  const batches: Waiting[][] = [];
  let bytes = 0;
  for (const message of waiting) {
    const size = Buffer.byteLength(JSON.stringify(message.entry));
    const last = batches.at(-1);
    if (last && last.length < BATCH && bytes + size <= BATCH_BYTES) {
      last.push(message);
      bytes += size;
    } else {
      batches.push([message]);
      bytes = size;
    }
  }
  return batches;
}

/** The URL of a queue at the engine itself. */
export function queueUrlAt(engine: SqsEngine, arn: string): string {
  return `${engine.endpoint}/${ACCOUNT}/${nameFromArn(arn)}`;
}
