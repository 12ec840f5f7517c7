/**
 * Where every choice of a run comes from: small whole numbers drawn from a seed. Zero is always the harmless choice, and a
 * tape that has ended gives nothing but zeros, so the end of the tape is the end of all trouble.
 */
export interface Tape {
  /** 0 ≤ choice < n */
  next(n: number): number;
  /** True in so many of a thousand cases. */
  chance(perMille: number): boolean;
  /** One of several; the first one is harmless. */
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** From now on nothing goes wrong, for good or until it is told to go on. */
  end(): void;
  goOn(): void;
  readonly ended: boolean;
  /** Choices drawn so far. */
  readonly drawn: number;
}

/** @param length choices before it ends by itself; the same seed with a shorter one begins the same way */
export const createTape = (seed: number, length = Infinity): Tape => {
  const draw = seededNumbers(seed);
  let drawn = 0;
  let ended = length === 0;
  const next = (n: number): number => {
    if (ended) return 0;
    drawn += 1;
    if (drawn >= length) ended = true;
    return draw() % n;
  };
  return {
    next,
    // The harmless zero lies outside of what hits.
    chance: (perMille) => {
      const choice = next(1000);
      return choice > 0 && choice <= perMille;
    },
    pick: (choices) => choices[next(choices.length)] ?? choices[0],
    end: () => {
      ended = true;
    },
    goOn: () => {
      ended = drawn >= length;
    },
    get ended() {
      return ended;
    },
    get drawn() {
      return drawn;
    },
  };
};

/** A repeatable stream of whole numbers below 2³² (splitmix32). */
export const seededNumbers = (seed: number): (() => number) => {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
};
