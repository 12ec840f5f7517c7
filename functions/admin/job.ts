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
  /** how many chunks of ids it has, and how many ids of all are behind it */
  chunks: number;
  /** return-messages, move-messages: which queue; the task that moves it */
  queue?: string;
  task?: string;
}
