/** Seeds over all cores: each worker gets a few at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Ground, Task, Told } from './worker.ts';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const AT_A_TIME = 10;

/**
 * Runs all seeds; `told` hears of every few of them, and says whether to go on.
 * @throws when a worker dies, as it does on anything a simulation cannot do
 */
export const runSeeds = async (
  ground: Ground,
  seeds: readonly number[],
  task: Omit<Task, 'seeds'>,
  told: (some: Told) => boolean,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'epost-simulation-'));
  const file = join(folder, 'ground.json');
  writeFileSync(file, JSON.stringify(ground));
  const left = [...seeds];
  const workers: ChildProcess[] = [];
  const next = () => left.splice(0, AT_A_TIME);
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const worker = fork(join(import.meta.dirname, 'worker.ts'), [file], { execArgv: ['--import', LOADER] });
      workers.push(worker);
      let busy = false;
      const give = () => {
        const some = next();
        busy = some.length > 0;
        if (busy) worker.send({ ...task, seeds: some } satisfies Task);
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
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), seeds.length) }, one));
  } finally {
    for (const worker of workers) worker.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};
