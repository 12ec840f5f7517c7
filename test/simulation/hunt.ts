/** Looks for a fault that was put in on purpose. */
import type { SeededBug } from './bugs.ts';
import { doTasks, seedTasks } from './fleet.ts';
import { prepareGround } from './ground.ts';
import type { Broken, RunResult } from './run.ts';

/** The first run in which a promise breaks; undefined: in none. `runs`: how many it took, in the order of the seeds. */
export const huntBug = async (
  bug: SeededBug,
  runs: number,
): Promise<({ seed: number; runs: number } & Broken) | undefined> => {
  const ground = await prepareGround(bug.patches);
  const found: RunResult[] = [];
  const seeds = Array.from({ length: runs }, (_, i) => i + 1);
  await doTasks(ground, seedTasks(seeds, bug.profile), (told) => {
    if (told.did === 'seeds') found.push(...told.results.filter(({ broken }) => broken.length > 0));
    return found.length === 0;
  });
  const [first] = found.toSorted((a, b) => a.seed - b.seed);
  return first && { seed: first.seed, runs: first.seed, ...first.broken[0]! };
};
