/** 처리 기록 of one application: its audit rows, and what became of the SMS each of them owed. */
import type { AuditRow } from '../../../audit/audit.ts';
import { deedWords } from '../../../audit/deeds.ts';
import type { Application } from '../../../merchant/application.ts';
import { CHECK_LABELS } from '../../../merchant/labels.ts';
import { failureWords, type Message } from '../../../notification/message.ts';
import { moment } from '../../time.ts';
import { HOLD_REASON_WORDS, MESSAGE_WORDS } from '../../vocabulary.ts';

export interface Entry {
  at: number;
  title: string;
  by: string;
  kind?: 'now' | 'bad' | 'sys';
  /** sentences below it */
  lines: string[];
}

const BAD: readonly string[] = ['application.held', 'application.suspended', 'application.link-failed'];

/** Id of the SMS that a row may owe: the decision's own. */
export const messageIdOf = (row: AuditRow): string | undefined => {
  const version = field(row, 'version');
  return typeof version !== 'number' ? undefined : `${row.subject.replace('application#', '')}#${version}`;
};

/** Newest first, as the rows come. */
export const historyOf = (
  rows: readonly AuditRow[],
  messages: ReadonlyMap<string, Message>,
  now: number,
): Entry[] =>
  rows.map((row, i) => {
    const message = messages.get(messageIdOf(row) ?? '');
    const bad = BAD.includes(row.what) || openChecks(row) > 0;
    const kind = bad ? 'bad' : row.by.kind === 'operator' ? undefined : 'sys';
    return {
      at: row.at,
      title: titleOf(row),
      by: row.by.name,
      ...(kind !== undefined ? { kind } : i === 0 && { kind: 'now' as const }),
      lines: [...detailOf(row), ...(message ? [smsWords(message, now)] : [])],
    };
  });

const titleOf = (row: AuditRow): string => {
  if (row.what !== 'application.checked') return deedWords(row.what);
  const open = openChecks(row);
  return open > 0 ? `자동 점검에서 ${open}개 확인 필요` : '자동 점검 통과';
};

const detailOf = (row: AuditRow): string[] => {
  switch (row.what) {
    case 'application.held': {
      const reasons = (row.reason ?? '').split(', ').filter((code) => code in HOLD_REASON_WORDS);
      return reasons.map((code) => HOLD_REASON_WORDS[code as keyof typeof HOLD_REASON_WORDS].label);
    }
    case 'application.check-confirmed': {
      const check = field(row, 'check');
      const name = typeof check === 'string' ? check : '';
      const label = CHECK_LABELS[name as keyof typeof CHECK_LABELS] ?? name;
      return [`${label}: ${row.reason ?? ''}`];
    }
    case 'application.assigned':
      return field(row, 'assignee') === null ? ['담당자 없음으로 바꿨습니다.'] : [];
    default:
      return row.reason === undefined ? [] : [row.reason];
  }
};

const smsWords = (message: Message, now: number): string => {
  const state = MESSAGE_WORDS[message.state].label;
  const when = message.state === 'pending' ? message.sendAt : (message.sentAt ?? message.sendAt);
  const why = message.failure === undefined ? '' : ` ${failureWords(message.failure)}`;
  return `문자 ${state} · ${moment(when, now)} · "${message.text}"${why}`;
};

const openChecks = (row: AuditRow): number => {
  const checks = field(row, 'checks');
  if (row.what !== 'application.checked' || checks === null || typeof checks !== 'object') return 0;
  return Object.values(checks).filter((outcome) => outcome === 'failed' || outcome === 'could-not-run')
    .length;
};

const field = (row: AuditRow, name: string): unknown =>
  row.after !== null && typeof row.after === 'object' && !Array.isArray(row.after)
    ? row.after[name]
    : undefined;

/** "이담당 · 14:18 · 승인보류": who was first, for the operator who came second. */
export const whoWasFirst = (rows: readonly AuditRow[], existing: Application): AuditRow | undefined =>
  rows.find((row) => field(row, 'version') === existing.version);
