/** What is asked before the numbers of a contract change. */
import type { CheckedImport } from '../../../waybill/import-request.ts';
import { withObject } from '../../particle.ts';
import type { Confirmation } from '../../page.ts';
import { countWords, spanWords } from '../bands/band-words.ts';

export const askImport = (shop: string, checked: CheckedImport): Confirmation => ({
  title: `${shop}에 ${countWords(checked.size)}를 추가할까요?`,
  body: [
    checked.content.kind === 'run'
      ? `${spanWords(checked)}, 빠진 번호 없이 모두 추가합니다.`
      : `${spanWords(checked)} 사이의 번호를 한 개씩 적은 대로 추가합니다.`,
    '추가한 번호는 지울 수 없고, 쓰지 않은 번호를 대역째 반납할 수만 있습니다.',
  ],
  submit: '대역 추가',
});

export const askRetire = (block: number, left: number): Confirmation => ({
  title: `${withObject(`${block}번째 대역`)} 반납할까요?`,
  body: [
    `쓰지 않은 번호 ${countWords(left)}를 다시는 쓰지 않습니다. 이미 출고에 쓴 번호는 그대로입니다.`,
    '되돌릴 수 없습니다. 우체국에 반납했는지 먼저 확인해 주세요.',
  ],
  submit: '대역 반납',
  danger: true,
  asksReason: true,
});
