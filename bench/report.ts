/** One line of the report: what was measured, the figure, and the budget it is held against. */
export interface Figure {
  id: string;
  what: string;
  value: number;
  budget?: { most: number } | { least: number };
  digits?: number;
  note?: string;
}

export const within = ({ value, budget }: Figure): boolean =>
  budget === undefined || ('most' in budget ? value <= budget.most : value >= budget.least);

/** A figure as a line of the table, with the budget and whether it is kept. */
export const renderFigure = (figure: Figure): string => {
  const { id, what, value, budget, digits = 3, note } = figure;
  const bound = budget === undefined ? '' : 'most' in budget ? `≤ ${budget.most}` : `≥ ${budget.least}`;
  const mark = budget === undefined ? ' ' : within(figure) ? '✓' : '✗';
  const cells = [id.padEnd(4), what.padEnd(66), value.toFixed(digits).padStart(10), bound.padStart(9), mark];
  return `${cells.join('  ')}${note === undefined ? '' : `  ${note}`}`;
};

/** Progress on stderr, so that the table on stdout can be kept. */
export const progress = (text: string): void => {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
};
