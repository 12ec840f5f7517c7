/** The single table of states: what each is called, its tone and its icon. No other file holds these words. */
import type { ApplicationStatus, CheckOutcome, HoldReason } from '../merchant/application.ts';
import { STATUS_LABELS } from '../merchant/labels.ts';

export type Tone = 'gray' | 'info' | 'ok' | 'warn' | 'bad';
export type IconName =
  'clock' | 'lens' | 'pause' | 'dot' | 'tick' | 'cross' | 'dash' | 'box' | 'up' | 'truck' | 'triangle';
export interface Word {
  label: string;
  tone: Tone;
  icon: IconName;
}
const word = (label: string, tone: Tone, icon: IconName): Word => ({ label, tone, icon });
const status = (code: ApplicationStatus, tone: Tone, icon: IconName) => word(STATUS_LABELS[code], tone, icon);

export const APPLICATION_WORDS: Readonly<Record<ApplicationStatus, Word>> = {
  applied: status('applied', 'gray', 'clock'),
  reviewing: status('reviewing', 'info', 'lens'),
  'on-hold': status('on-hold', 'warn', 'pause'),
  linking: status('linking', 'info', 'dot'),
  active: status('active', 'ok', 'tick'),
  suspended: status('suspended', 'bad', 'cross'),
  terminated: status('terminated', 'gray', 'dash'),
};

export type ShipmentCode =
  | 'shipped'
  | 'no-number'
  | 'tx-pending'
  | 'tx-unknown'
  | 'tx-retrying'
  | 'tx-done'
  | 'tx-failed'
  | 'parked'
  | 'picked-up'
  | 'in-transit'
  | 'delivered'
  | 'undelivered'
  | 'not-collected'
  | 'returning'
  | 'cancelled'
  | 'lost';
export const SHIPMENT_WORDS: Readonly<Record<ShipmentCode, Word>> = {
  shipped: word('출고완료', 'gray', 'box'),
  'no-number': word('번호 대기', 'warn', 'clock'),
  'tx-pending': word('전송대기', 'gray', 'clock'),
  'tx-unknown': word('결과 미확인', 'warn', 'clock'),
  'tx-retrying': word('재전송 대기', 'warn', 'clock'),
  'tx-done': word('전송완료', 'info', 'up'),
  'tx-failed': word('전송실패', 'bad', 'cross'),
  parked: word('확인 필요', 'bad', 'triangle'),
  'picked-up': word('집하', 'info', 'box'),
  'in-transit': word('배송중', 'info', 'truck'),
  delivered: word('배송완료', 'ok', 'tick'),
  undelivered: word('미배달', 'warn', 'triangle'),
  'not-collected': word('미집하', 'warn', 'triangle'),
  returning: word('반송중', 'warn', 'triangle'),
  cancelled: word('출고취소', 'gray', 'dash'),
  lost: word('확인 필요', 'bad', 'triangle'),
};
/** The bold line of the stepper. */
export const SHIPMENT_STEPS = ['shipped', 'tx-done', 'picked-up', 'in-transit', 'delivered'] as const;

export const CHECK_WORDS: Readonly<Record<CheckOutcome | 'running', Word>> = {
  passed: word('통과', 'ok', 'tick'),
  'confirmed-by-hand': word('직접 확인', 'ok', 'tick'),
  failed: word('확인 필요', 'bad', 'cross'),
  'could-not-run': word('확인하지 못함', 'warn', 'triangle'),
  running: word('점검 중', 'warn', 'clock'),
};

/** How a tracking round ended, or stands. */
export type RunCode = 'running' | 'waiting' | 'done' | 'partly' | 'interrupted' | 'superseded' | 'dead';
export const RUN_WORDS: Readonly<Record<RunCode, Word>> = {
  running: word('진행 중', 'info', 'dot'),
  waiting: word('우체국 대기', 'warn', 'clock'),
  done: word('완료', 'ok', 'tick'),
  partly: word('일부 확인', 'warn', 'triangle'),
  interrupted: word('중단', 'bad', 'cross'),
  superseded: word('다음으로 넘김', 'gray', 'dash'),
  dead: word('멈춤', 'bad', 'cross'),
};

/** How a part of the service does. */
export type HealthCode = 'normal' | 'late' | 'stopped';
export const HEALTH_WORDS: Readonly<Record<HealthCode, Word>> = {
  normal: word('정상', 'ok', 'tick'),
  late: word('지연', 'warn', 'triangle'),
  stopped: word('멈춤', 'bad', 'cross'),
};

/** How a contract stands with its waybill numbers. */
export type BandCode = 'frozen' | 'enough' | 'low' | 'soon' | 'empty' | 'none' | 'carrier-issued' | 'ended';
export const BAND_WORDS: Readonly<Record<BandCode, Word>> = {
  frozen: word('발급 멈춤', 'bad', 'pause'),
  enough: word('정상', 'ok', 'tick'),
  low: word('부족', 'warn', 'triangle'),
  soon: word('곧 소진', 'bad', 'triangle'),
  empty: word('모두 소진', 'bad', 'cross'),
  none: word('대역 없음', 'warn', 'triangle'),
  'carrier-issued': word('우체국 발급', 'gray', 'box'),
  ended: status('terminated', 'gray', 'dash'),
};
/** How one imported run of numbers stands. */
export type BlockCode = 'in-use' | 'next' | 'used-up' | 'retired';
export const BLOCK_WORDS: Readonly<Record<BlockCode, Word>> = {
  'in-use': word('사용 중', 'info', 'dot'),
  next: word('대기', 'gray', 'clock'),
  'used-up': word('모두 사용', 'gray', 'dash'),
  retired: word('반납', 'gray', 'dash'),
};

export type MessageCode = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown';
export const MESSAGE_WORDS: Readonly<Record<MessageCode, Word>> = {
  pending: word('발송대기', 'gray', 'clock'),
  sending: word('보내는 중', 'info', 'dot'),
  sent: word('발송완료', 'ok', 'tick'),
  failed: word('발송실패', 'bad', 'cross'),
  unknown: word('결과 미확인', 'warn', 'triangle'),
};

/** Something waits there for a person; nothing is known of it yet. */
export const LOOK_WORD = word('확인 필요', 'bad', 'cross');
export const NOT_KNOWN_WORD = word('기록 없음', 'gray', 'dash');

/** Long work of the console. */
export type JobCode = 'working' | 'stopping' | 'still' | 'done' | 'stopped' | 'failed';
export const JOB_WORDS: Readonly<Record<JobCode, Word>> = {
  working: word('진행 중', 'info', 'dot'),
  stopping: word('멈추는 중', 'warn', 'pause'),
  still: word('소식 없음', 'warn', 'triangle'),
  done: word('끝남', 'ok', 'tick'),
  stopped: word('멈춤', 'gray', 'pause'),
  failed: word('중단', 'bad', 'cross'),
};

/** Reasons of a hold as the form offers them. */
export const HOLD_REASON_WORDS: Readonly<Record<HoldReason, { label: string; hint: string }>> = {
  customer: {
    label: '고객번호가 유효하지 않음',
    hint: '우체국 홈페이지에서 유효성 검증이 끝나지 않음',
  },
  approval: { label: '승인번호가 일치하지 않음', hint: '우체국에 등록된 승인번호와 다름' },
  login: { label: '우체국 로그인 실패', hint: '아이디·비밀번호 확인 필요' },
  bizno: { label: '사업자번호가 다름', hint: '쇼핑몰 사업자와 계약 사업자가 다름' },
  contract: { label: '기업택배 계약을 확인할 수 없음', hint: '관할 우체국 확인 필요' },
  duplicate: { label: '이미 쓰는 고객번호', hint: '다른 쇼핑몰에서 쓰고 있음' },
  other: { label: '그 밖의 사유', hint: '아래에 직접 적기' },
};
