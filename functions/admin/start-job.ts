import type { AuditValue } from '../audit/audit.ts';
import { type Job, type JobKind, jobMessage } from './job.ts';
import type { ActionResult, Context } from './page.ts';
import { actorOf } from './pages/deeds.ts';
import type { Ports } from './ports.ts';

export type JobOrder = {
  /** "출고 128건 다시 전송": a heading, without a full stop */
  title: string;
  reason: string;
  /** what the audit row keeps besides: the cause that was chosen, for instance */
  after?: { [key: string]: AuditValue };
} & (
  | { kind: Extract<JobKind, 'resend'>; ids: readonly string[] }
  /** `total`: about how many messages there are */
  | { kind: Exclude<JobKind, 'resend'>; queue: string; total: number }
);

export type JobStart = Pick<Context, 'operator' | 'now' | 'requestId'> & {
  ports: Pick<Ports, 'jobRecords' | 'audit' | 'jobs' | 'newId'>;
};

/**
 * Begins long work and answers where it can be watched: one audit row `job.started` of subject `job#<id>` with the
 * record in one transaction, then the message that sets a worker going.
 * The second time: a second job, whose steps find done what the first one did; a form is performed once.
 * @throws when a store or the queue cannot be reached. A job whose message is lost stands still in the record: the
 * overview says so, and its page sets it going again
 */
export const startJob = async (context: JobStart, order: JobOrder): Promise<Job> => {
  const { ports, now, requestId } = context;
  const { kind, title, reason } = order;
  const jobId = `${new Date(now).toISOString().replaceAll(/\D/g, '').slice(0, 14)}-${ports.newId()}`;
  const by = actorOf(context);
  const job: Job = {
    jobId,
    kind,
    title,
    by,
    reason,
    startedAt: now,
    beatAt: now,
    total: order.kind === 'resend' ? order.ids.length : order.total,
    done: 0,
    failed: 0,
    failures: {},
    step: 0,
    ...(order.kind !== 'resend' && { queue: order.queue }),
  };
  if (order.kind === 'resend') await ports.jobRecords.putIds(jobId, order.ids, now);
  const after = { kind, title, total: job.total, ...(job.queue && { queue: job.queue }), ...order.after };
  await ports.audit.commit(
    { at: now, by, what: 'job.started', subject: `job#${jobId}`, reason, after, requestId },
    [ports.jobRecords.beginning(job)],
  );
  await ports.jobs.send([{ body: jobMessage(jobId) }]);
  return job;
};

export const jobPath = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`;

/** What an action answers that began a job: its page. */
export const toJobPage = ({ jobId, title }: Pick<Job, 'jobId' | 'title'>): ActionResult => ({
  outcome: 'done',
  to: jobPath(jobId),
  notice: { tone: 'ok', text: `작업을 시작했습니다: ${title}` },
});
