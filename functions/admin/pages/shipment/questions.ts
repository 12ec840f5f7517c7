/** What is asked before a shipment is touched. */
import type { Confirmation } from '../../page.ts';

export const askReveal = (): Confirmation => ({
  title: '받는 분을 전체 볼까요?',
  body: ['이름, 연락처, 주소가 그대로 보입니다.', '누가, 언제, 왜 보았는지 처리 기록에 남습니다.'],
  submit: '전체 보기',
  asksReason: true,
});

export const askResend = (name: string): Confirmation => ({
  title: `${name}을(를) 다시 전송할까요?`,
  body: ['같은 운송장번호로 다시 보냅니다. 이미 접수된 건은 건너뜁니다.'],
  submit: '다시 전송',
  asksReason: true,
});

export const askCancel = (name: string): Confirmation => ({
  title: `${name} 출고를 취소할까요?`,
  body: [
    '우체국에 보내기 전이면 바로 끝나고, 보낸 뒤면 우체국에 취소를 요청합니다.',
    '취소한 출고는 되돌릴 수 없고, 같은 출고 번호로 다시 보낼 수 없습니다.',
  ],
  submit: '출고 취소 요청',
  danger: true,
  asksReason: true,
});
