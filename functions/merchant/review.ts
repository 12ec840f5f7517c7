/** Moves of a review: opening, taking it in hand, check results, an operator's own look. */
import type { Actor } from '../audit/audit.ts';
import type { Deed } from '../audit/deeds.ts';
import { type Application, type ApplicationStatus, type Check, checkOf } from './application.ts';
import { CHECK_LABELS, STATUS_LABELS } from './labels.ts';
import type { Changed, Command, Refused } from './moves.ts';

type Review = Extract<Command, { do: 'open' | 'assign' | 'checks' | 'confirm-check' | 'override-duplicate' }>;

const BEFORE_DECISION: readonly ApplicationStatus[] = ['applied', 'reviewing'];

export const applyReview = (
  application: Application,
  command: Review,
  actor: Actor,
  now: number,
): Changed => {
  switch (command.do) {
    case 'open':
      return open(application, actor);
    case 'assign':
      return assign(application, command.to);
    case 'checks':
      return takeChecks(application, command);
    case 'confirm-check':
      return confirm(application, command, actor, now);
    case 'override-duplicate':
      return override(application, command.reason, actor, now);
  }
};

const open = (application: Application, actor: Actor): Changed => {
  if (application.status !== 'applied')
    return refusal(`이미 ${STATUS_LABELS[application.status]} 상태입니다. 바뀐 내용을 확인해 주세요.`);
  return {
    set: { status: 'reviewing', assignee: application.assignee ?? { id: actor.id, name: actor.name } },
    what: 'application.opened',
  };
};

const assign = ({ assignee }: Application, to: Extract<Review, { do: 'assign' }>['to']): Changed => ({
  set: to === null ? {} : { assignee: to },
  ...(to === null && { drop: ['assignee'] as const }),
  what: 'application.assigned',
  after: { assignee: to?.id ?? null, assigneeBefore: assignee?.id ?? null },
});

/** Results in: a waiting application is then under review, whatever they say. */
const takeChecks = (
  application: Application,
  { checks, approvalExpiresAt, linkProblem, expiryNotice }: Extract<Review, { do: 'checks' }>,
): Changed => ({
  set: {
    checks: mergeChecks(application.checks, checks),
    ...(application.status === 'applied' && { status: 'reviewing' as const }),
    ...(approvalExpiresAt !== undefined && { approvalExpiresAt }),
    ...(linkProblem !== undefined && { linkProblem }),
    ...(expiryNotice !== undefined && { expiryNotice }),
  },
  // renewed: the next end is told anew
  ...(approvalExpiresAt !== undefined &&
    approvalExpiresAt !== application.approvalExpiresAt &&
    expiryNotice === undefined && { drop: ['expiryNotice'] as const }),
  what: 'application.checked',
  after: { checks: Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome])) },
  ...(expiryNotice !== undefined && {
    event: {
      detailType: 'ApprovalExpiring' as const,
      more: { expiresOn: approvalExpiresAt ?? application.approvalExpiresAt ?? '', withinDays: expiryNotice },
    },
  }),
});

/**
 * New results beside the old; each name once. What an operator confirmed by hand stays so while a check cannot run
 * or says the same as it did then: only other news takes it back.
 */
export const mergeChecks = (before: readonly Check[], news: readonly Check[]): Check[] => {
  const merged = new Map(before.map((check) => [check.name, check]));
  for (const check of news) {
    const known = merged.get(check.name);
    const standsByHand =
      known?.outcome === 'confirmed-by-hand' &&
      (check.outcome === 'could-not-run' || (check.outcome === 'failed' && check.detail === known.detail));
    if (!standsByHand) merged.set(check.name, check);
  }
  return [...merged.values()];
};

/** A check repeated with the same end is no news, and no row in the audit. */
export const saySame = (before: readonly Check[], news: readonly Check[]): boolean =>
  news.every((check) =>
    before.some(
      (known) =>
        known.name === check.name &&
        known.detail === check.detail &&
        (known.outcome === check.outcome || known.outcome === 'confirmed-by-hand'),
    ),
  );

const confirm = (
  application: Application,
  { name, note }: Extract<Review, { do: 'confirm-check' }>,
  actor: Actor,
  now: number,
): Changed => {
  if (!BEFORE_DECISION.includes(application.status)) return tooLate(application);
  if (note.trim() === '') return refusal('직접 확인한 방법을 메모에 적어 주세요.');
  if (name === 'business-unique')
    return refusal('사업자번호 중복은 직접 확인으로 넘길 수 없습니다. 중복 허용과 사유를 남겨 주세요.');
  const known = checkOf(application, name);
  if (known === undefined) return refusal('아직 점검하지 않은 항목입니다. 자동 점검을 먼저 실행해 주세요.');
  if (known.outcome === 'passed') return refusal(`${CHECK_LABELS[name]} 항목은 이미 통과했습니다.`);
  return byHand(application, known, note, actor, now, 'application.check-confirmed');
};

/** A5: this business may be there more than once; the store then lets one more application of it in. */
const override = (application: Application, reason: string, actor: Actor, now: number): Changed => {
  if (reason.trim() === '') return refusal('중복을 허용하는 사유를 넣어 주세요.');
  const known = checkOf(application, 'business-unique') ?? {
    name: 'business-unique' as const,
    outcome: 'could-not-run' as const,
    detail: '아직 점검하지 않았습니다.',
    at: now,
  };
  const change = byHand(application, known, reason, actor, now, 'application.duplicate-allowed');
  return { ...change, set: { ...change.set, duplicateOverride: { reason, by: actor.name, at: now } } };
};

const byHand = (
  application: Application,
  check: Check,
  note: string,
  actor: Actor,
  now: number,
  what: Deed,
) => {
  const confirmed: Check = { ...check, outcome: 'confirmed-by-hand', at: now, by: actor.name, note };
  const others = application.checks.filter(({ name }) => name !== check.name);
  return {
    set: { checks: [...others, confirmed] },
    what,
    reason: note,
    after: { check: check.name, outcomeBefore: check.outcome },
  };
};

const tooLate = ({ status }: Application): Refused =>
  refusal(`지금 상태(${STATUS_LABELS[status]})에서는 점검 결과를 바꿀 수 없습니다.`);

const refusal = (reason: string): Refused => ({ outcome: 'refused', reason });
