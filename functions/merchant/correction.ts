/** A merchant's correction: same id, same history, back into the queue (A8). */
import type { Deed } from '../audit/deeds.ts';
import type { BusinessCalendar } from '../runtime/business-days.ts';
import type { Application, Submission } from './application.ts';
import { STATUS_LABELS } from './labels.ts';
import type { Changed, Refused } from './moves.ts';

/** What may change while the contract is in use: none of it is what ePost knows the contract by. */
const FREE_IN_USE = ['passwordSealed', 'contact', 'revision'] as const;

/**
 * Before a decision the due date stays; after a hold the clock starts anew. In use only the password and the
 * contact may be replaced; the state stays. The password is kept when none is given.
 */
export const applyCorrection = (
  application: Application,
  fields: Submission,
  now: number,
  calendar: BusinessCalendar,
): Changed => {
  if (fields.shopId !== application.shopId || fields.sellerId !== application.sellerId)
    return refusal('shopId, sellerId는 바꿀 수 없습니다. 이 신청을 취소하고 새로 신청해 주세요.');
  const names = changedFields(application, fields);
  const set = {
    ...fields,
    hasPassword: application.hasPassword || fields.passwordSealed !== undefined,
  };
  const drop = application.domain !== undefined && fields.domain === undefined ? (['domain'] as const) : [];
  const common = {
    what: 'application.corrected' as const,
    after: { fields: names, revision: fields.revision },
  };
  switch (application.status) {
    case 'active':
    case 'suspended':
      return names.every((name) => (FREE_IN_USE as readonly string[]).includes(name))
        ? { ...common, set }
        : refusal(
            `${STATUS_LABELS[application.status]} 상태에서는 비밀번호와 연락처만 바꿀 수 있습니다. 다른 정보는 해지한 뒤 새로 신청해 주세요.`,
          );
    case 'linking':
      return refusal('연동 작업 중에는 고칠 수 없습니다. 연동이 끝난 뒤 다시 보내 주세요.');
    default:
      return requeued(application, { ...common, set, drop }, now, calendar);
  }
};

const requeued = (
  { status, dueAt, submittedAt }: Application,
  change: {
    set: Partial<Application>;
    drop: readonly (keyof Application)[];
    what: Deed;
    after: { fields: string[]; revision: number };
  },
  now: number,
  calendar: BusinessCalendar,
): Changed => {
  const due = status === 'on-hold' ? calendar.dueAt(now) : ({ outcome: 'due', at: dueAt } as const);
  if (due.outcome === 'no-data') return noCalendar(due.year);
  return {
    ...change,
    set: {
      ...change.set,
      status: 'applied',
      checks: [],
      submittedAt: status === 'on-hold' ? now : submittedAt,
      dueAt: due.at,
    },
    drop: [...change.drop, 'hold', 'decidedAt', 'linkProblem', 'approvalExpiresAt'],
    event: { detailType: 'ApplicationReceived', more: { dueAt: new Date(due.at).toISOString() } },
    work: 'check',
  };
};

/** Names of the fields that differ; a given password always does. Never the values. */
export const changedFields = (application: Application, fields: Submission): string[] =>
  (
    [
      'companyName',
      'domain',
      'businessNo',
      'epostId',
      'customerNo',
      'approvalNo',
      'numbering',
      'contact',
      'site',
      'passwordSealed',
    ] as const
  ).filter((name) =>
    name === 'passwordSealed' ? fields.passwordSealed !== undefined : !same(application[name], fields[name]),
  );

const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => Reflect.get(a, key) === Reflect.get(b, key));
};

export const noCalendar = (year: number): Refused =>
  refusal(
    `${year}년 공휴일 자료가 없어 승인 기한을 정할 수 없습니다. 운영 화면의 공휴일에 ${year}년을 등록해 주세요.`,
  );

const refusal = (reason: string): Refused => ({ outcome: 'refused', reason });
