/** Applications where only the field that matters is spelled. All names are invented. */
import type { Actor } from '../../functions/audit/audit.ts';
import type { Application, Check, Submission } from '../../functions/merchant/application.ts';
import { REVIEW_CHECKS } from '../../functions/merchant/application.ts';
import { contractIdOf } from '../../functions/merchant/contract.ts';
import { T0 } from './builders.ts';

export const KIM: Actor = { kind: 'operator', id: 'op-1', name: '김운영' };
export const LEE: Actor = { kind: 'operator', id: 'op-2', name: '이담당' };
export const PLATFORM: Actor = { kind: 'merchant', id: 'platform', name: '쇼핑몰 플랫폼' };

/** Business numbers whose check digit is right; they belong to nobody here. */
export const BUSINESS_NO = '0010000018';
export const OTHER_BUSINESS_NO = '0020000025';

export const aSubmission = (over: Partial<Submission> = {}): Submission => ({
  shopId: 'sodam',
  revision: 1,
  companyName: '소담마켓',
  domain: 'sodam.example.com',
  businessNo: BUSINESS_NO,
  epostId: 'sodam01',
  customerNo: '0011223344',
  approvalNo: '1018680001',
  numbering: 'band',
  contact: { name: '가나다', mobile: '01000004821' },
  site: {
    officeSer: 'SODAM1',
    name: '소담마켓 창고',
    zip: '04524',
    address1: '서울특별시 중구 세종대로 110',
    address2: '1층',
    tel: '02-000-0000',
    contact: '라마바',
  },
  ...over,
});

export const passed = (): Check[] =>
  REVIEW_CHECKS.map((name) => ({ name, outcome: 'passed', detail: '확인했습니다.', at: T0 }));

export const anApplication = (over: Partial<Application> = {}): Application => {
  const submission = aSubmission(over);
  return {
    ...submission,
    applicationId: 'A-1',
    contractId: contractIdOf(submission),
    hasPassword: false,
    status: 'applied',
    version: 1,
    submittedAt: T0,
    dueAt: T0 + 3 * 86_400_000,
    checks: [],
    ...over,
  };
};
