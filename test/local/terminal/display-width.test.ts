import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToWidth, displayWidth, padToWidth } from '../../../local/terminal/display-width.ts';

describe('display width', () => {
  it.each([
    ['', 0],
    ['API', 3],
    ['운영 화면', 9],
    ['모의 우체국', 11],
    ['느림·실패', 9],
    ['➜', 1],
    ['✓', 1],
    ['한', 2],
    ['e\u0301', 1],
    ['（주）', 6],
    ['漢字', 4],
    ['📦', 2],
  ])('of %j is %i cells', (text, cells) => {
    expect(displayWidth(text)).toBe(cells);
  });

  it('counts decomposed Hangul as the syllables that are shown', () => {
    expect(displayWidth('우체국'.normalize('NFD'))).toBe(6);
  });

  const words = fc.string({ unit: fc.constantFrom('가', '힣', 'a', ' ', '·', '漢') });

  it('adds up over texts put together', () => {
    fc.assert(fc.property(words, words, (a, b) => displayWidth(a + b) === displayWidth(a) + displayWidth(b)));
  });

  it('pads every text to the same column, and never cuts one', () => {
    fc.assert(
      fc.property(words, fc.nat(40), (text, cells) => {
        const padded = padToWidth(text, cells);
        expect(padded.startsWith(text)).toBe(true);
        expect(displayWidth(padded)).toBe(Math.max(cells, displayWidth(text)));
      }),
    );
  });

  it('cuts to what fits and says that it did', () => {
    expect(cutToWidth('우체국택배 자동화', 20)).toBe('우체국택배 자동화');
    expect(cutToWidth('우체국택배 자동화', 8)).toBe('우체국…');
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 1, max: 40 }),
        (text, n) => displayWidth(cutToWidth(text, n)) <= n,
      ),
    );
  });
});
