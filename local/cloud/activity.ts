/** What is under way in a stack, and the ways to end it. */
export interface Activity {
  /** Counts the work until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Nothing tracked is under way. */
  resting(): boolean;
  /** Adds something to be done at the end; the last added is done first. */
  onStop(end: () => void): void;
  stopped(): boolean;
  stop(): void;
}

/** A new, resting activity. */
export function createActivity(): Activity {
  const ends: (() => void)[] = [];
  let working = 0;
  let stopped = false;
  return {
    track: async (work) => {
      working += 1;
      try {
        return await work;
      } finally {
        working -= 1;
      }
    },
    resting: () => working === 0,
    onStop: (end) => void ends.push(end),
    stopped: () => stopped,
    stop: () => {
      stopped = true;
      for (const end of ends.splice(0).reverse()) end();
    },
  };
}
