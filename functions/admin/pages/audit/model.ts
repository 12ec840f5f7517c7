/** View model of 처리 기록. Plain data: it is the JSON twin as well. */
import type { ActorKind, AuditRow, AuditValue } from '../../../audit/audit.ts';
import { deedWords } from '../../../audit/deeds.ts';
import { HOLD_LABELS } from '../../../merchant/labels.ts';
import type { ChainCheck } from './chain.ts';
import type { AuditQuery } from './find.ts';

export interface Row {
  seq: number;
  at: number;
  who: string;
  whoKind: ActorKind;
  what: string;
  /** Korean */
  deed: string;
  subject: string;
  /** `신청 A-1` */
  about: string;
  /** page of the subject */
  href?: string;
  reason?: string;
  requestId?: string;
  before?: AuditValue;
  after?: AuditValue;
}
export interface AuditModel {
  query: AuditQuery;
  rows: Row[];
  /** how many were looked through for them; undefined: the index of a subject answered */
  looked?: number;
  /** of the newest and the oldest looked at */
  from?: number;
  to?: number;
  next?: number;
  chain?: ChainCheck;
}

export const rowOf = (row: AuditRow): Row => {
  const { seq, at, by, what, subject, reason, requestId, before, after } = row;
  const { about, href } = aboutOf(subject);
  return {
    seq,
    at,
    who: by.name,
    whoKind: by.kind,
    what,
    deed: deedWords(what),
    subject,
    about,
    ...(href !== undefined && { href }),
    ...(reason !== undefined && { reason: what === 'application.held' ? holdWords(reason) : reason }),
    ...(requestId !== undefined && { requestId }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
};

/** A hold keeps the codes of its reasons. */
const holdWords = (codes: string): string =>
  codes
    .split(', ')
    .map((code) => (HOLD_LABELS as Readonly<Record<string, string>>)[code] ?? code)
    .join(', ');

const SUBJECTS: Readonly<Record<string, { name: string; page?: (id: string) => string }>> = {
  application: { name: '신청', page: (id) => `/applications/${id}` },
  shipment: { name: '출고', page: (id) => `/shipments/${id}` },
  contract: { name: '쇼핑몰' },
  block: { name: '대역' },
  queue: { name: '실패 보관함', page: (id) => `/dlq/${id}` },
  job: { name: '작업', page: (id) => `/jobs/${id}` },
  message: { name: '문자', page: (id) => `/messages/${id}` },
  pool: { name: '운송장번호' },
  holiday: {
    name: '공휴일',
    page: (id) => `/settings/holidays?year=${id.replace(/^year%23/, '').slice(0, 4)}`,
  },
};

const aboutOf = (subject: string): { about: string; href?: string } => {
  const at = subject.indexOf('#');
  const [kind, id] = [subject.slice(0, at), subject.slice(at + 1)];
  const known = SUBJECTS[kind];
  if (at < 0 || known === undefined) return { about: subject };
  const about = `${known.name} ${id.replace(/^year#/, '')}`;
  return { about, ...(known.page && { href: known.page(encodeURIComponent(id)) }) };
};
