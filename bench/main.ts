/**
 * `npm run bench [-- P1 P10 …]`: prints each figure with the budget it is held against; exit code 1 when one is
 * not kept. Counts and ratios, because times on one machine say little about another.
 */
import { benchAllocation } from './allocation.ts';
import { benchBundles } from './bundles.ts';
import { benchContention } from './contention.ts';
import { benchDrainEfficiency, benchDrainFaults } from './drain.ts';
import { type Figure, progress, renderFigure, within } from './report.ts';

const benches: [ids: string[], run: () => Promise<Figure[]>][] = [
  [['P1', 'P2', 'P3'], benchAllocation],
  [['P4'], benchContention],
  [['P10'], benchDrainEfficiency],
  [['P11'], benchDrainFaults],
  [['P16', 'P17'], benchBundles],
];

const wanted = process.argv.slice(2);
let kept = true;
for (const [ids, run] of benches) {
  if (wanted.length > 0 && !ids.some((id) => wanted.includes(id))) continue;
  progress(`${ids.join(' ')} …`);
  for (const figure of await run()) {
    progress('');
    console.log(renderFigure(figure));
    kept &&= within(figure);
  }
}
process.exitCode = kept ? 0 : 1;
