/** View model of the list of applications. Plain data: it is the JSON twin as well. */
import { type Application, type ApplicationStatus, UNDECIDED } from '../../../merchant/application.ts';
import type { BusinessCalendar } from '../../../runtime/business-days.ts';
import { type ChecksSummary, summaryOf } from './checks-words.ts';
import { type Due, dueOf } from './due.ts';

export const TABS = [
  { key: 'todo', label: '처리 필요', statuses: [...UNDECIDED] },
  { key: 'hold', label: '승인보류', statuses: ['on-hold'] },
  { key: 'active', label: '이용중', statuses: ['active', 'suspended'] },
  { key: 'ended', label: '해지', statuses: ['terminated'] },
  {
    key: 'all',
    label: '전체',
    statuses: [...UNDECIDED, 'on-hold', 'active', 'suspended', 'terminated'],
  },
] as const satisfies readonly { key: string; label: string; statuses: readonly ApplicationStatus[] }[];
export type TabKey = (typeof TABS)[number]['key'];

export interface ListQuery {
  tab: TabKey;
  /** words of 상호, 도메인, 고객번호, 사업자번호 */
  q: string;
  kind: '' | 'shop' | 'seller';
  who: '' | 'me' | 'nobody';
  /** 1-based */
  page: number;
}
export const queryOf = (query: URLSearchParams): ListQuery => {
  const one = <T extends string>(name: string, known: readonly T[], fallback: T): T =>
    known.find((value) => value === query.get(name)) ?? fallback;
  return {
    tab: one('tab', ['todo', 'hold', 'active', 'ended', 'all'], 'todo'),
    q: (query.get('q') ?? '').trim().slice(0, 100),
    kind: one('kind', ['', 'shop', 'seller'], ''),
    who: one('who', ['', 'me', 'nobody'], ''),
    page: Math.max(1, Math.floor(Number(query.get('page'))) || 1),
  };
};

export interface Row {
  applicationId: string;
  companyName: string;
  kind: '쇼핑몰' | '입점사';
  domain?: string;
  customerNo: string;
  businessNo: string;
  status: ApplicationStatus;
  due: Due;
  checks: ChecksSummary;
  submittedAt: number;
  assignee?: string;
}
export const rowOf = (application: Application, calendar: BusinessCalendar, now: number): Row => {
  const { applicationId, companyName, domain, customerNo, businessNo, status, submittedAt } = application;
  return {
    applicationId,
    companyName,
    customerNo,
    businessNo,
    status,
    submittedAt,
    kind: application.sellerId === undefined ? '쇼핑몰' : '입점사',
    ...(domain !== undefined && { domain }),
    due: dueOf(application, calendar, now),
    checks: summaryOf(application),
    ...(application.assignee && { assignee: application.assignee.name }),
  };
};

/** Whether an application is among those asked for. Numbers match with and without hyphens. */
export const matches = (application: Application, query: ListQuery, operatorId: string): boolean => {
  const { sellerId, assignee, companyName, domain = '', customerNo, businessNo, shopId } = application;
  if (query.kind !== '' && (query.kind === 'seller') !== (sellerId !== undefined)) return false;
  if (query.who === 'me' && assignee?.id !== operatorId) return false;
  if (query.who === 'nobody' && assignee !== undefined) return false;
  const text = query.q.toLowerCase();
  const digits = /^[\d-]+$/.test(text) ? text.replaceAll('-', '') : '';
  const words = [companyName, domain, shopId, sellerId ?? ''].map((word) => word.toLowerCase());
  return (
    text === '' ||
    words.some((word) => word.includes(text)) ||
    (digits !== '' && [customerNo, businessNo].some((number) => number.includes(digits)))
  );
};

const isUndecided = ({ status }: Application): boolean => (UNDECIDED as readonly string[]).includes(status);

/** Who waits comes first, nearest due date first; then the others, latest first. */
export const inOrder = (a: Application, b: Application): number => {
  if (isUndecided(a) !== isUndecided(b)) return isUndecided(a) ? -1 : 1;
  return isUndecided(a)
    ? a.dueAt - b.dueAt || a.submittedAt - b.submittedAt
    : (b.decidedAt ?? b.submittedAt) - (a.decidedAt ?? a.submittedAt);
};
