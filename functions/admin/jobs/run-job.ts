/** What the jobs queue asks for: going on with one job, step by step, until it ends or the time is over. */
import type { Queue } from '../../runtime/queue.client.ts';
import type { ResendPorts } from '../../transmission/resend.ts';
import type { DeadLetters } from '../dead-letter.ts';
import { type Job, jobMessage } from '../job.ts';
import type { Jobs } from '../job.store.ts';
import { moveStep } from './move-step.ts';
import { resendStep } from './resend-step.ts';
import { returnStep } from './return-step.ts';
import type { Step } from './step.ts';

export interface JobPorts {
  jobs: Pick<Jobs, 'read' | 'ids' | 'save' | 'end'>;
  /** the jobs queue itself */
  queue: Pick<Queue, 'send'>;
  resend: ResendPorts;
  deadLetters: DeadLetters;
  clock: () => number;
}
export type JobRun =
  /** it ended now, or had ended */
  | NonNullable<Job['outcome']>
  /** a message will set it going again */
  | 'continues'
  /** another worker has it: nothing was written */
  | 'overtaken'
  | 'unknown';

const LATER_SECONDS = 3;

/**
 * Works on a job until it ends or no step may begin any more.
 * The second time, also at the same time: each step is written down by whoever does it first, the other one stops; a
 * step that a crash cut off is done once more, and finds done what was done.
 * @param closesAt epoch ms; no step begins later
 * @throws when a store, a queue or a step fails; the message comes back and goes on from the last step written down
 */
export const runJob = async (ports: JobPorts, jobId: string, closesAt: number): Promise<JobRun> => {
  let job = await ports.jobs.read(jobId);
  if (job === undefined) return 'unknown';
  while (job.endedAt === undefined && ports.clock() < closesAt) {
    const { job: did, then } = await nextStep(ports, job);
    const saved = await ports.jobs.save({ ...did, beatAt: ports.clock() });
    if (saved === undefined) return 'overtaken';
    if (then === 'later') return goOnLater(ports, jobId, LATER_SECONDS);
    if (then !== 'on') {
      await ports.jobs.end(jobId, then, ports.clock());
      return then;
    }
    job = saved;
  }
  return job.outcome ?? goOnLater(ports, jobId, 0);
};

const nextStep = async (ports: JobPorts, job: Job): Promise<Step> => {
  // SQS has to be told, and says itself when it has stopped.
  if (job.stopAsked && job.moving !== true) return { job, then: 'stopped' };
  switch (job.kind) {
    case 'resend':
      return resendStep(ports, job);
    case 'return-messages':
      return returnStep(ports.deadLetters, job);
    case 'move-messages':
      return moveStep(ports.deadLetters, job);
  }
};

const goOnLater = async ({ queue }: JobPorts, jobId: string, delaySeconds: number): Promise<'continues'> => {
  await queue.send([{ body: jobMessage(jobId), delaySeconds }]);
  return 'continues';
};
