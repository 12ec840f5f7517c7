/**
 * The legal moves of an application (A2). Pure: what the record becomes, the one audit row that says so, the SMS at
 * most one, what the platform is told and what work follows. `application.store` commits it all at once.
 */
import type { Actor, AuditEntry, AuditValue } from '../audit/audit.ts';
import type { Deed } from '../audit/deeds.ts';
import type { OutgoingEvent } from '../events.ts';
import type { SmsRequest } from '../notification/message.ts';
import type { TemplateKey } from '../notification/templates.ts';
import type { BusinessCalendar } from '../runtime/business-days.ts';
import type {
  Application,
  ApplicationStatus,
  Check,
  CheckName,
  ExpiryNotice,
  HoldReason,
  Submission,
} from './application.ts';
import { applyCorrection } from './correction.ts';
import { applyDecision } from './decision.ts';
import { applyReview } from './review.ts';

export type Command =
  | { do: 'open' }
  | { do: 'approve'; smsText?: string }
  | { do: 'hold'; reasons: HoldReason[]; note?: string; smsText: string }
  | { do: 'linked'; checks?: Check[] }
  | { do: 'link-failed'; why: string; checks?: Check[] }
  | { do: 'correct'; fields: Submission }
  | { do: 'withdraw' }
  | { do: 'suspend'; reason: string; smsText?: string }
  | { do: 'resume'; reason: string }
  | { do: 'terminate'; reason: string; smsText?: string }
  | { do: 'assign'; to: { id: string; name: string } | null }
  | {
      do: 'checks';
      checks: Check[];
      approvalExpiresAt?: string;
      /** link work goes on, but not yet: why */
      linkProblem?: string;
      /** tells the merchant that the contract ends within so many days */
      expiryNotice?: ExpiryNotice;
    }
  | { do: 'confirm-check'; name: CheckName; note: string }
  | { do: 'override-duplicate'; reason: string };

/** Work of the onboarding queue that a move starts: look at ePost, or link. */
export type OnboardWork = 'check' | 'link';

export interface Moved {
  outcome: 'moved';
  application: Application;
  audit: AuditEntry;
  sms?: SmsRequest;
  events: OutgoingEvent[];
  work?: OnboardWork;
}
/** `reason` is Korean, for the operator or the merchant. */
export type Refused = { outcome: 'refused'; reason: string };
export type Move = Moved | Refused;

/** What one kind of command changes; undefined `then` fields stay. */
export interface Change {
  set: Partial<Application>;
  /** fields taken away */
  drop?: readonly (keyof Application)[];
  what: Deed;
  reason?: string | undefined;
  after?: { [key: string]: AuditValue };
  sms?: { template: TemplateKey; text: string } | undefined;
  event?: { detailType: EventType; more?: object } | undefined;
  contractChanged?: boolean;
  work?: OnboardWork;
}
type EventType = Extract<OutgoingEvent['detailType'], `App${string}`>;
export type Changed = Change | Refused;

/** Which state may follow which; staying is always possible but in `terminated`. */
export const LEGAL_STATES: Readonly<Record<ApplicationStatus, readonly ApplicationStatus[]>> = {
  applied: ['reviewing', 'terminated'],
  reviewing: ['applied', 'linking', 'on-hold', 'terminated'],
  linking: ['active', 'reviewing', 'on-hold', 'terminated'],
  active: ['suspended', 'terminated'],
  'on-hold': ['applied', 'terminated'],
  suspended: ['active', 'terminated'],
  terminated: [],
};

/**
 * What a command makes of an application, or why it is not possible now. The second time most commands are refused,
 * because the state has moved; the store refuses a stale version in any case.
 */
export const decideMove = (
  application: Application,
  command: Command,
  actor: Actor,
  now: number,
  calendar: BusinessCalendar,
): Move => {
  if (application.status === 'terminated') return refused('해지된 신청입니다. 새로 신청해 주세요.');
  const changed = changeOf(application, command, actor, now, calendar);
  return 'outcome' in changed ? changed : moved(application, changed, actor, now);
};

const changeOf = (
  application: Application,
  command: Command,
  actor: Actor,
  now: number,
  calendar: BusinessCalendar,
): Changed => {
  switch (command.do) {
    case 'correct':
      return applyCorrection(application, command.fields, now, calendar);
    case 'open':
    case 'assign':
    case 'checks':
    case 'confirm-check':
    case 'override-duplicate':
      return applyReview(application, command, actor, now);
    default:
      return applyDecision(application, command, actor, now);
  }
};

/** Turns a change into the next record with its audit row, SMS and events. */
export const moved = (before: Application, change: Change, actor: Actor, now: number): Moved => {
  const kept = Object.fromEntries(
    Object.entries(before).filter(([key]) => !change.drop?.includes(key as keyof Application)),
  ) as unknown as Application;
  const application: Application = { ...kept, ...change.set, version: before.version + 1 };
  const { applicationId, version, contact } = application;
  return {
    outcome: 'moved',
    application,
    audit: auditOf(before, application, change, actor, now),
    ...(change.sms && {
      sms: { messageId: `${applicationId}#${version}`, to: contact.mobile, ...change.sms, sendAt: now },
    }),
    events: eventsOf(application, change, now),
    ...(change.work && { work: change.work }),
  };
};

const auditOf = (
  before: Application,
  after: Application,
  change: Change,
  actor: Actor,
  now: number,
): AuditEntry => ({
  at: now,
  by: actor,
  what: change.what,
  subject: `application#${after.applicationId}`,
  ...(change.reason !== undefined && { reason: change.reason }),
  before: { status: before.status, version: before.version },
  after: { status: after.status, version: after.version, ...change.after },
});

const eventsOf = (application: Application, change: Change, now: number): OutgoingEvent[] => {
  const { applicationId, shopId, sellerId, status, contractId } = application;
  const about = {
    version: 1,
    applicationId,
    shopId,
    ...(sellerId !== undefined && { sellerId }),
    status,
    at: new Date(now).toISOString(),
  };
  const told = change.event && {
    detailType: change.event.detailType,
    detail: { ...about, ...change.event.more },
  };
  return [
    ...(told ? [told as OutgoingEvent] : []),
    ...(change.contractChanged ? [{ detailType: 'ContractChanged' as const, detail: { contractId } }] : []),
  ];
};

export const refused = (reason: string): Refused => ({ outcome: 'refused', reason });
