/** How many terminal cells a text takes: Hangul and other wide letters take two, combining marks none. */

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;

const cellsOf = (letter: string): number => {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20 || (code > 0x7e && INVISIBLE.test(letter))) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
};

/** Cells of a text without escape sequences. Decomposed Hangul counts as it is shown: as whole syllables. */
export const displayWidth = (text: string): number => {
  let cells = 0;
  for (const letter of text.normalize('NFC')) cells += cellsOf(letter);
  return cells;
};

/** Pads on the right to a number of cells; a longer text is left as it is. */
export const padToWidth = (text: string, cells: number): string =>
  text + ' '.repeat(Math.max(0, cells - displayWidth(text)));

/** Cuts to at most so many cells, ending in `…` where something was cut. */
export const cutToWidth = (text: string, cells: number): string => {
  if (displayWidth(text) <= cells) return text;
  let kept = '';
  let used = 0;
  for (const letter of text.normalize('NFC')) {
    used += cellsOf(letter);
    if (used > cells - 1) break;
    kept += letter;
  }
  return `${kept}…`;
};
