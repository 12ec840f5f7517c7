/** Time that only passes when nobody has anything left to do, so that a busy machine changes no figure. */
import { syncBuiltinESMExports } from 'node:module';
import { setImmediate as aTurn } from 'node:timers/promises';

export interface VirtualTime {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets time pass until the work is done. */
  run<T>(work: Promise<T>): Promise<T>;
  /** Gives the real timers and dice back. */
  stop(): void;
}

/** Turns of the event loop in which everything that can go on without time does. */
const TURNS = 3;

/** Takes the place of `node:timers/promises` and of chance, which comes from a seed. */
export const startVirtualTime = (seed = 1): VirtualTime => {
  const timers = process.getBuiltinModule('node:timers/promises');
  const [realSleep, realRandom] = [timers.setTimeout, Math.random];
  const sleepers: { at: number; wake: () => void }[] = [];
  let now = 0;
  const sleep = (ms: number) =>
    new Promise<void>((wake) => {
      sleepers.push({ at: now + ms, wake });
      sleepers.sort((a, b) => a.at - b.at);
    });
  timers.setTimeout = ((ms: number) => sleep(ms)) as typeof timers.setTimeout;
  syncBuiltinESMExports();
  let state = seed;
  Math.random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return {
    now: () => now,
    sleep,
    run: async (work) => {
      let done = false;
      const finished = work.finally(() => (done = true));
      for (;;) {
        for (let turn = 0; turn < TURNS; turn++) await aTurn();
        if (done) return finished;
        const next = sleepers.shift();
        if (next === undefined) continue;
        now = next.at;
        next.wake();
      }
    },
    stop: () => {
      timers.setTimeout = realSleep;
      syncBuiltinESMExports();
      Math.random = realRandom;
    },
  };
};
