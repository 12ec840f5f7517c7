/** The contract pre-check: what ePost and our own records say about an application before an operator decides. */
import type { Approval, CarrierAnswer } from '../epost/carrier-answer.ts';
import type { EpostClient } from '../epost/epost.client.ts';
import { koreanDay } from '../shipment/korean-day.ts';
import type { Application, Check, CheckName, CheckOutcome } from './application.ts';

export interface PreCheckPorts {
  epost: Pick<EpostClient, 'getCustNo' | 'getApprNo'>;
  /** other live applications with the same business or customer number */
  sharers: (application: Application) => Promise<{ business: string[]; customer: string[] }>;
}
export interface PreChecked {
  checks: Check[];
  /** yyyy-mm-dd */
  approvalExpiresAt?: string;
}
type Finding = Pick<Check, 'name' | 'outcome' | 'detail'>;

export const SILENT = '확인하지 못했습니다. 우체국이 응답하지 않습니다.';
const TEN_DIGITS = /^\d{10}$/;

/**
 * Runs every check an approval needs. A check that could not run says so and is not passed. The second time: the
 * same questions again, nothing is changed at ePost.
 */
export const preCheck = async (
  { epost, sharers }: PreCheckPorts,
  application: Application,
  now: number,
): Promise<PreChecked> => {
  const [customer, approvals, others] = await Promise.all([
    epost.getCustNo(application.epostId),
    epost.getApprNo(application.customerNo),
    sharers(application),
  ]);
  const approval = approvalIn(approvals, application.approvalNo);
  const expiresAt = approval?.expiresOn && dashed(approval.expiresOn);
  const findings: Finding[] = [
    format('customer-format', application.customerNo),
    format('approval-format', application.approvalNo),
    customerKnown(customer, application.customerNo),
    approvalMatch(approvals, approval),
    approvalExpiry(approval, koreanDay(now)),
    unique(others),
  ];
  return {
    checks: findings.map((finding) => ({ ...finding, at: now })),
    ...(expiresAt && { approvalExpiresAt: expiresAt }),
  };
};

const finding = (name: CheckName, outcome: CheckOutcome, detail: string): Finding => ({
  name,
  outcome,
  detail,
});

const format = (name: 'customer-format' | 'approval-format', value: string): Finding =>
  TEN_DIGITS.test(value)
    ? finding(name, 'passed', '숫자 10자리입니다.')
    : finding(name, 'failed', '숫자 10자리가 아닙니다.');

const customerKnown = (answer: CarrierAnswer<{ customerNo: string }>, customerNo: string): Finding => {
  if (answer.outcome !== 'ok') return notOk('customer-known', answer);
  return answer.value.customerNo === customerNo
    ? finding('customer-known', 'passed', '우체국 아이디의 고객번호와 같습니다.')
    : finding(
        'customer-known',
        'failed',
        '우체국 아이디에 등록된 고객번호와 다릅니다. 우체국 아이디와 고객번호를 확인해 주세요.',
      );
};

/** The approval of this number in ePost's answer; undefined also while there is no answer. */
export const approvalIn = (answer: CarrierAnswer<Approval[]>, approvalNo: string): Approval | undefined =>
  answer.outcome === 'ok' ? answer.value.find((approval) => approval.approvalNo === approvalNo) : undefined;

const approvalMatch = (answer: CarrierAnswer<Approval[]>, approval: Approval | undefined): Finding => {
  if (answer.outcome !== 'ok') return notOk('approval-match', answer);
  return approval === undefined
    ? finding(
        'approval-match',
        'failed',
        '이 고객번호의 승인된 계약에 이 승인번호가 없습니다. 승인번호를 확인해 주세요.',
      )
    : finding('approval-match', 'passed', '고객번호의 승인된 계약과 일치합니다.');
};

/** @param today KST day, yyyymmdd */
export const approvalExpiry = (approval: Approval | undefined, today: string): Finding => {
  const name = 'approval-expiry';
  if (approval === undefined)
    return finding(name, 'could-not-run', '확인하지 못했습니다. 승인번호를 먼저 확인해야 합니다.');
  const { closedOn, expiresOn } = approval;
  if (closedOn !== undefined && closedOn <= today)
    return finding(name, 'failed', `${dashed(closedOn)}에 해지된 계약입니다. 관할 우체국에 확인해 주세요.`);
  if (expiresOn === undefined)
    return finding(name, 'could-not-run', '확인하지 못했습니다. 우체국이 만료일을 알려 주지 않았습니다.');
  return expiresOn < today
    ? finding(name, 'failed', `계약이 ${dashed(expiresOn)}에 끝났습니다. 관할 우체국에서 갱신해 주세요.`)
    : finding(name, 'passed', `계약이 ${dashed(expiresOn)}까지입니다.`);
};

/** Others of the same business are there only because an operator let them in. */
const unique = ({ business, customer }: { business: string[]; customer: string[] }): Finding => {
  const strangers = customer.filter((id) => !business.includes(id));
  if (strangers.length > 0)
    return finding(
      'business-unique',
      'failed',
      `다른 사업자의 신청(${strangers.join(', ')})이 같은 고객번호를 씁니다. 고객번호를 확인해 주세요.`,
    );
  return business.length > 0
    ? finding(
        'business-unique',
        'passed',
        `담당자가 같은 사업자번호의 신청을 더 허용했습니다(${business.join(', ')}).`,
      )
    : finding('business-unique', 'passed', '같은 사업자번호나 고객번호를 쓰는 다른 신청이 없습니다.');
};

/**
 * ePost's refusal of the data fails the check; its silence, works or a fault of our own request does not, because
 * that says nothing about the merchant.
 */
export const notOk = (name: CheckName, answer: Exclude<CarrierAnswer<never>, { outcome: 'ok' }>): Finding => {
  switch (answer.outcome) {
    case 'maintenance':
      return finding(name, 'could-not-run', '확인하지 못했습니다. 우체국이 점검 중입니다.');
    case 'unreachable':
    case 'unknown':
      return finding(name, 'could-not-run', SILENT);
    case 'error': {
      const about = answer.refusal.class;
      const definite = about === 'contract' || about === 'not-found' || about === 'recipient-data';
      return finding(
        name,
        definite ? 'failed' : 'could-not-run',
        `${answer.refusal.reason} (${answer.code})`,
      );
    }
  }
};

/** 20991231 → 2099-12-31. */
const dashed = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
