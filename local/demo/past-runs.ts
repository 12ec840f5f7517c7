/** Tracking rounds from before the demonstration began: what the console shows of a day and a half. */
import { emptyTally, type Run, type Tally } from '../../functions/tracking/run.ts';
import { createRunRecords } from '../../functions/tracking/run-record.store.ts';
import { none } from '../../functions/tracking/whom-to-ask.ts';
import type { DemoWorld } from './demo-data.ts';

const MINUTE_MS = 60_000;
const PERIOD_MS = 3 * 60 * MINUTE_MS;
const ROUNDS = 12;

type Told = Pick<Tally, 'asked' | 'changed' | 'notYet'> & Partial<Tally>;
/** Newest first, by how many rounds ago; the others are like the plain one. */
const SPECIAL: Readonly<Record<number, { tally: Told; outcome?: Run['outcome']; minutes?: number }>> = {
  3: { tally: { asked: 61, changed: 6, notYet: 4, failed: { unreachable: 2, unknown: 1 } } },
  6: {
    tally: { asked: 23, changed: 2, notYet: 1, failed: { maintenance: 20 } },
    outcome: 'interrupted',
    minutes: 160,
  },
  9: { tally: { asked: 48, changed: 9, notYet: 3, unknownWords: 1 } },
};
const PLAIN: Told = { asked: 57, changed: 8, notYet: 5 };

/**
 * The last one began just now, so that the schedule of this start goes on from it. The second time nothing changes: a
 * round that is there stays.
 * @param delivered shipments of the demonstration, for what the rounds found
 */
export const seedRuns = async (
  { doc, tables, now }: DemoWorld,
  delivered: readonly string[],
): Promise<void> => {
  const records = createRunRecords(doc, tables.operations);
  for (let ago = ROUNDS - 1; ago >= 0; ago--)
    await records.begin(pastRun(now - ago * PERIOD_MS, ago, delivered));
};

const pastRun = (at: number, ago: number, delivered: readonly string[]): Run => {
  const { tally, outcome = 'done', minutes = 2 } = SPECIAL[ago] ?? { tally: PLAIN };
  // A round of this very moment would have ended in the future.
  const startedAt = at - 3 * MINUTE_MS;
  const endedAt = startedAt + minutes * MINUTE_MS;
  const all = { moving: 1, quiet: 1, silent: 1, fresh: 1 };
  const found = delivered.slice((ago * 2) % 20, ((ago * 2) % 20) + tally.changed);
  const changes = found.map((id): [string, string] => [id, ago % 2 === 0 ? 'delivered' : 'in-transit']);
  return {
    runId: `${new Date(startedAt).toISOString()}#demo-${ago}`,
    startedAt,
    source: 'biz',
    round: Math.floor(startedAt / PERIOD_MS),
    shares: all,
    leg: 1,
    busyUntil: 0,
    beatAt: endedAt,
    tally: { ...emptyTally(), met: { ...none(), moving: tally.asked }, closedEntries: 1, ...tally, changes },
    nextDueAt: startedAt + PERIOD_MS,
    endedAt,
    outcome,
  };
};
