import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { firstBusyPort, portsFrom } from '../../../local/terminal/ports.ts';

/** `npm start` in a process of its own, as a user has it. */
export interface Running {
  pid: number;
  out(): string;
  err(): string;
  /** lines of the standard output that are JSON */
  json(): Record<string, unknown>[];
  /** resolves as soon as the check gives something */
  until<T>(check: () => T | undefined | false, what: string): Promise<T>;
  /** exit code, or the signal that ended it */
  ended: Promise<number | NodeJS.Signals>;
  kill(signal: NodeJS.Signals): void;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PATIENCE_MS = 60_000;

/** Starts it with `npm start -s --` and the arguments, on a port nobody uses unless one is given. */
export const npmStart = (args: readonly string[], env: Record<string, string> = {}): Running => {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(EPOST_|NO_COLOR|VITEST|NODE_OPTIONS)/.test(name)),
  );
  const child = spawn('npm', ['start', '-s', '--', ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const changed = new Set<() => void>();
  const note = () => [...changed].forEach((look) => look());
  child.stdout.setEncoding('utf8').on('data', (text: string) => ((out += text), note()));
  child.stderr.setEncoding('utf8').on('data', (text: string) => ((err += text), note()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal!)),
  );
  const json = () =>
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const until = <T>(check: () => T | undefined | false, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const give = (settle: () => void) => {
        changed.delete(look);
        clearTimeout(timer);
        settle();
      };
      const fail = (why: string) => give(() => reject(new Error(`${what}: ${why}\n${out}\n${err}`)));
      const look = () => {
        const found = check();
        if (found !== undefined && found !== false) give(() => resolve(found));
      };
      const timer = setTimeout(() => fail('not in time'), PATIENCE_MS);
      void ended.then((code) => (look(), fail(`ended with ${code}`)));
      changed.add(look);
      look();
    });
  return {
    pid: child.pid!,
    out: () => out,
    err: () => err,
    json,
    until,
    ended,
    kill: (signal) => void child.kill(signal),
  };
};

/** A port that is free with all those behind it; outside the range that the system hands out by itself. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await firstBusyPort(Object.values(portsFrom(first)), 0)) === undefined) return first;
  }
};
