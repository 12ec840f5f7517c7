/**
 * The whole product under everything that can go wrong at once (docs/simulation.md). A seed that fails here is told as a
 * timeline by `npm run sim -- --replay SEED`.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { BUGS } from './bugs.ts';
import { doTasks, seedTasks } from './fleet.ts';
import { prepareGround } from './ground.ts';
import { huntBug } from './hunt.ts';
import type { RunResult } from './run.ts';
import type { Ground } from './worker.ts';

const MINUTES = 60_000;
let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
}, 2 * MINUTES);

const upTo = (seeds: number) => Array.from({ length: seeds }, (_, i) => i + 1);
const runAll = async (seeds: readonly number[]): Promise<RunResult[]> => {
  const results: RunResult[] = [];
  await doTasks(ground, seedTasks(seeds), (told) => {
    if (told.did === 'seeds') results.push(...told.results);
    return true;
  });
  return results.toSorted((a, b) => a.seed - b.seed);
};

describe('nothing lost, nothing doubled', () => {
  it('in 500 runs', { timeout: 20 * MINUTES }, async () => {
    const results = await runAll(upTo(500));
    const broken = results.filter((result) => result.broken.length > 0);
    expect(broken.map(({ seed, broken: [first] }) => `${seed} ${first?.promise} ${first?.how}`)).toEqual([]);
    expect(results).toHaveLength(500);
  });
});

describe('a run', () => {
  it(
    'is the same in another process, whatever that played before (P11)',
    { timeout: 5 * MINUTES },
    async () => {
      const seeds = [3, 5, 8, 13, 21];
      const hashes = async (some: number[]) => (await runAll(some)).map(({ seed, hash }) => [seed, hash]);
      expect(await hashes(seeds)).toEqual(await hashes(seeds.toReversed()));
    },
  );
});

describe('the simulation is sharp (P10): it finds', () => {
  it.each(BUGS.filter(({ quick }) => quick))('$name', { timeout: 10 * MINUTES }, async (bug) => {
    expect(await huntBug(bug, 30)).toBeDefined();
  });
});
