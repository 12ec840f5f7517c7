import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  blockItem,
  crossedLevel,
  emptyHead,
  lowWaterOf,
  numberAt,
  type PoolHead,
  positionOf,
  takeNumbers,
  usedUpTo,
  WAYBILL_NUMBER,
} from '../../functions/waybill/pool.ts';

const run = (block: number, first: string, size: number): Block => ({
  contractId: 'c',
  item: blockItem(block),
  block,
  kind: 'run',
  first,
  last: String(Number(first) + size - 1).padStart(13, '0'),
  size,
  importedAt: 0,
  by: 'test',
});
const list = (block: number, numbers: string[]): Block => ({
  ...run(block, numbers[0]!, numbers.length),
  kind: 'list',
  numbers: numbers.join(''),
});
const headOf = (over: Partial<PoolHead>): PoolHead => ({ ...emptyHead('c'), ...over });
const byNumber = (...blocks: Block[]) => new Map(blocks.map((block) => [block.block, block]));

describe('numbers of a block', () => {
  it('keep their leading zeros in a run', () => {
    expect(numberAt(run(1, '0000000000099', 3), 1)).toBe('0000000000100');
  });
  it('come in the order they were listed', () => {
    const block = list(1, ['6899900000024', '6899900000012']);
    expect([numberAt(block, 0), numberAt(block, 1)]).toEqual(['6899900000024', '6899900000012']);
  });
  it('are found again at their position, and no other number is', () => {
    const block = list(1, ['6899900000024', '6899900000012']);
    expect(positionOf(block, '6899900000012')).toBe(1);
    expect(positionOf(block, '6899900000013')).toBeUndefined();
    expect(positionOf(run(1, '6899900000000', 10), '6899900000010')).toBeUndefined();
  });
  it('are found at both ends of a block, of either kind', () => {
    const [three, listed] = [run(1, '6899900000000', 3), list(1, ['6899900000024', '6899900000012'])];
    expect(['6899900000000', '6899900000002'].map((number) => positionOf(three, number))).toEqual([0, 2]);
    expect(positionOf(three, '6899899999999')).toBeUndefined();
    expect(positionOf(three, '6899900000003')).toBeUndefined();
    expect(positionOf(listed, '6899900000024')).toBe(0);
    expect(positionOf(listed, '9990000002468'), 'across two numbers').toBeUndefined();
  });
  it('end at the size: a position beyond is a mistake of ours', () => {
    expect(() => numberAt(run(1, '6899900000000', 3), 3)).toThrow(new RangeError('Block has no position 3'));
    expect(() => numberAt(run(1, '6899900000000', 3), -1)).toThrow(
      new RangeError('Block has no position -1'),
    );
    expect(numberAt(run(1, '6899900000000', 3), 2)).toBe('6899900000002');
  });
  it.each([
    [1, 3, 10],
    [2, 3, 4],
    [2, 30, 10],
    [3, 3, 0],
  ])(
    'of block %i are used, with the cursor at 2:4, size 10, given back from %i, up to %i',
    (no, from, used) => {
      const head = headOf({ block: 2, position: 4 });
      expect(usedUpTo({ block: no, size: 10 }, { ...head, position: from === 30 ? 30 : 4 })).toBe(used);
    },
  );
  it('given back are used up to there', () => {
    const retired = { at: 0, by: 'op', reason: '반납', from: 3 };
    expect(usedUpTo({ block: 1, size: 10, retired }, headOf({ block: 2 }))).toBe(3);
    expect(usedUpTo({ block: 1, size: 10, retired }, headOf({ block: 1, position: 2 }))).toBe(2);
    expect(usedUpTo({ block: 1, size: 10, retired }, headOf({ block: 1, position: 9 }))).toBe(3);
  });
  it('are kept under a key that sorts', () => {
    expect(blockItem(12)).toBe('block#000012');
    expect(emptyHead('c')).toEqual({
      contractId: 'c',
      item: 'head',
      seq: 0,
      block: 1,
      position: 0,
      lastBlock: 0,
      available: 0,
      fullMark: 0,
      revision: 0,
    });
  });
  it('have thirteen digits and nothing else', () => {
    expect(
      ['6899900000024', '689990000002', '68999000000244', ' 6899900000024', '689990000002x'].map((one) =>
        WAYBILL_NUMBER.test(one),
      ),
    ).toEqual([true, false, false, false, false]);
  });
});

describe('taking numbers', () => {
  it('opens the next block by itself when one ends in the middle', () => {
    const head = headOf({ block: 1, position: 2, lastBlock: 2 });
    const answer = takeNumbers(head, byNumber(run(1, '6000000000000', 3), run(2, '6000000001000', 5)), 3);
    expect(answer).toEqual({
      outcome: 'taken',
      taking: {
        numbers: ['6000000000002', '6000000001000', '6000000001001'],
        segments: [
          { block: 1, from: 2, count: 1 },
          { block: 2, from: 0, count: 2 },
        ],
        block: 2,
        position: 2,
      },
    });
  });
  it('asks for a block it needs and does not know', () => {
    expect(takeNumbers(headOf({ block: 1, lastBlock: 1 }), new Map(), 1)).toEqual({
      outcome: 'load',
      block: 1,
    });
  });
  it('gives fewer when the pool ends, and none from an empty one', () => {
    const answer = takeNumbers(headOf({ lastBlock: 1 }), byNumber(run(1, '6000000000000', 2)), 5);
    expect(answer.outcome === 'taken' && answer.taking.numbers).toHaveLength(2);
    const none = takeNumbers(headOf({}), new Map(), 5);
    expect(none.outcome === 'taken' && none.taking.numbers).toEqual([]);
  });
  it('stays in a block it took the last number of, and takes nothing of a block it is at the end of', () => {
    const blocks = byNumber(run(1, '6000000000000', 2), run(2, '6000000001000', 2));
    const all = takeNumbers(headOf({ lastBlock: 2 }), blocks, 2);
    expect(all.outcome === 'taken' && all.taking).toMatchObject({ block: 1, position: 2 });
    const next = takeNumbers(headOf({ lastBlock: 2, position: 2 }), blocks, 1);
    expect(next.outcome === 'taken' && next.taking).toEqual({
      numbers: ['6000000001000'],
      segments: [{ block: 2, from: 0, count: 1 }],
      block: 2,
      position: 1,
    });
  });
  it('never goes beyond where a block was given back', () => {
    const retired = { ...run(1, '6000000000000', 10), retired: { at: 0, by: 'op', reason: '반납', from: 1 } };
    const head = headOf({ lastBlock: 2 });
    const answer = takeNumbers(head, byNumber(retired, run(2, '6000000001000', 5)), 2);
    expect(answer.outcome === 'taken' && answer.taking.numbers).toEqual(['6000000000000', '6000000001000']);
  });
  it('gives every number once and leaves none out, whatever the sizes asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        (sizes, asks) => {
          const blocks = sizes.map((size, i) => run(i + 1, String(6_000_000_000_000 + i * 1000), size));
          let head = headOf({ lastBlock: sizes.length });
          const given: string[] = [];
          for (const wanted of asks) {
            const answer = takeNumbers(head, byNumber(...blocks), wanted);
            if (answer.outcome !== 'taken') throw new Error('all blocks are known');
            given.push(...answer.taking.numbers);
            head = { ...head, block: answer.taking.block, position: answer.taking.position };
          }
          const all = blocks.flatMap((block) =>
            Array.from({ length: block.size }, (_, i) => numberAt(block, i)),
          );
          expect(given).toEqual(
            all.slice(
              0,
              asks.reduce((sum, ask) => sum + ask, 0),
            ),
          );
        },
      ),
    );
  });
});

describe('low water', () => {
  it('is a fifth of a full pool unless the contract says otherwise', () => {
    expect(lowWaterOf({}, headOf({ fullMark: 1184 }))).toBe(236);
    expect(lowWaterOf({ lowWater: 50 }, headOf({ fullMark: 1184 }))).toBe(50);
  });
  it.each([
    [300, 237, undefined],
    [237, 236, 'low'],
    [236, 100, undefined],
    [97, 0, 'empty'],
    [0, 0, undefined],
    [237, 0, 'empty'],
  ] as const)('from %i to %i left tells %s', (before, after, level) => {
    expect(crossedLevel(before, after, 236)).toBe(level);
  });
});
