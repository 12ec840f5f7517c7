/** Terminal colours by what they mean; without colour every one of them leaves the text as it is. */

const CODES = {
  strong: [1, 22],
  good: [32, 39],
  warn: [33, 39],
  bad: [31, 39],
  link: [94, 39],
  dim: [90, 39],
};

export type Style = Record<keyof typeof CODES, (text: string) => string>;

/** The styles of one output. */
export const createStyle = (color: boolean): Style => {
  const paint = ([on, off]: number[]) =>
    color
      ? (text: string) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`)
      : (text: string) => text;
  return Object.fromEntries(Object.entries(CODES).map(([name, codes]) => [name, paint(codes)])) as Style;
};
