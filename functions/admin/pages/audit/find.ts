/** Rows of the audit that an operator asks for. The chain has an index by subject alone; the rest is a walk back. */
import type { AuditPage, Audit } from '../../../audit/audit.store.ts';
import type { AuditRow } from '../../../audit/audit.ts';

export interface AuditQuery {
  /** part of a subject; with `#` a whole one: `application#A-1` */
  subject: string;
  /** code of a deed, '' any */
  what: string;
  /** part of a name, or a whole id */
  who: string;
  /** yyyy-mm-dd of Korea, '' any */
  on: string;
  /** only rows before this one */
  before?: number;
}
export interface FoundRows {
  /** newest first */
  rows: AuditRow[];
  /** `before` of the next, older part */
  next?: number;
  /** every row between the newest and the oldest looked at; undefined: only rows of one subject were */
  walked?: AuditRow[];
}

const DAY_MS = 86_400_000;
const KST_MS = 9 * 3_600_000;
/** Rows lie in the order they were committed, and the machines that wrote them have clocks of their own. */
const CLOCKS_APART = { rows: 50, ms: 10 * 60_000 };
const AT_A_TIME = 100;
const MOST_OF_A_SUBJECT = 500;

export const queryOf = (query: URLSearchParams): AuditQuery => {
  const text = (name: string) => (query.get(name) ?? '').trim().slice(0, 100);
  const before = Number(query.get('before'));
  const on = /^\d{4}-\d\d-\d\d$/.test(text('on')) && !Number.isNaN(Date.parse(text('on'))) ? text('on') : '';
  return {
    subject: text('subject'),
    what: text('what'),
    who: text('who'),
    on,
    ...(Number.isSafeInteger(before) && before > 0 && { before }),
  };
};

/** At most `shown` rows out of `looked`; where either was reached, `next` says where to go on. */
export const findRows = async (
  audit: Pick<Audit, 'page' | 'of'>,
  query: AuditQuery,
  { shown, looked }: { shown: number; looked: number },
): Promise<FoundRows> => {
  if (query.subject.includes('#')) {
    const rows = await audit.of(query.subject, MOST_OF_A_SUBJECT);
    return { rows: rows.filter((row) => matches(row, query)).slice(0, shown) };
  }
  const [rows, walked]: [AuditRow[], AuditRow[]] = [[], []];
  const day = query.on === '' ? undefined : dayOf(query.on);
  let cursor = query.before ?? (day && (await behind(audit, day.end)));
  do {
    const page: AuditPage = await audit.page(cursor, Math.min(AT_A_TIME, looked - walked.length));
    for (const row of page.rows) {
      if (day !== undefined && row.at < day.start - CLOCKS_APART.ms) return { rows, walked };
      walked.push(row);
      if (matches(row, query)) rows.push(row);
      if (rows.length === shown || walked.length === looked)
        return { rows, walked, ...(row.seq > 1 && { next: row.seq }) };
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { rows, walked };
};

const matches = ({ subject, what, by, at }: AuditRow, query: AuditQuery): boolean => {
  const day = query.on === '' ? undefined : dayOf(query.on);
  return (
    subject.includes(query.subject) &&
    (query.what === '' || what === query.what) &&
    (query.who === '' || by.id === query.who || by.name.includes(query.who)) &&
    (day === undefined || (at >= day.start && at < day.end))
  );
};

/** `on`: a day of Korea; epoch ms, `end` is the next midnight. */
const dayOf = (on: string): { start: number; end: number } => {
  const start = Date.parse(`${on}T00:00:00Z`) - KST_MS;
  return { start, end: start + DAY_MS };
};

/** Where to begin so that nothing before `at` is missed: halves the chain, whose numbers have no gap. */
const behind = async ({ page }: Pick<Audit, 'page'>, at: number): Promise<number | undefined> => {
  const upTo = async (seq?: number) =>
    (await page(seq === undefined ? undefined : seq + 1, 1)).rows[0] as AuditRow | undefined;
  const newest = (await upTo())?.seq ?? 0;
  let [low, high] = [0, newest];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (((await upTo(middle))?.at ?? at) < at) low = middle;
    else high = middle - 1;
  }
  const start = low + 1 + CLOCKS_APART.rows;
  return start > newest ? undefined : start;
};
