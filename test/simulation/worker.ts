/** A process that runs seeds it is given, one after the other, and tells what came of them. */
import { readFileSync } from 'node:fs';
import type { Bundles } from './deployment/bundles.ts';
import type { Deployment } from './deployment/deployment.ts';
import { run, type RunResult } from './run.ts';
import { type Coverage, type CoverageRows, rowsOf } from './world/coverage.ts';
import type { Profile } from './world/scenario.ts';

export interface Ground {
  deployment: Deployment;
  bundles: Bundles;
}
export interface Task {
  seeds: number[];
  profile?: Profile;
}
export interface Told {
  results: RunResult[];
  coverage: CoverageRows;
}

const ground = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Ground;

const work = async ({ seeds, profile }: Task): Promise<Told> => {
  const coverage: Coverage = new Map();
  const results: RunResult[] = [];
  for (const seed of seeds)
    results.push(await run({ ...ground, seed, coverage, ...(profile && { profile }) }));
  return { results, coverage: rowsOf(coverage) };
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
