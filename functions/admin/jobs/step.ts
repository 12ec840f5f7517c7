import type { Job } from '../job.ts';

/** One step of a job: small enough to be done once more after a crash. */
export interface Step {
  /** the job with what this step did */
  job: Job;
  /** what comes next: another step, another one after a while, or the end */
  then: 'on' | 'later' | NonNullable<Job['outcome']>;
}
