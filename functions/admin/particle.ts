/** Korean particles that depend on the last sound of a name. */

const FIRST_HANGUL = 0xac00;
const LAST_HANGUL = 0xd7a3;
/** Digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGITS_WITH_CLOSED_END = '013678';

/** `담은공방을`, `하루문구를`; both forms where the sound is not known: `Haru을(를)`. */
export const withObject = (name: string): string => {
  const closed = hasClosedEnd(name);
  if (closed === undefined) return `${name}을(를)`;
  return `${name}${closed ? '을' : '를'}`;
};

const hasClosedEnd = (name: string): boolean | undefined => {
  const last = name.trim().at(-1) ?? '';
  if (/\d/.test(last)) return DIGITS_WITH_CLOSED_END.includes(last);
  const code = last.codePointAt(0) ?? 0;
  if (code < FIRST_HANGUL || code > LAST_HANGUL) return undefined;
  return (code - FIRST_HANGUL) % 28 !== 0;
};
