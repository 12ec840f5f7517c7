/** Korean words for states and checks where a sentence of this room needs one (console.md 2.3, 2.4). */
import type { ApplicationStatus, CheckName, HoldReason } from './application.ts';

export const STATUS_LABELS: Readonly<Record<ApplicationStatus, string>> = {
  applied: '접수대기',
  reviewing: '검토중',
  linking: '연동중',
  active: '이용중',
  'on-hold': '승인보류',
  suspended: '이용정지',
  terminated: '해지',
};

export const CHECK_LABELS: Readonly<Record<CheckName, string>> = {
  'customer-format': '고객번호 형식',
  'approval-format': '승인번호 형식',
  'customer-known': '고객번호 유효성 검증',
  'approval-match': '승인번호 일치',
  'approval-expiry': '승인번호 만료일',
  'business-unique': '사업자번호 중복',
  'site-registered': '공급지 등록',
  'numbers-ready': '운송장번호 대역 배정',
};

/** Why an application is held (console.md 2.5). */
export const HOLD_LABELS: Readonly<Record<HoldReason, string>> = {
  customer: '고객번호가 유효하지 않음',
  approval: '승인번호가 일치하지 않음',
  login: '우체국 로그인 실패',
  bizno: '사업자번호가 다름',
  contract: '기업택배 계약을 확인할 수 없음',
  duplicate: '이미 쓰는 고객번호',
  other: '그 밖의 사유',
};
