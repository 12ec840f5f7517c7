/** Decisions that end in another state: approve, hold, link, withdraw, suspend, resume, terminate. */
import type { Actor } from '../audit/audit.ts';
import type { Deed } from '../audit/deeds.ts';
import { checkSmsText } from '../notification/sms-text.ts';
import type { TemplateKey } from '../notification/templates.ts';
import {
  type Application,
  type ApplicationStatus,
  checkOf,
  type HoldReason,
  isSettled,
  REVIEW_CHECKS,
} from './application.ts';
import { CHECK_LABELS, STATUS_LABELS } from './labels.ts';
import type { Change, Changed, Command, Refused } from './moves.ts';
import { mergeChecks } from './review.ts';

type Decision = Exclude<
  Command,
  { do: 'correct' | 'open' | 'assign' | 'checks' | 'confirm-check' | 'override-duplicate' }
>;
type Step = (application: Application, actor: Actor, now: number) => Changed;

/** From which states each decision is possible (A2). */
const FROM: Record<Decision['do'], readonly ApplicationStatus[]> = {
  approve: ['reviewing'],
  // R38: also when the link work turns out to be impossible
  hold: ['reviewing', 'linking'],
  linked: ['linking'],
  'link-failed': ['linking'],
  withdraw: ['applied', 'reviewing', 'linking', 'on-hold'],
  suspend: ['active'],
  resume: ['suspended'],
  terminate: ['on-hold', 'active', 'suspended'],
};
const VERBS: Record<Decision['do'], string> = {
  approve: '승인',
  hold: '승인보류',
  linked: '연동 완료',
  'link-failed': '연동 실패 처리',
  withdraw: '취소',
  suspend: '이용정지',
  resume: '이용 재개',
  terminate: '해지',
};

export const applyDecision = (
  application: Application,
  command: Decision,
  actor: Actor,
  now: number,
): Changed => {
  if (!FROM[command.do].includes(application.status)) return notFrom(command.do, application.status);
  if (!('smsText' in command) || command.smsText === undefined)
    return stepOf(command)(application, actor, now);
  // what could not go out as one SMS is refused here, while somebody can still change it
  const checked = checkSmsText(command.smsText);
  if (checked.outcome === 'refused') return refusal(checked.reason);
  return stepOf({ ...command, smsText: checked.text })(application, actor, now);
};

const stepOf = (command: Decision): Step => {
  switch (command.do) {
    case 'approve':
      return approve(command);
    case 'hold':
      return hold(command);
    case 'linked':
      return linked(command);
    case 'link-failed':
      return ({ checks }) => ({
        set: {
          status: 'reviewing',
          linkProblem: command.why,
          checks: mergeChecks(checks, command.checks ?? []),
        },
        drop: ['approval'],
        what: 'application.link-failed',
        reason: command.why,
      });
    case 'withdraw':
      return (_, __, now) => ended(now, 'application.withdrawn', 'ApplicationWithdrawn');
    case 'suspend':
      return withReason(command, 'suspended', 'application.suspended', 'ApplicationSuspended', 'stopped');
    case 'resume':
      return withReason(command, 'active', 'application.resumed', 'ApplicationResumed');
    case 'terminate':
      return (_, __, now) => terminate(command, now);
  }
};

const approve =
  ({ smsText }: Extract<Decision, { do: 'approve' }>): Step =>
  (application, actor, now) => {
    const open = REVIEW_CHECKS.filter((name) => !isSettled(checkOf(application, name)));
    if (open.length > 0)
      return refusal(
        `자동 점검에서 확인이 필요한 항목이 남아 있습니다: ${open.map((name) => CHECK_LABELS[name]).join(', ')}. 확인하거나 승인보류로 바꿔 주세요.`,
      );
    return {
      set: {
        status: 'linking',
        approval: { at: now, by: actor.name, ...(smsText !== undefined && { smsText }) },
      },
      drop: ['hold', 'linkProblem'],
      what: 'application.approved',
      work: 'link',
    };
  };

const hold =
  ({ reasons, note, smsText }: Extract<Decision, { do: 'hold' }>): Step =>
  (_, actor, now) => {
    const given = [...new Set(reasons)];
    if (given.length === 0) return refusal('보류 사유를 하나 이상 골라 주세요.');
    const told = { reasons: given, ...(note !== undefined && note !== '' && { note }) };
    return {
      set: { status: 'on-hold', decidedAt: now, hold: { ...told, at: now, by: actor.name, smsText } },
      drop: ['approval', 'linkProblem'],
      what: 'application.held',
      reason: given.join(', '),
      after: { reasons: given },
      sms: { template: holdTemplate(given), text: smsText },
      event: { detailType: 'ApplicationHeld', more: told },
    };
  };

/** Key of the SMS text a set of reasons calls for (console.md 2.5). */
export const holdTemplate = (reasons: readonly HoldReason[]): TemplateKey => {
  const [first] = reasons;
  if (first !== undefined && reasons.length === 1) return `hold.${first}`;
  const two = reasons.length === 2 && reasons.includes('customer') && reasons.includes('approval');
  return two ? 'hold.two' : 'hold.multi';
};

/** R15, R16: in use at once. The SMS of the approval goes out now, because only now is it true. */
const linked =
  ({ checks }: Extract<Decision, { do: 'linked' }>): Step =>
  (application, _, now) => ({
    set: { status: 'active', decidedAt: now, checks: mergeChecks(application.checks, checks ?? []) },
    drop: ['linkProblem'],
    what: 'application.activated',
    sms: smsOf('approved', application.approval?.smsText),
    event: { detailType: 'ApplicationActivated' },
    contractChanged: true,
  });

const smsOf = (template: TemplateKey, text: string | undefined) =>
  text === undefined ? undefined : { template, text };

/** R11: the password goes with the contract. */
const ended = (now: number, what: Deed, event: 'ApplicationWithdrawn' | 'ApplicationTerminated'): Change => ({
  set: { status: 'terminated', decidedAt: now, hasPassword: false },
  drop: ['passwordSealed', 'linkProblem', 'assignee', 'hold'],
  what,
  event: { detailType: event },
});

const terminate = ({ reason, smsText }: Extract<Decision, { do: 'terminate' }>, now: number): Changed => {
  if (reason.trim() === '') return refusal('해지 사유를 넣어 주세요.');
  return {
    ...ended(now, 'application.terminated', 'ApplicationTerminated'),
    reason,
    sms: smsOf('ended', smsText),
  };
};

const withReason =
  (
    { do: verb, reason, smsText }: { do: 'suspend' | 'resume'; reason: string; smsText?: string },
    status: ApplicationStatus,
    what: Deed,
    event: 'ApplicationSuspended' | 'ApplicationResumed',
    template: TemplateKey = 'stopped',
  ): Step =>
  () => {
    if (reason.trim() === '') return refusal(`${VERBS[verb]} 사유를 넣어 주세요.`);
    return {
      set: { status },
      what,
      reason,
      sms: smsOf(template, smsText),
      event: { detailType: event, ...(verb === 'suspend' && { more: { reason } }) },
      contractChanged: true,
    };
  };

const notFrom = (verb: Decision['do'], status: ApplicationStatus): Refused =>
  refusal(
    `지금 상태(${STATUS_LABELS[status]})에서는 ${VERBS[verb]}할 수 없습니다. ${VERBS[verb]}할 수 있는 상태: ${FROM[verb].map((from) => STATUS_LABELS[from]).join(', ')}.`,
  );

const refusal = (reason: string): Refused => ({ outcome: 'refused', reason });
