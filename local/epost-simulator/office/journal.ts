import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

/** An append-only list of entries that outlives the process. */
export interface Journal<T> {
  append(entry: T): void;
  close(): void;
}

/**
 * Opens a JSON-lines journal and hands every entry already in it to `replay`, oldest first.
 * Each append is one synchronous write, so what was answered was written: a killed process loses nothing (a
 * machine that loses power may). A last line torn by the kill is cut off, since nothing was answered for it.
 * Without a file the journal keeps nothing.
 */
export function openJournal<T>(file: string | undefined, replay: (entry: T) => void): Journal<T> {
  if (file === undefined) return { append: () => {}, close: () => {} };
  if (existsSync(file)) replayWholeLines(file, replay);
  const handle = openSync(file, 'a', 0o600);
  return {
    append: (entry) => void writeSync(handle, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(handle),
  };
}

function replayWholeLines<T>(file: string, replay: (entry: T) => void): void {
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(file, whole);
  for (const line of bytes.subarray(0, whole).toString('utf8').split('\n')) {
    if (line !== '') replay(JSON.parse(line) as T);
  }
}
