/** What is asked before messages go back or go away. */
import type { Confirmation } from '../../page.ts';

export const askReturnOne = (label: string): Confirmation => ({
  title: '이 1건을 되돌릴까요?',
  body: [`${label}의 원래 대기열로 옮겨 다시 처리합니다. 원인이 그대로면 다시 여기로 옵니다.`],
  submit: '한 건 되돌리기',
  asksReason: true,
});

export const askReturnAll = (label: string, waiting: number): Confirmation => ({
  title: `${waiting.toLocaleString('ko')}건을 모두 되돌릴까요?`,
  body: [
    `${label}의 원래 대기열로 옮겨 다시 처리합니다. 건수는 SQS가 센 어림값입니다.`,
    '시작한 뒤 멈춰도 이미 옮긴 건은 돌아오지 않습니다.',
  ],
  submit: '모두 되돌리기',
  asksReason: true,
});

export const askDelete = (count: number): Confirmation => ({
  title: `${count.toLocaleString('ko')}건을 삭제할까요?`,
  body: ['다시 볼 수 없고 되돌릴 수 없습니다. 처리하지 않은 일은 처리하지 않은 채로 남습니다.'],
  submit: `${count.toLocaleString('ko')}건 삭제`,
  danger: true,
  asksReason: true,
  phrase: '삭제',
});
