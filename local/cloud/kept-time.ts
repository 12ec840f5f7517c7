import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalClock } from './clock.ts';

interface Kept {
  /** When the stack was first started: rate schedules count from here. */
  createdAt: number;
  /** The latest virtual time that was reached. */
  now: number;
}

const EVERY_MS = 1000;

/** Keeps the virtual time beside the data, so that a restart never turns it back. */
export function keepTime(
  clock: LocalClock,
  dataDir: string | undefined,
): { createdAt: number; stop: () => void } {
  if (dataDir === undefined) return { createdAt: clock.now(), stop: () => {} };
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'clock.json');
  const kept = read(file);
  if (kept) clock.advanceTo(kept.now);
  const createdAt = kept?.createdAt ?? clock.now();
  const write = () => {
    // Renamed into place: a half-written file must not cost the data its time.
    writeFileSync(`${file}.new`, JSON.stringify({ createdAt, now: clock.now() } satisfies Kept));
    renameSync(`${file}.new`, file);
  };
  write();
  const forget = clock.onChange(write);
  const timer = setInterval(write, EVERY_MS);
  timer.unref();
  const stop = () => {
    clearInterval(timer);
    forget();
    write();
  };
  return { createdAt, stop };
}

function read(file: string): Kept | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return null; // The first start.
  }
}
