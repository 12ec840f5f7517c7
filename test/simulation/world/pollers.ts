/** Lambda's pollers: batches of messages to functions, deleted when done, back after their time when not. */
import { failedIds, toRecord } from '../../../local/cloud/lambda/sqs-record.ts';
import type { FakeAws } from '../aws/fake-aws.ts';
import type { DeployedSource } from '../deployment/deployment.ts';
import type { Agenda, Note } from '../kernel/agenda.ts';
import type { Ended, Functions } from '../kernel/functions.ts';
import type { Tape } from '../kernel/tape.ts';

interface Poller {
  queue: string;
  /** Something is on the queue. */
  wake(): void;
}
type Message = ReturnType<FakeAws['queues']['take']>[number];

const WINDOW_MS = 1000;
const LOOK_AGAIN_MS = 15_000;

interface Around {
  aws: FakeAws;
  agenda: Agenda;
  tape: Tape;
  functions: () => Functions;
}

/** All of them; the answer wakes those of one queue, or all. */
export const createPollers = (sources: readonly DeployedSource[], around: Around) => {
  const pollers = sources.map((source) => createPoller(source, around));
  return (queue?: string): void => {
    for (const poller of pollers) if (queue === undefined || poller.queue === queue) poller.wake();
  };
};

const createPoller = (
  { queue, entry, batchSize, concurrency }: DeployedSource,
  { aws, agenda, tape, functions }: Around,
): Poller => {
  let working = 0;
  let look: Note | undefined;
  const wake = (ms = WINDOW_MS) => {
    if (look !== undefined && !look.off && look.moment <= agenda.now() + ms) return;
    if (look !== undefined) look.off = true;
    look = agenda.in(ms, poll);
  };
  const poll = () => {
    while (working < concurrency) {
      const most = tape.chance(300) ? 1 + tape.next(Math.min(batchSize, 10)) : batchSize;
      const batch = aws.queues.take(queue, most);
      if (batch.length === 0) break;
      work(batch);
    }
    if (aws.queues.messages(queue).length > 0) wake(LOOK_AGAIN_MS);
  };
  const work = (batch: Message[]) => {
    working += 1;
    const Records = batch.map((message) => toRecord(message, aws.queues.arn(queue)));
    const begun = functions().invoke(entry, { Records }, (how) => {
      working -= 1;
      for (const { ReceiptHandle } of doneOf(batch, how)) {
        // Deleting is a call as well: now and then it is lost, and the message comes again.
        if (!tape.chance(20)) aws.queues.delete(queue, ReceiptHandle ?? '');
      }
      wake();
    });
    if (!begun) working -= 1;
  };
  return { queue, wake: () => wake() };
};

const doneOf = (batch: Message[], how: Ended): Message[] => {
  if (how.outcome !== 'done') return [];
  const ids = batch.map(({ MessageId }) => MessageId ?? '');
  const failed = failedIds({ outcome: 'done', payload: how.value } as never, ids, true);
  return batch.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
};
