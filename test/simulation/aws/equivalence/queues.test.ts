/**
 * The fake queues against the local SQS engine, where SQS itself is sure: few enough messages that a receive finds
 * all, handles that still hold. Which ten of many a receive finds, and what a handle does after its time, SQS leaves
 * open. EQUIVALENCE_SEED repeats a run.
 */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../../local/cloud/clock.ts';
import {
  createQueue,
  queueDepth,
  type SqsEngine,
  startSqsEngine,
} from '../../../../local/cloud/engines/sqs-engine.ts';
import { createFakeAws } from '../fake-aws.ts';
import { createRequestHandler } from '../request-handler.ts';

const seed = Number(process.env['EQUIVALENCE_SEED'] ?? 20_261_124);
const RUNS = 20;
const OPERATIONS_A_RUN = 25;
const MOST_MESSAGES = 8;
const VISIBILITY = 30;
const MOST_RECEIVES = 3;
const RETENTION = 3600;

type Step =
  | { does: 'send'; delay: number; copies: number }
  | { does: 'receive'; from: 'work' | 'dead'; visibility: number | undefined }
  | { does: 'delete' | 'release'; which: number }
  | { does: 'wait'; seconds: number }
  | { does: 'move' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('send' as const),
      delay: fc.constantFrom(0, 0, 0, 20, 900),
      copies: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('receive' as const),
      from: fc.constantFrom('work', 'work', 'work', 'dead'),
      visibility: fc.constantFrom(undefined, undefined, 5, 300),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('delete', 'release'), which: fc.nat({ max: 9 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      seconds: fc.constantFrom(4, 6, 31, 301, 901, 7200),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ does: 'move' }) },
);

/** So slow that only its jumps count. */
const clock = createClock({ start: Date.parse('2026-11-24T05:20:00Z'), speed: 1e-9 });
let engine: SqsEngine;
beforeAll(async () => {
  engine = await startSqsEngine({ clock });
});
afterAll(() => engine.stop());

interface Side {
  client: SQSClient;
  url(queue: string): string;
  arn(queue: string): string;
  depth(queue: string): Promise<object>;
}

const startEngineSide = async (run: number): Promise<Side> => {
  const name = (queue: string) => `${queue}-${run}`;
  const arn = (queue: string) => `arn:aws:sqs:ap-northeast-2:000000000000:${name(queue)}`;
  const url = (queue: string) => `${engine.endpoint}/000000000000/${name(queue)}`;
  await createQueue(engine, name('dead'), { MessageRetentionPeriod: RETENTION }, 1);
  const RedrivePolicy = { deadLetterTargetArn: arn('dead'), maxReceiveCount: MOST_RECEIVES };
  await createQueue(
    engine,
    name('work'),
    { VisibilityTimeout: VISIBILITY, MessageRetentionPeriod: RETENTION, RedrivePolicy },
    1,
  );
  return { client: engine.client, url, arn, depth: (queue) => queueDepth(engine, url(queue)) };
};

const startFakeSide = (): Side => {
  let serial = 0;
  const aws = createFakeAws({
    clock: () => clock.now(),
    serial: () => String((serial += 1)),
    queues: {
      work: {
        visibilitySeconds: VISIBILITY,
        retentionSeconds: RETENTION,
        deadLetters: { queue: 'dead', maxReceiveCount: MOST_RECEIVES },
      },
      dead: { retentionSeconds: RETENTION },
    },
  });
  const client = new SQSClient({
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(async ({ service, operation, input }) =>
      aws.call(service, operation, input),
    ),
  });
  const depth = async (queue: string) => {
    const messages = aws.queues.messages(queue);
    const hidden = messages.filter(({ visibleAt }) => visibleAt > clock.now());
    const delayed = hidden.filter(({ receiptHandle }) => receiptHandle === undefined).length;
    return { visible: messages.length - hidden.length, inFlight: hidden.length - delayed, delayed };
  };
  return { client, url: aws.queues.url, arn: aws.queues.arn, depth };
};

/** A message that is being worked on, on both sides. */
interface Held {
  queue: string;
  handles: string[];
  until: number;
}

const receive = async (
  { client, url }: Side,
  queue: string,
  visibility: number | undefined,
): Promise<Message[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url(queue),
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      ...(visibility !== undefined && { VisibilityTimeout: visibility }),
    }),
  );
  return Messages.toSorted((a, b) => Number(a.Body) - Number(b.Body));
};

/** How often a dead letter was received is only approximate, and differs. */
const shown = (queue: string) => (message: Message) => ({
  body: message.Body,
  sentAt: Math.round(Number(message.Attributes?.SentTimestamp) / 1000),
  ...(queue === 'work' && { received: message.Attributes?.ApproximateReceiveCount }),
});

const both = async <T>(sides: readonly Side[], work: (side: Side, i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(sides.map(work));

let bodies = 0;

const carryOut = async (sides: readonly Side[], held: Held[], one: Step): Promise<void> => {
  if (one.does === 'send') {
    const [, depths] = await both(sides, async ({ depth }) => [await depth('work'), await depth('dead')]);
    const kept = (depths ?? [])
      .flatMap((depth) => Object.values(depth) as number[])
      .reduce((a, b) => a + b, 0);
    if (kept + one.copies > MOST_MESSAGES) return;
    const texts = Array.from({ length: one.copies }, () => String((bodies += 1)));
    await both(sides, async ({ client, url }) => {
      const QueueUrl = url('work');
      const entry = (MessageBody: string) => ({ MessageBody, DelaySeconds: one.delay });
      if (texts.length === 1) await client.send(new SendMessageCommand({ QueueUrl, ...entry(texts[0]!) }));
      else {
        const Entries = texts.map((text) => ({ Id: text, ...entry(text) }));
        await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    });
  } else if (one.does === 'receive') {
    const [real, ours] = await both(sides, (side) => receive(side, one.from, one.visibility));
    expect(ours!.map(shown(one.from))).toEqual(real!.map(shown(one.from)));
    const until = clock.now() + (one.visibility ?? VISIBILITY) * 1000;
    for (const [i, message] of real!.entries())
      held.push({ queue: one.from, handles: [message.ReceiptHandle!, ours![i]!.ReceiptHandle!], until });
  } else if (one.does === 'move') {
    await both(sides, async ({ client, arn }) => {
      await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn('dead') }));
    });
  } else if (one.does === 'wait') clock.advanceBy(one.seconds * 1000);
  else {
    const valid = held.filter(({ until }) => until > clock.now());
    const [message] = valid.splice(one.which % Math.max(1, valid.length), 1);
    if (message === undefined) return;
    held.splice(held.indexOf(message), 1);
    await both(sides, async ({ client, url }, i) => {
      const handle = { QueueUrl: url(message.queue), ReceiptHandle: message.handles[i]! };
      if (one.does === 'delete') await client.send(new DeleteMessageCommand(handle));
      else await client.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 0 }));
    });
  }
};

describe('the fake queues and the local engine', () => {
  it(
    `do the same ${RUNS * OPERATIONS_A_RUN} random things (seed ${seed})`,
    { timeout: 300_000 },
    async () => {
      let run = 0;
      let received = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: OPERATIONS_A_RUN, maxLength: OPERATIONS_A_RUN, size: 'max' }),
          async (steps) => {
            const sides = [await startEngineSide((run += 1)), startFakeSide()];
            const held: Held[] = [];
            for (const one of steps) {
              await carryOut(sides, held, one);
              for (const queue of ['work', 'dead']) {
                const [real, ours] = await both(sides, ({ depth }) => depth(queue));
                expect({ one, queue, ours }).toEqual({ one, queue, ours: real });
              }
            }
            received += held.length;
          },
        ),
        { seed, numRuns: RUNS, endOnFailure: true },
      );
      expect(received).toBeGreaterThan(RUNS);
    },
  );
});
