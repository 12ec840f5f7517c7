import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSmsText, lengthOf, MOST_BYTES, MOST_UNITS } from '../../functions/notification/sms-text.ts';

const reasonOf = (text: string) => {
  const checked = checkSmsText(text);
  return checked.outcome === 'refused' ? checked.reason : 'fits';
};

describe('the two counters', () => {
  it.each([
    ['가'.repeat(45), 45, 90],
    ['a'.repeat(70), 70, 70],
    ['가a1 ', 3, 4],
    ['뷁똠펲', 3, 6],
    ['', 0, 0],
  ])('count %s as %i units and %i bytes', (text, units, bytes) => {
    expect(lengthOf(text)).toEqual({ units, bytes });
  });

  it('count what is sent: Hangul put together, line ends as one', () => {
    expect(lengthOf('가나'.normalize('NFD'))).toEqual({ units: 2, bytes: 4 });
    expect(lengthOf(' 가\r\n나 \n')).toEqual({ units: 3, bytes: 5 });
  });
});

describe('a text fits', () => {
  it('up to both limits and not beyond', () => {
    expect(reasonOf('가'.repeat(45))).toBe('fits');
    expect(reasonOf('가'.repeat(46))).toBe('문자 1건보다 깁니다. 1자 줄여 주세요.');
    expect(reasonOf('a'.repeat(70))).toBe('fits');
    expect(reasonOf('a'.repeat(71))).toBe('문자 1건보다 깁니다. 1자 줄여 주세요.');
    // 57 letters and 97 bytes: short enough for AWS, too long for a gateway
    expect(reasonOf(`${'가'.repeat(40)}${'a'.repeat(17)}`)).toBe('문자 1건보다 깁니다. 4자 줄여 주세요.');
  });

  it('says exactly how many letters less would do', () => {
    const letter = fc.constantFrom('가', '힣', '뷁', 'a', '1', ' b');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 150 }), (letters) => {
        const text = letters.join('');
        const { units, bytes } = lengthOf(text);
        const fits = units <= MOST_UNITS && bytes <= MOST_BYTES;
        const over = Number(/(\d+)자 줄여/.exec(reasonOf(text))?.[1] ?? 0);
        expect(over > 0).toBe(!fits);
        // the widest letters first: so many less fit, and one fewer would not
        const widest = [...text].toSorted((a, b) => lengthOf(b).bytes - lengthOf(a).bytes);
        const without = (n: number) => widest.slice(n).reduce((sum, l) => sum + (l < '\u007f' ? 1 : 2), 0);
        const short = (n: number) => widest.length - n <= MOST_UNITS && without(n) <= MOST_BYTES;
        const trimmed = text.trim().length === text.length;
        if (!trimmed) return;
        expect(short(over)).toBe(true);
        if (over > 0) expect(short(over - 1)).toBe(false);
      }),
    );
  });
});

describe('a text is refused', () => {
  it.each(['', '   ', '\r\n'])('when it says nothing (%j)', (text) => {
    expect(reasonOf(text)).toBe('보낼 문자 내용을 넣어 주세요.');
  });

  it.each([
    ['확인 👍', '👍'],
    ['확인 ☎', '☎'],
    ['확인 ♥', '♥'],
    ['확인 ✓', '✓'],
    ['ก 확인', 'ก'],
    ['é', 'é'],
    ['€5', '€'],
    ['확인\u200b', 'U+200B'],
    ['확\t인', 'U+9'],
    ['\ue000 확인', 'U+E000'],
    ['\u007f확인', 'U+7F'],
    ['확\ud800인', 'U+D800'],
  ])('when a phone cannot show it (%j)', (text, named) => {
    expect(reasonOf(text)).toBe(
      `문자로 보낼 수 없는 글자가 있습니다: ${named}. 지우거나 다른 글자로 바꿔 주세요.`,
    );
  });

  it.each([
    '확인 https://example.com/a',
    '확인 www.example',
    '확인 example.com에서',
    '확인 EXAMPLE.CO.KR',
    '우체국.한국에서 확인',
    '확인 192.0.2.7',
    'bit.ly/abc',
  ])('when it holds an address (%s)', (text) => {
    expect(reasonOf(text)).toMatch(/^인터넷 주소가 든 문자/);
  });

  it.each([
    '확인해 주세요.다시 신청',
    '무게 2.5kg, 1.5배',
    '문의 1544-3270. OK',
    '11.24(화) 14:20',
    '㈜소담 No.3',
  ])('not for a full stop or a number (%s)', (text) => {
    expect(reasonOf(text)).toBe('fits');
  });
});

describe('whatever is typed', () => {
  it('either goes out within both limits, in letters of CP949, or is refused with a sentence', () => {
    const codec = new TextDecoder('euc-kr');
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.string({ unit: fc.constantFrom('가', '힣', 'a', '.', '/', '☎', '\n'), maxLength: 100 }),
      fc.uint8Array({ maxLength: 90 }).map((bytes) => codec.decode(bytes)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const checked = checkSmsText(text);
        if (checked.outcome === 'refused') {
          expect(checked.reason).toMatch(/[가-힣]+.*\.$/s);
          return;
        }
        expect(checked.text.length).toBeLessThanOrEqual(70);
        expect(checked.bytes).toBeLessThanOrEqual(90);
        expect(checkSmsText(checked.text)).toEqual(checked);
        expect(checked.text).not.toMatch(/[\u{10000}-\u{10ffff}\ufffd]/u);
      }),
    );
  });
});
