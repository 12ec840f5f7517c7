import type { CsvTable } from './page.ts';

/** UTF-8 with BOM and CRLF, so that Excel opens Hangul; the rest is RFC 4180. */
export const csvText = ({ head, rows }: Pick<CsvTable, 'head' | 'rows'>): string =>
  `\uFEFF${[head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;

/** A spreadsheet runs a cell that begins like a formula, and takes digits for a number: 0123 → 123, 13 digits → 6.9E12. */
const cell = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  if (/^(0\d+|\d{10,})$/.test(value)) return `"=""${value}"""`;
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
