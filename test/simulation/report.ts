/** The coverage as a table: where calls leave the product, and how often each kind of trouble met them there. */
import { AWS_FAULTS } from './world/call-site.ts';
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

/** Faults that a place can meet: those it met at all. What never met a place at all is a fault that cannot happen there. */
export const shortOf = (coverage: Coverage, runs: number): string[] =>
  [...coverage].flatMap(([site, row]) => {
    const needed = (SHARE.hits * runs) / SHARE.runs;
    const kinds = isAws(site) ? applicable(site) : [...row.keys()].filter((kind) => kind !== 'ok');
    return kinds.flatMap((kind) => {
      const hits = row.get(kind) ?? 0;
      return hits >= needed ? [] : [`short: ${site} × ${kind}: ${hits} of ${Math.ceil(needed)}`];
    });
  });

/** Every call at AWS can meet these. */
const applicable = (_site: string): readonly string[] => [
  'fail',
  'lost',
  'crash-before',
  'crash-after',
  'throttle',
];
