import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SentenceError } from '../terminal/sentence.ts';

const GRACE_MS = 2_000;
const RETRY_MS = 50;

/**
 * Takes a data folder for this process; answers the way to give it back. What a killed process left is taken over,
 * and one that is just ending is waited for.
 * @throws a sentence where another running process has the folder.
 */
export const lockData = async (folder: string): Promise<() => void> => {
  const file = join(folder, 'lock');
  const until = performance.now() + GRACE_MS;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(file);
    if (owner === undefined || !isRunning(owner)) rmSync(file, { force: true });
    else if (performance.now() < until) await new Promise((done) => setTimeout(done, RETRY_MS));
    else
      throw new SentenceError(
        `${folder} 폴더를 다른 npm start(프로세스 ${owner})가 쓰고 있습니다. 그것을 끝내거나 --data 로 다른 폴더를 알려 주세요.`,
      );
  }
};

const ownerOf = (file: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
};

/** Process ids come again: where it can be told, one that runs something else does not count. */
const isRunning = (pid: number): boolean => {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    const [state = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').slice(-1);
    return !state.startsWith('Z') && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.ts');
  } catch {
    return process.platform !== 'linux';
  }
};
