import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalClock } from '../clock.ts';
import { startChild } from '../child-process.ts';
import { REGION } from '../template/template.ts';

/** A running SQS engine on the virtual clock. */
export interface SqsEngine {
  endpoint: string;
  client: SQSClient;
  /** Virtual time at which the next delayed or in-flight message shows, as last heard (25 ms old at most). */
  nextWakeUp(): number | null;
  /** Resolves when the engine has heard of the latest jump of the clock and `nextWakeUp` is exact. */
  synchronize(): Promise<void>;
  stop(): void;
}

/** How many messages of a queue are visible, being worked on, or waiting for their delay. */
export interface QueueDepth {
  visible: number;
  inFlight: number;
  delayed: number;
}

/** An SQS queue as the template states it. Source: AWS::SQS::Queue. */
export interface QueueProperties {
  VisibilityTimeout?: number;
  DelaySeconds?: number;
  MessageRetentionPeriod?: number;
  MaximumMessageSize?: number;
  ReceiveMessageWaitTimeSeconds?: number;
  RedrivePolicy?: { deadLetterTargetArn: string; maxReceiveCount: number };
  RedriveAllowPolicy?: unknown;
}

const LONGEST_VISIBILITY_SECONDS = 43_200;
const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Starts the engine in a child process; with `dataDir` the messages outlive it. */
export async function startSqsEngine(options: { clock: LocalClock; dataDir?: string }): Promise<SqsEngine> {
  const { clock, dataDir } = options;
  const directory = dataDir === undefined ? [] : [join(dataDir, 'sqs')];
  directory.forEach((path) => mkdirSync(path, { recursive: true }));
  const script = join(import.meta.dirname, 'sqs-process.mjs');
  const shim = join(import.meta.dirname, '../clock-shim.cjs');
  const child = startChild(process.execPath, ['--require', shim, script, ...directory], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '', AWS_REGION: REGION, LOCAL_CLOCK: JSON.stringify(clock.state()) },
  });
  let wakeUp: number | null = null;
  let asked = 0;
  const unheard = new Map<number, () => void>();
  child.once('exit', () => unheard.forEach((heard) => heard()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the SQS engine ended at start with exit code ${code}`)));
    child.on('message', (message: { port?: number; wakeUp?: number | null; heard?: number }) => {
      if (message.port !== undefined) resolve(message.port);
      if (message.wakeUp !== undefined) wakeUp = message.wakeUp;
      if (message.heard !== undefined) unheard.get(message.heard)?.();
    });
  });
  const synchronize = async () => {
    if (!child.connected) return;
    const question = (asked += 1);
    const heard = new Promise<void>((resolve) => unheard.set(question, resolve));
    child.send({ clock: clock.state(), question });
    await heard;
    unheard.delete(question);
  };
  await synchronize();
  const forget = clock.onChange(() => void synchronize());
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new SQSClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
  const stop = () => {
    forget();
    client.destroy();
    child.kill('SIGKILL');
  };
  return { endpoint, client, nextWakeUp: () => wakeUp, synchronize, stop };
}

/** Creates a queue or brings the kept one up to date. Visibility lasts `speed` times longer: work takes real time. */
export async function createQueue(
  engine: SqsEngine,
  name: string,
  properties: QueueProperties,
  speed: number,
): Promise<void> {
  const { QueueUrl } = await engine.client.send(new CreateQueueCommand({ QueueName: name }));
  const visibility = Math.ceil((properties.VisibilityTimeout ?? 30) * Math.max(1, speed));
  const obeyed = {
    ...properties,
    VisibilityTimeout: Math.min(LONGEST_VISIBILITY_SECONDS, visibility),
    RedrivePolicy: properties.RedrivePolicy ?? '',
  };
  const attributes = Object.entries(obeyed)
    .filter(([key, value]) => value !== undefined && ATTRIBUTES.has(key))
    .map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
  const Attributes = Object.fromEntries(attributes) as Record<string, string>;
  await engine.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
}

const ATTRIBUTES = new Set([
  'VisibilityTimeout',
  'DelaySeconds',
  'MessageRetentionPeriod',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
]);

/** Counts the messages of a queue, after the latest jump of the clock. */
export async function queueDepth(engine: SqsEngine, queueUrl: string): Promise<QueueDepth> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
  await engine.synchronize();
  const { Attributes = {} } = await engine.client.send(command);
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}
