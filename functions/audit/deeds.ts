/** Everything the audit can tell of, by its code, and what the console calls it. A new deed is entered here first. */
export const DEEDS = {
  'application.received': '신청 접수',
  'application.opened': '검토 시작',
  'application.assigned': '담당자 지정',
  'application.checked': '자동 점검',
  'application.check-requested': '자동 점검 다시 요청',
  'application.check-confirmed': '직접 확인',
  'application.duplicate-allowed': '사업자번호 중복 허용',
  'application.corrected': '신청 내용 수정',
  'application.approved': '승인, 연동 작업 시작',
  'application.link-failed': '연동하지 못해 검토로 돌아옴',
  'application.activated': '연동 완료, 이용 시작',
  'application.held': '승인보류',
  'application.withdrawn': '신청 취소',
  'application.suspended': '이용정지',
  'application.resumed': '이용재개',
  'application.terminated': '해지',
  'personal-data.revealed': '개인정보 전체 보기',
  'shipment.resent': '출고정보 다시 전송',
  'shipment.cancel-requested': '출고 취소 요청',
  'shipment.check-requested': '배송상태 확인 요청',
  'block.retired': '운송장번호 대역 사용 중지',
  'pool.frozen': '운송장번호 발급 멈춤',
  'pool.unfrozen': '운송장번호 발급 재개',
  'pool.fenced': '복원 뒤 운송장번호 대역 정리',
  'transmission.paused': '우체국 전송 멈춤',
  'transmission.resumed': '우체국 전송 재개',
  'message.resent': '문자 다시 보내기',
  'queue.returned': '실패 보관함에서 되돌리기',
  'queue.deleted': '실패 보관함에서 삭제',
  'job.started': '작업 시작',
  'job.continued': '작업 이어서 하기',
  'job.stop-asked': '작업 멈추기',
  'holiday.added': '공휴일 추가',
  'holiday.removed': '공휴일 삭제',
  'holiday.year-completed': '공휴일 자료 완료 표시',
} as const satisfies Readonly<Record<`${string}.${string}`, string>>;

export type Deed = keyof typeof DEEDS;

/** A row may be older than this table: its code is shown then. */
export const deedWords = (code: string): string => (DEEDS as Readonly<Record<string, string>>)[code] ?? code;
