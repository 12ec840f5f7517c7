/** Long work ordered in the console, done piece by piece from a queue so that no browser has to wait for it. */
import * as z from 'zod/mini';
import type { Actor } from '../audit/audit.ts';

export type JobKind =
  /** shipments sent once more */
  | 'resend'
  /** messages of a failed queue sent back one by one, where SQS cannot move them itself */
  | 'return-messages'
  /** SQS moves a whole failed queue back by itself */
  | 'move-messages';

export interface Job {
  jobId: string;
  kind: JobKind;
  /** "실패 128건 다시 전송" */
  title: string;
  by: Actor;
  reason: string;
  startedAt: number;
  /** pieces to do; approximate where SQS counts */
  total: number;
  done: number;
  failed: number;
  /** failures by why, Korean */
  failures: Record<string, number>;
  /** an operator asked to stop; what is done stays done */
  stopAsked?: { at: number; by: string };
  endedAt?: number;
  outcome?: 'done' | 'stopped' | 'failed';
  /** last sign of life */
  beatAt: number;
  /** how many chunks of ids it has, and how many ids of all are behind it */
  chunks: number;
  /** return-messages, move-messages: which queue; the task that moves it */
  queue?: string;
  task?: string;
}

/** Body of a message on the jobs queue. */
export const jobMessage = z.object({ v: z.literal(1), jobId: z.string() });

export const newJob = (
  order: Pick<Job, 'jobId' | 'kind' | 'title' | 'by' | 'reason' | 'total'> & Partial<Job>,
  now: number,
): Job => ({ startedAt: now, beatAt: now, done: 0, failed: 0, failures: {}, chunks: 0, ...order });

/** What is behind and what is left, from the pieces done so far; undefined while nothing can be said. */
export const secondsLeft = (
  job: Pick<Job, 'startedAt' | 'done' | 'failed' | 'total'>,
  now: number,
): number | undefined => {
  const over = job.done + job.failed;
  if (over === 0 || job.total <= over) return undefined;
  return Math.ceil(((now - job.startedAt) / over / 1000) * (job.total - over));
};
