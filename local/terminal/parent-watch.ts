import { readFileSync } from 'node:fs';

const EVERY_MS = 300;

/**
 * Calls `gone` when the npm that started this process is no more, even killed without a signal to pass on:
 * nothing may be left behind. Looks at the processes above by /proc; elsewhere only the end of tsx is noticed.
 */
export const watchParent = (gone: () => void): (() => void) => {
  const npm = npmAbove(process.ppid);
  const timer = setInterval(() => npm !== undefined && !isAlive(npm) && gone(), EVERY_MS);
  timer.unref();
  process.once('disconnect', gone);
  return () => {
    clearInterval(timer);
    process.off('disconnect', gone);
  };
};

const DEPTH = 4;

const npmAbove = (pid: number, depth = DEPTH): number | undefined => {
  if (depth === 0 || pid <= 1 || process.env['npm_lifecycle_event'] !== 'start') return undefined;
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (/^npm\b|\/npm(-cli\.js)?\0/.test(command)) return pid;
    // Fields after the name in brackets: state, then the parent.
    const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
    return npmAbove(parent, depth - 1);
  } catch {
    return undefined;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    // A killed process stays as a zombie until its parent asks; it is gone all the same.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
