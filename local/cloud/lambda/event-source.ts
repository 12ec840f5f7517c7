import {
  DeleteMessageBatchCommand,
  ChangeMessageVisibilityBatchCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import type { LocalClock } from '../clock.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { accepts, failedIds, toRecord } from './sqs-record.ts';
import type { SqsEngine } from '../engines/sqs-engine.ts';

/** A queue that feeds a function, resolved from the template. Source: AWS::Lambda::EventSourceMapping. */
export interface EventSource {
  queueArn: string;
  queueUrl: string;
  fn: LambdaFunction;
  batchSize: number;
  windowSeconds: number;
  maximumConcurrency: number;
  reportsItemFailures: boolean;
  filters: EventPattern[];
}

/** A running poller. */
export interface Poller {
  source: EventSource;
  /** Messages are held or a batch is being worked on. */
  busy(): boolean;
  stop(): void;
}

const MAX_BATCH_BYTES = 6 * 2 ** 20;
const RECEIVE = 10; // SQS gives ten messages a request.
const LONG_POLL_SECONDS = 20;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Collects batches by size, window and payload limit and hands them to the function, as Lambda's pollers do. */
export function startPoller(
  engine: SqsEngine,
  source: EventSource,
  world: { clock: LocalClock; log: (line: string) => void },
): Poller {
  const { clock } = world;
  const abort = new AbortController();
  let held = 0;
  let running = 0;
  let freed: (() => void) | undefined;

  async function receive(wanted: number, waitSeconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: source.queueUrl,
      MaxNumberOfMessages: Math.min(RECEIVE, wanted),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await engine.client.send(command, { abortSignal: abort.signal });
    return Messages;
  }

  async function collect(): Promise<Message[]> {
    const batch = await receive(source.batchSize, LONG_POLL_SECONDS);
    held = batch.length;
    const until = clock.now() + source.windowSeconds * 1000;
    let bytes = size(batch);
    while (batch.length > 0 && batch.length < source.batchSize && bytes < MAX_BATCH_BYTES) {
      const more = await receive(source.batchSize - batch.length, 0);
      batch.push(...more);
      held = batch.length;
      bytes += size(more);
      if (more.length === RECEIVE) continue;
      if (clock.now() >= until) break;
      if (more.length === 0) await Promise.race([clock.sleepUntil(until), pause(20)]);
    }
    return batch;
  }

  async function work(batch: Message[]): Promise<void> {
    const records = batch.map((message) => toRecord(message, source.queueArn));
    const wanted = records.filter((record) => accepts(source.filters, record));
    const result = wanted.length ? await source.fn.invoke({ Records: wanted }) : null;
    const kept = result
      ? failedIds(
          result,
          wanted.map((record) => record.messageId),
          source.reportsItemFailures,
        )
      : new Set<string>();
    await settle(batch, kept, result?.outcome === 'throttled');
  }

  async function settle(batch: Message[], kept: Set<string>, throttled: boolean): Promise<void> {
    const done = batch.filter(({ MessageId }) => !kept.has(MessageId ?? ''));
    for (let index = 0; index < done.length; index += RECEIVE) {
      const Entries = done.slice(index, index + RECEIVE).map(entry);
      await engine.client.send(new DeleteMessageBatchCommand({ QueueUrl: source.queueUrl, Entries }));
    }
    if (!throttled) return; // Kept messages show again when their visibility timeout ends.
    for (let index = 0; index < batch.length; index += RECEIVE) {
      const Entries = batch.slice(index, index + RECEIVE).map((message, at) => ({
        ...entry(message, at),
        VisibilityTimeout: Math.max(1, Math.ceil(clock.speed)),
      }));
      await engine.client.send(
        new ChangeMessageVisibilityBatchCommand({ QueueUrl: source.queueUrl, Entries }),
      );
    }
  }

  async function loop(): Promise<void> {
    while (!abort.signal.aborted) {
      try {
        if (running >= source.maximumConcurrency) await new Promise<void>((resolve) => (freed = resolve));
        const batch = await collect();
        if (batch.length === 0) continue;
        running += 1;
        held = 0;
        void work(batch)
          .catch((error) => abort.signal.aborted || world.log(`event source ${source.queueArn}: ${error}`))
          .finally(() => {
            running -= 1;
            freed?.();
          });
      } catch (error) {
        held = 0;
        if (abort.signal.aborted) return;
        world.log(`event source ${source.queueArn}: ${error}`);
        await pause(200);
      }
    }
  }
  void loop();
  return { source, busy: () => running > 0 || held > 0, stop: () => abort.abort() };
}

function entry(message: Message, index: number): { Id: string; ReceiptHandle: string } {
  return { Id: `m${index}`, ReceiptHandle: message.ReceiptHandle ?? '' };
}

function size(messages: Message[]): number {
  return messages.reduce((sum, message) => sum + Buffer.byteLength(message.Body ?? ''), 0);
}
