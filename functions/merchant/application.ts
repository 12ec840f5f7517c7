/** A merchant's application for the service (이용신청): what was asked, what was checked, what was decided. */
import type { NumberingMode } from './contract.ts';

/** A2: applied → reviewing → linking → active; on-hold, suspended and terminated beside it. */
export type ApplicationStatus =
  'applied' | 'reviewing' | 'linking' | 'active' | 'on-hold' | 'suspended' | 'terminated';
export const APPLICATION_STATUSES = [
  'applied',
  'reviewing',
  'linking',
  'active',
  'on-hold',
  'suspended',
  'terminated',
] as const satisfies readonly ApplicationStatus[];

/** The 3-business-day promise runs in these (R14, A2). */
export const UNDECIDED = ['applied', 'reviewing', 'linking'] as const satisfies readonly ApplicationStatus[];

export type HoldReason = 'customer' | 'approval' | 'login' | 'bizno' | 'contract' | 'duplicate' | 'other';
export const HOLD_REASONS = [
  'customer',
  'approval',
  'login',
  'bizno',
  'contract',
  'duplicate',
  'other',
] as const satisfies readonly HoldReason[];

export type CheckName =
  | 'customer-format'
  | 'approval-format'
  | 'customer-known'
  | 'approval-match'
  | 'approval-expiry'
  | 'business-unique'
  | 'site-registered'
  | 'numbers-ready';
/** Needed for an approval; the other two belong to the link work that an approval starts. */
export const REVIEW_CHECKS = [
  'customer-format',
  'approval-format',
  'customer-known',
  'approval-match',
  'approval-expiry',
  'business-unique',
] as const satisfies readonly CheckName[];
export const LINK_CHECKS = ['site-registered', 'numbers-ready'] as const satisfies readonly CheckName[];

export type CheckOutcome = 'passed' | 'failed' | 'could-not-run' | 'confirmed-by-hand';
export interface Check {
  name: CheckName;
  outcome: CheckOutcome;
  /** Korean sentence; no personal data */
  detail: string;
  at: number;
  /** who confirmed it by hand, and the note given */
  by?: string;
  note?: string;
}

/** Days before the end of a contract at which it is told. */
export const EXPIRY_NOTICES = [30, 7, 1] as const;
export type ExpiryNotice = (typeof EXPIRY_NOTICES)[number];

/** A12: an SMS goes to a 010 mobile only. */
export interface Contact {
  name: string;
  /** 010 and eight digits */
  mobile: string;
}
/** 공급지: where parcels leave from, as ePost wants it registered. */
export interface Site {
  /** the site's code at ePost, ≤ 20 letters and digits */
  officeSer: string;
  name: string;
  zip: string;
  address1: string;
  address2: string;
  /** with hyphens */
  tel: string;
  contact: string;
}

/** What the platform states about a merchant; the password only sealed. */
export interface Submission {
  shopId: string;
  /** a marketplace seller with a contract of its own (R35) */
  sellerId?: string;
  /** grows with every correction: a late repeat of an old one changes nothing */
  revision: number;
  /** 상호 */
  companyName: string;
  domain?: string;
  /** 사업자등록번호, 10 digits with a valid check digit */
  businessNo: string;
  epostId: string;
  customerNo: string;
  approvalNo: string;
  numbering: NumberingMode;
  contact: Contact;
  site: Site;
  /** base64 of the AWS Encryption SDK message; absent: the one stored stays */
  passwordSealed?: string;
}

/** The stored record. All times epoch ms UTC. */
export interface Application extends Submission {
  /** the platform's own id, `^[A-Za-z0-9._:-]{1,50}$` */
  applicationId: string;
  contractId: string;
  hasPassword: boolean;
  status: ApplicationStatus;
  /** advances with every move */
  version: number;
  submittedAt: number;
  /** end of the third business day */
  dueAt: number;
  /** operator who has it in hand: id and name */
  assignee?: { id: string; name: string };
  hold?: { reasons: HoldReason[]; note?: string; at: number; by: string; smsText: string };
  /** who approved; its SMS goes out when the link work is done */
  approval?: { at: number; by: string; smsText?: string };
  checks: Check[];
  /** when it became active, on hold or terminated */
  decidedAt?: number;
  /** end of the contract at ePost, yyyy-mm-dd KST */
  approvalExpiresAt?: string;
  /** days ahead of that end for which the merchant has been told */
  expiryNotice?: ExpiryNotice;
  /** Korean: why the link work has not ended */
  linkProblem?: string;
  /** A5: an operator allowed this business to be there more than once */
  duplicateOverride?: { reason: string; by: string; at: number };
}

/** The check of this name, if it was ever run. */
export const checkOf = (application: Pick<Application, 'checks'>, name: CheckName): Check | undefined =>
  application.checks.find((check) => check.name === name);

/** Good enough for a decision: passed, or an operator has looked. */
export const isSettled = (check: Check | undefined): boolean =>
  check?.outcome === 'passed' || check?.outcome === 'confirmed-by-hand';

/** `010-****-4821`: how a mobile is shown anywhere. */
export const maskedMobile = (mobile: string): string => `${mobile.slice(0, 3)}-****-${mobile.slice(-4)}`;
