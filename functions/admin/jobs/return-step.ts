import type { DeadLetters } from '../dead-letter.ts';
import type { Job } from '../job.ts';
import type { Step } from './step.ts';

/** A few dozen calls: so often a sign of life and a look at the wish to stop. */
const PER_STEP = 50;

/**
 * Sends back some of a failed queue's messages, none that came after the job began: what fails again at once would go
 * round for ever. The second time: what is gone is gone; one sent back and not deleted goes back twice and finds nothing to
 * do.
 */
export const returnStep = async (deadLetters: DeadLetters, job: Job): Promise<Step> => {
  const queue = job.queue ?? '';
  if (!deadLetters.names.some(({ name, returns }) => name === queue && returns))
    return { job, then: 'failed' };
  const returned = await deadLetters.giveBackSome(queue, PER_STEP, job.startedAt);
  if (returned === 0) return { job, then: 'done' };
  return { job: { ...job, done: job.done + returned }, then: 'on' };
};
