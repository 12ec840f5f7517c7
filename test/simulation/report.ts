/** The coverage as a table: where calls leave the product, and how often each kind of trouble met them there. */
import { AWS_FAULTS, SWEPT } from './world/call-site.ts';
import { AS_AT_CARRIER } from './world/carrier-faults.ts';
import type { Coverage } from './world/coverage.ts';

const isAws = (site: string): boolean => !site.includes(' epost ');

export const coverageTable = (coverage: Coverage): string => {
  const sites = [...coverage.keys()].toSorted();
  const aws = sites.filter(isAws);
  const kinds = [
    ...new Set(sites.filter((site) => !isAws(site)).flatMap((site) => [...coverage.get(site)!.keys()])),
  ];
  const table = (some: string[], columns: readonly string[]) => {
    const width = Math.max(...some.map((site) => site.length), 4);
    const head = [
      'site'.padEnd(width),
      ...columns.map((column) => column.padStart(Math.max(7, column.length))),
    ];
    const rows = some.map((site) => [
      site.padEnd(width),
      ...columns.map((column) =>
        String(coverage.get(site)?.get(column) ?? '·').padStart(Math.max(7, column.length)),
      ),
    ]);
    return [head, ...rows].map((row) => row.join(' ')).join('\n');
  };
  const carrier = sites.filter((site) => !isAws(site));
  return [
    table(aws, ['ok', ...AWS_FAULTS]),
    ...(carrier.length > 0
      ? [table(carrier, ['ok', ...kinds.filter((kind) => kind !== 'ok').toSorted()])]
      : []),
  ].join('\n\n');
};

/** A place × fault must have met so often in so many runs. */
const SHARE = { hits: 200, runs: 10_000 };

/** Places that have met one of the five faults of the sweep less often than their share; at ePost many kinds are one of them. */
export const shortOf = (coverage: Coverage, runs: number): string[] =>
  [...coverage].flatMap(([site, row]) => {
    const needed = (SHARE.hits * runs) / SHARE.runs;
    return SWEPT.flatMap((fault) => {
      const kinds = isAws(site) ? [fault] : AS_AT_CARRIER[fault];
      const hits = kinds.reduce((sum, kind) => sum + (row.get(kind) ?? 0), 0);
      return hits >= needed ? [] : [`short: ${site} × ${fault}: ${hits} of ${Math.ceil(needed)}`];
    });
  });
