/** Tasks over all cores: each worker gets the next when it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chunk } from '../../functions/runtime/chunk.ts';
import type { Ground, Task, Told } from './worker.ts';
import type { Profile } from './world/scenario.ts';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const AT_A_TIME = 10;

/** Seeds as tasks of a few each. */
export const seedTasks = (seeds: readonly number[], profile?: Profile): Task[] =>
  chunk(seeds, AT_A_TIME).map((some) => ({ do: 'seeds', seeds: some, ...(profile && { profile }) }));

/**
 * Does all tasks; `told` hears of each of them, and says whether to go on.
 * @throws when a worker dies, as it does on anything a simulation cannot do
 */
export const doTasks = async (
  ground: Ground,
  tasks: readonly Task[],
  told: (some: Told) => boolean,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'epost-simulation-'));
  const file = join(folder, 'ground.json');
  writeFileSync(file, JSON.stringify(ground));
  const left = [...tasks];
  const workers: ChildProcess[] = [];
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = fork(join(import.meta.dirname, 'worker.ts'), [file], { execArgv: ['--import', LOADER] });
      workers.push(worker);
      let busy = false;
      const give = () => {
        const task = left.shift();
        busy = task !== undefined;
        if (task !== undefined) worker.send(task);
        else worker.disconnect();
      };
      worker.on('message', (some: Told) => {
        if (!told(some)) left.length = 0;
        give();
      });
      worker.once('error', reject);
      worker.once('exit', (code) =>
        busy || code !== 0 ? reject(new Error(`a worker ended with ${code}`)) : resolve(),
      );
      give();
    });
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, one));
  } finally {
    for (const worker of workers) worker.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};
