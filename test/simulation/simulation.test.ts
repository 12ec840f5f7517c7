/** The whole product under everything that can go wrong at once (docs/simulation.md). A seed that fails here is told by `npm run sim -- --replay SEED`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { runSeeds } from './fleet.ts';
import { prepareGround } from './ground.ts';
import type { RunResult } from './run.ts';
import type { Ground } from './worker.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
}, 120_000);

const SEEDS = Array.from({ length: 500 }, (_, i) => i + 1);

describe('nothing lost, nothing doubled', () => {
  it(`in ${SEEDS.length} runs`, async () => {
    const results: RunResult[] = [];
    await runSeeds(ground, SEEDS, {}, (told) => {
      results.push(...told.results);
      return true;
    });
    const broken = results.filter((result) => result.broken.length > 0);
    expect(broken.map(({ seed, broken: [first] }) => `${seed} ${first?.promise} ${first?.how}`)).toEqual([]);
    expect(results).toHaveLength(SEEDS.length);
  }, 600_000);
});
