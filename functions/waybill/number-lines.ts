/** Numbers as an operator hands them in: pasted, or the text of a CSV file. */

/** 5-4-4, as it is printed and shown. */
const PRINTED = /^(\d{5})-(\d{4})-(\d{4})$/;
/** Text of a first line that is a heading and no number. */
const HEADING = /^\D+$/;

/** A number without the hyphens it is printed with; anything else stays as it is, to be told what is wrong with it. */
export const plainNumber = (text: string): string => text.trim().replace(PRINTED, '$1$2$3');

/**
 * One number a line, by its line: the first cell, without the quotes and the `=` that spreadsheets put around digits.
 * A heading in the first line becomes an empty line.
 */
export const numberLines = (text: string): string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => plainNumber((line.split(/[,;\t]/)[0] ?? '').replaceAll(/["=]/g, '')))
    .map((number, i) => (i === 0 && HEADING.test(number) ? '' : number));
