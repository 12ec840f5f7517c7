/** How often each kind of trouble met each place where a call leaves the product. */
export type Coverage = Map<string, Map<string, number>>;
/** The same as it travels between processes. */
export type CoverageRows = [site: string, [fault: string, times: number][]][];

export const countHit = (coverage: Coverage, site: string, fault: string, times = 1): void => {
  const row = coverage.get(site) ?? new Map<string, number>();
  coverage.set(site, row.set(fault, (row.get(fault) ?? 0) + times));
};

export const rowsOf = (coverage: Coverage): CoverageRows =>
  [...coverage].map(([site, row]) => [site, [...row]]);

export const addRows = (into: Coverage, rows: CoverageRows): void => {
  for (const [site, row] of rows) for (const [fault, times] of row) countHit(into, site, fault, times);
};
