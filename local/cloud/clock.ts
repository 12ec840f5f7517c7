/** What a process needs to know to tell the virtual time: virtual = anchorVirtual + (real − anchorReal) × speed. */
export interface ClockState {
  anchorReal: number;
  anchorVirtual: number;
  speed: number;
}

/** One time for a whole local stack: epoch milliseconds UTC that can be hurried and jumped, never turned back. */
export interface LocalClock {
  now(): number;
  /** Jumps forward; an earlier time is left alone. */
  advanceTo(epochMs: number): void;
  advanceBy(ms: number): void;
  /** Virtual milliseconds per real millisecond. */
  speed: number;
  state(): ClockState;
  /** Called after every jump and change of speed; returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  /** Resolves when the virtual time is reached, at once where it has passed. Never keeps the process alive. */
  sleepUntil(epochMs: number): Promise<void>;
  /** Earliest time anyone is sleeping until. */
  nextSleeper(): number | null;
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** Virtual time of a state at a real time, both epoch milliseconds. */
export function virtualTime(state: ClockState, real: number): number {
  return Math.floor(state.anchorVirtual + (real - state.anchorReal) * state.speed);
}

/** A clock starting at `start` (default: the real time) and running `speed` times as fast (default 1). */
export function createClock(options: { start?: number; speed?: number } = {}): LocalClock {
  const real = Date.now();
  let state: ClockState = {
    anchorReal: real,
    anchorVirtual: options.start ?? real,
    speed: options.speed ?? 1,
  };
  const listeners = new Set<() => void>();
  const sleepers = createSleepers(
    () => virtualTime(state, Date.now()),
    () => state.speed,
  );
  const now = () => virtualTime(state, Date.now());
  const change = (next: { at?: number; speed?: number }) => {
    state = { anchorReal: Date.now(), anchorVirtual: next.at ?? now(), speed: next.speed ?? state.speed };
    for (const listener of listeners) listener();
    sleepers.rearm();
  };
  return {
    now,
    advanceTo: (at) => void (at > now() && change({ at })),
    advanceBy: (ms) => void (ms > 0 && change({ at: now() + ms })),
    get speed() {
      return state.speed;
    },
    set speed(speed: number) {
      if (!(speed > 0)) throw new Error(`clock speed must be above 0, not ${speed}`);
      change({ speed });
    },
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    sleepUntil: sleepers.until,
    nextSleeper: sleepers.next,
  };
}

function createSleepers(now: () => number, speed: () => number) {
  const waiting = new Set<{ at: number; wake: () => void }>();
  let timer: NodeJS.Timeout | undefined;
  const next = () => (waiting.size ? Math.min(...[...waiting].map((sleeper) => sleeper.at)) : null);
  const rearm = () => {
    clearTimeout(timer);
    for (const sleeper of waiting) {
      if (sleeper.at > now()) continue;
      waiting.delete(sleeper);
      sleeper.wake();
    }
    const earliest = next();
    if (earliest === null) return;
    timer = setTimeout(rearm, Math.min(LONGEST_TIMER, Math.max(1, Math.ceil((earliest - now()) / speed()))));
    timer.unref();
  };
  const until = (at: number) =>
    new Promise<void>((wake) => {
      waiting.add({ at, wake });
      rearm();
    });
  return { until, next, rearm };
}
