/** Korean words for states and checks where a sentence of this room needs one (console.md 2.3, 2.4). */
import type { ApplicationStatus, CheckName } from './application.ts';

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
