/** Long work ordered in the console, done piece by piece from a queue so that no browser has to wait for it. */
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
  /** steps behind it: what a worker has to find unchanged to write down its own */
  step: number;
  /** return-messages, move-messages: which failed queue */
  queue?: string;
  /** move-messages: SQS moves it. Absent before that began, and where SQS cannot and we return them one by one */
  moving?: boolean;
}

/** Body of a message on the jobs queue: go on with this job, wherever it stands. */
export interface JobMessage {
  v: 1;
  jobId: string;
}
export const jobMessage = (jobId: string): JobMessage => ({ v: 1, jobId });

/** Longer than a worker lives, and than its message stays hidden after a crash. */
const SILENT_AFTER_MS = 10 * 60_000;

/** Not at its end, and nobody has worked on it for so long that its message must be lost or set aside. */
export const standsStill = ({ endedAt, beatAt }: Pick<Job, 'endedAt' | 'beatAt'>, now: number): boolean =>
  endedAt === undefined && now - beatAt > SILENT_AFTER_MS;
