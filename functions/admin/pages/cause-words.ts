/** Why a transmission stands still, in an operator's words. */
import type { Refusal } from '../../shipment/shipment.ts';

/** Endings of an attempt that are nobody's refusal. */
const CAUSES: Readonly<Record<string, string>> = {
  timeout: '우체국 응답 시간 초과',
  reset: '우체국 연결 끊김',
  unreachable: '우체국 연결 실패',
  maintenance: '우체국 점검 중',
  garbled: '알아볼 수 없는 응답',
  'http-status': '알아볼 수 없는 응답',
  'too-large': '알아볼 수 없는 응답',
  redirect: '알아볼 수 없는 응답',
  system: '우체국 시스템 오류',
  'wrong-key': '인증키 확인 필요',
  'not-begun': '차례를 기다림',
  'contract-paused': '쇼핑몰 전송 멈춤',
  'contract-not-active': '이용중이 아닌 쇼핑몰',
};
const CODES: Readonly<Record<string, string>> = {
  'ERR-123': '승인번호 불일치',
  'ERR-211': '고객번호·공급지 확인 필요',
  'ERR-311': '주소 확인 필요',
  'ERR-322': '전화번호 확인 필요',
  'ERR-323': '전화번호 확인 필요',
  'NUMBER-MISMATCH': '다른 운송장번호로 접수됨',
  'DOUBLE-BOOKING': '두 번 접수됨',
  ATTEMPTS: '접수를 확인하지 못함',
  SYSTEM: '발송 정보 없음',
};
const FIELDS: Readonly<Record<string, string>> = {
  'recipient.name': '받는 분 이름 확인 필요',
  'recipient.zip': '우편번호 확인 필요',
  'recipient.address1': '주소 확인 필요',
  'recipient.address2': '주소 확인 필요',
  'recipient.tel': '전화번호 확인 필요',
  'recipient.mobile': '전화번호 확인 필요',
};
const WAITING: Readonly<Record<string, string>> = {
  'pool-empty': '운송장번호 부족',
  'contract-unknown': '연동되지 않은 쇼핑몰',
  'contract-not-active': '이용중이 아닌 쇼핑몰',
};

export const causeWords = (cause: string): string => CAUSES[cause] ?? `알 수 없는 응답(코드 ${cause})`;
export const waitingWords = (reason: string): string => WAITING[reason] ?? reason;
export const refusalWords = ({ code, field }: Pick<Refusal, 'code' | 'field'>): string => {
  if (code === 'FIELD') return FIELDS[field ?? ''] ?? '주문 정보 확인 필요';
  return CODES[code] ?? `알 수 없는 응답(코드 ${code})`;
};
