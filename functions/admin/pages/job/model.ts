/** A job as its page tells of it. Sentences are made here, once for the page and its JSON twin. */
import { type Job, type JobKind, standsStill } from '../../job.ts';
import { span } from '../../time.ts';

export interface JobModel {
  jobId: string;
  title: string;
  state: 'working' | 'stopping' | 'still' | NonNullable<Job['outcome']>;
  /** `128건 중 96건 끝남 · 실패 2건 · 약 20초 남음` */
  progress: string;
  /** whole percent; absent where the total is only about right */
  percent?: number;
  /** once it has ended; '' before */
  ended: string;
  by: string;
  reason: string;
  startedAt: number;
  beatAt: number;
  endedAt?: number;
  failures: { why: string; count: number }[];
  /** what stopping does not undo */
  stopSays: string;
  /** what became of the shipments or messages can be seen there */
  seeAlso: { href: string; label: string };
}

export const modelOf = (job: Job, now: number): JobModel => {
  const behind = job.done + job.failed;
  return {
    jobId: job.jobId,
    title: job.title,
    state: job.outcome ?? (standsStill(job, now) ? 'still' : job.stopAsked ? 'stopping' : 'working'),
    progress: progressOf(job, now),
    ...(isExact(job) && { percent: job.total === 0 ? 100 : Math.floor((behind / job.total) * 100) }),
    ended: endedOf(job),
    by: job.by.name,
    reason: job.reason,
    startedAt: job.startedAt,
    beatAt: job.beatAt,
    ...(job.endedAt !== undefined && { endedAt: job.endedAt }),
    failures: Object.entries(job.failures)
      .map(([why, count]) => ({ why, count }))
      .toSorted((a, b) => b.count - a.count),
    stopSays: `이미 ${DONE_BY[job.kind]} ${count(behind)}은 되돌리지 않습니다.`,
    seeAlso:
      job.kind === 'resend'
        ? { href: '/transmissions', label: '전송 보기' }
        : { href: `/dlq/${encodeURIComponent(job.queue ?? '')}`, label: '실패 보관함 보기' },
  };
};

const DONE_BY: Readonly<Record<JobKind, string>> = {
  resend: '보낸',
  'return-messages': '되돌린',
  'move-messages': '옮긴',
};

const count = (n: number): string => `${n.toLocaleString('ko')}건`;
/** SQS only knows about how many messages there are. */
const isExact = ({ kind }: Job): boolean => kind === 'resend';

const progressOf = (job: Job, now: number): string => {
  const behind = job.done + job.failed;
  const total = isExact(job) ? count(job.total) : `약 ${count(Math.max(job.total, behind))}`;
  const failed = job.failed === 0 ? [] : [`실패 ${count(job.failed)}`];
  return [`${total} 중 ${count(behind)}${isExact(job) ? ' 끝남' : ''}`, ...failed, ...left(job, now)].join(
    ' · ',
  );
};

const SOON_MS = 10_000;
/** At the pace so far, in steps that do not jump with every look. */
const left = (job: Job, now: number): string[] => {
  const behind = job.done + job.failed;
  if (job.endedAt !== undefined || job.stopAsked || behind === 0 || behind >= job.total) return [];
  const ms = ((Math.max(job.beatAt, now) - job.startedAt) / behind) * (job.total - behind);
  return [`약 ${span(Math.max(SOON_MS, Math.ceil(ms / SOON_MS) * SOON_MS))} 남음`];
};

const endedOf = (job: Job): string => {
  const behind = job.done + job.failed;
  if (job.outcome === undefined) return '';
  switch (job.outcome) {
    case 'done':
      return `끝났습니다. ${count(job.done)} 성공, ${count(job.failed)} 실패.`;
    case 'stopped':
      return `멈췄습니다. 이미 ${DONE_BY[job.kind]} ${count(behind)}은 되돌리지 않습니다.`;
    case 'failed':
      return `끝까지 하지 못했습니다. ${count(behind)}을 마쳤습니다. 원인을 확인한 뒤 다시 시작해 주세요.`;
  }
};
