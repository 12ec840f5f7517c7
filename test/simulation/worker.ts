/** A process that does tasks it is given, one after the other, and tells what came of them. */
import { readFileSync } from 'node:fs';
import type { Bundles } from './deployment/bundles.ts';
import type { Deployment } from './deployment/deployment.ts';
import { run, type RunResult } from './run.ts';
import { type Alike, sceneCalled, type SceneSwept, type Single, sweepPairs, sweepSingles } from './sweep.ts';
import { type Coverage, type CoverageRows, rowsOf } from './world/coverage.ts';
import type { Profile } from './world/scenario.ts';

export interface Ground {
  deployment: Deployment;
  bundles: Bundles;
}
export type Task =
  | { do: 'seeds'; seeds: number[]; profile?: Profile }
  | { do: 'singles'; scene: string }
  | { do: 'pairs'; scene: string; firsts: Single[]; alike: Alike };
export type Told =
  | { did: 'seeds'; results: RunResult[]; coverage: CoverageRows }
  | ({ did: 'singles'; scene: string } & Awaited<ReturnType<typeof sweepSingles>>)
  | ({ did: 'pairs'; scene: string } & SceneSwept);

const ground = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Ground;

const work = async (task: Task): Promise<Told> => {
  if (task.do !== 'seeds') {
    const { scene } = task;
    return task.do === 'singles'
      ? { did: 'singles', scene, ...(await sweepSingles(ground, sceneCalled(scene))) }
      : { did: 'pairs', scene, ...(await sweepPairs(ground, sceneCalled(scene), task.firsts, task.alike)) };
  }
  const { seeds, profile } = task;
  const coverage: Coverage = new Map();
  const results: RunResult[] = [];
  for (const seed of seeds)
    results.push(await run({ ...ground, seed, coverage, ...(profile && { profile }) }));
  return { did: 'seeds', results, coverage: rowsOf(coverage) };
};

process.on('message', (task: Task) => {
  work(task).then(
    (told) => process.send!(told),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
