/** View model of one application. Plain data, masked: it is the JSON twin as well. */
import {
  type Application,
  type ApplicationStatus,
  type Check,
  checkOf,
  type CheckName,
  type CheckOutcome,
  type HoldReason,
  LINK_CHECKS,
  maskedMobile,
  REVIEW_CHECKS,
} from '../../../merchant/application.ts';
import { CHECK_LABELS } from '../../../merchant/labels.ts';
import { holdText, type SmsSettings, textIfDeserved } from '../../../notification/deserving.ts';
import { quietNotice } from '../../../notification/quiet-hours.ts';
import { lengthOf } from '../../../notification/sms-text.ts';
import type { BusinessCalendar } from '../../../runtime/business-days.ts';
import type { Viewer } from '../../viewers.store.ts';
import { type ChecksSummary, summaryOf } from '../applications/checks-words.ts';
import { type Due, dueOf } from '../applications/due.ts';
import { type Fact, factsOf } from './facts.ts';
import type { Entry } from './history.ts';
import { suggestedReasons, textsByReasons } from './hold-text.ts';

export interface CheckItem {
  name: CheckName;
  label: string;
  outcome: CheckOutcome | 'running';
  detail: string;
  /** who confirmed it by hand: "김운영 · 전화로 확인" */
  byHand?: string;
  /** an operator may say that it is well */
  confirmable: boolean;
}
export interface DecisionForm {
  canApprove: boolean;
  canHold: boolean;
  /** why it cannot be approved */
  why?: string;
  reasons: HoldReason[];
  text: string;
  /** by the chosen reasons (`customer+approval`) or their number, for the script that words while one chooses */
  texts: Readonly<Record<string, string>>;
  length: { units: number; bytes: number };
  /** the SMS of an approval goes out when the link work is done; undefined: that one is switched off */
  approvedText?: string;
  quiet?: string;
}
export interface ApplicationModel {
  applicationId: string;
  contractId: string;
  version: number;
  companyName: string;
  kind: '쇼핑몰' | '입점사';
  domain?: string;
  status: ApplicationStatus;
  due: Due;
  submittedAt: number;
  assignee?: { id: string; name: string };
  viewers: Viewer[];
  checks: { summary: ChecksSummary; items: CheckItem[]; lastAt?: number; duplicate: boolean };
  facts: Fact[];
  hold?: { reasons: HoldReason[]; note?: string; at: number; by: string };
  linkProblem?: string;
  history: Entry[];
  /** masked */
  mobile: string;
  supportNumber: string;
  decision?: DecisionForm;
  life: { suspend: boolean; resume: boolean; terminate: boolean; stoppedText?: string; endedText?: string };
}

export interface Around {
  calendar: BusinessCalendar;
  now: number;
  sms: SmsSettings;
  history: Entry[];
  viewers: Viewer[];
}

export const modelOf = (application: Application, around: Around): ApplicationModel => {
  const { applicationId, contractId, version, companyName, domain, status, hold } = application;
  const { now, sms, calendar } = around;
  const decision = decisionOf(application, sms, now);
  const [stoppedText, endedText] = [textIfDeserved('stopped', sms), textIfDeserved('ended', sms)];
  return {
    applicationId,
    contractId,
    version,
    companyName,
    status,
    kind: application.sellerId === undefined ? '쇼핑몰' : '입점사',
    ...(domain !== undefined && { domain }),
    due: dueOf(application, calendar, now),
    submittedAt: application.submittedAt,
    ...(application.assignee && { assignee: application.assignee }),
    viewers: around.viewers,
    checks: checksOf(application),
    facts: factsOf(application, now),
    ...(hold && {
      hold: { reasons: hold.reasons, at: hold.at, by: hold.by, ...(hold.note && { note: hold.note }) },
    }),
    ...(application.linkProblem !== undefined && { linkProblem: application.linkProblem }),
    history: around.history,
    mobile: maskedMobile(application.contact.mobile),
    supportNumber: sms.supportNumber,
    ...(decision && { decision }),
    life: {
      suspend: status === 'active',
      resume: status === 'suspended',
      terminate: status === 'active' || status === 'suspended' || status === 'on-hold',
      ...(stoppedText !== undefined && { stoppedText }),
      ...(endedText !== undefined && { endedText }),
    },
  };
};

const BEFORE_DECISION: readonly ApplicationStatus[] = ['applied', 'reviewing'];

const checksOf = (application: Application): ApplicationModel['checks'] => {
  const mayConfirm = BEFORE_DECISION.includes(application.status);
  const linked = LINK_CHECKS.filter((name) => checkOf(application, name) !== undefined);
  const items = [...REVIEW_CHECKS, ...linked].map((name) =>
    itemOf(name, checkOf(application, name), mayConfirm),
  );
  const times = application.checks.map(({ at }) => at);
  return {
    summary: summaryOf(application),
    items,
    ...(times.length > 0 && { lastAt: Math.max(...times) }),
    duplicate: mayConfirm && checkOf(application, 'business-unique')?.outcome === 'failed',
  };
};

const itemOf = (name: CheckName, check: Check | undefined, mayConfirm: boolean): CheckItem => {
  const known = { name, label: CHECK_LABELS[name] };
  if (check === undefined)
    return { ...known, outcome: 'running', detail: '점검하고 있습니다.', confirmable: false };
  const { outcome, detail } = check;
  const open = outcome === 'failed' || outcome === 'could-not-run';
  return {
    ...known,
    outcome,
    detail,
    ...(outcome === 'confirmed-by-hand' && { byHand: `${check.by ?? ''} · ${check.note ?? ''}` }),
    // a shared business number is allowed with a reason of its own, not looked away from
    confirmable: mayConfirm && open && name !== 'business-unique',
  };
};

const decisionOf = (application: Application, sms: SmsSettings, now: number): DecisionForm | undefined => {
  const { status } = application;
  if (status !== 'reviewing' && status !== 'linking') return undefined;
  const { open, running, total } = summaryOf(application);
  const reasons = suggestedReasons(application);
  const text = holdText(reasons, sms);
  const approvedText = textIfDeserved('approved', sms);
  const quiet = quietNotice(now);
  const left = open + running;
  return {
    canApprove: status === 'reviewing' && left === 0,
    canHold: true,
    ...(status === 'linking'
      ? { why: '이미 승인했습니다. 연동 작업이 끝나면 이용중으로 바뀝니다.' }
      : left > 0 && {
          why: `점검 ${left === total ? '모두' : `${left}개`}를 통과해야 승인을 선택할 수 있습니다.`,
        }),
    reasons,
    text,
    texts: textsByReasons(sms),
    length: lengthOf(text),
    ...(approvedText !== undefined && { approvedText }),
    ...(quiet !== undefined && { quiet }),
  };
};
