/** What was lent to a contract and what was given back, newest first. */
import type { BlockSummary } from '../../../waybill/pools.store.ts';
import { countWords, spanWords } from '../bands/band-words.ts';

export interface BandEvent {
  title: string;
  by: string;
  at: number;
  kind: 'sys' | 'bad';
  text: string;
}

export const historyOf = (blocks: readonly BlockSummary[]): BandEvent[] =>
  blocks.flatMap((block) => [imported(block), ...retired(block)]).toSorted((a, b) => b.at - a.at);

const imported = (block: BlockSummary): BandEvent => ({
  title: `${block.block}번째 대역 추가`,
  by: block.by,
  at: block.importedAt,
  kind: 'sys',
  text: `${spanWords(block)} · ${countWords(block.size)}${
    block.receivedOn === undefined ? '' : ` · 우체국에서 ${block.receivedOn}에 받음`
  }`,
});

const retired = (block: BlockSummary): BandEvent[] =>
  block.retired === undefined
    ? []
    : [
        {
          title: `${block.block}번째 대역 반납`,
          by: block.retired.by,
          at: block.retired.at,
          kind: 'bad',
          text: `쓰지 않은 ${countWords(block.size - block.retired.from)}. 사유: ${block.retired.reason}`,
        },
      ];
