/** What AWS lawfully does otherwise, while one call that is to meet it is being carried out. */
import type { AwsChoices } from '../aws/choices.ts';
import type { Tape } from '../kernel/tape.ts';
import type { AwsFault } from './call-site.ts';

export interface Lawful {
  choices: AwsChoices;
  /** Carries something out under this fault. */
  under<T>(fault: AwsFault | undefined, what: () => T): T;
}

/** An index is behind by a second or two. */
const BEHIND_MS = 2000;

export const createLawful = (tape: Tape): Lawful => {
  let now: AwsFault | undefined;
  /** Some of them, at least one. */
  const some = (count: number): readonly number[] => {
    const first = tape.next(count);
    return Array.from({ length: count - first }, (_, i) => first + i);
  };
  /** A standard queue keeps no order. */
  const inSomeOrder = (count: number): readonly number[] => {
    const places = Array.from({ length: count }, (_, i) => i);
    return count > 1 && tape.next(3) === 2 ? places.toReversed() : places;
  };
  return {
    choices: {
      unseen: ({ ages }) => {
        const young = ages.filter((age) => age <= BEHIND_MS).length;
        return now === 'stale' && young > 0 ? young - tape.next(young) : 0;
      },
      unprocessed: (keys) => (now === 'partial' && keys > 1 ? 1 + tape.next(keys - 1) : 0),
      conflicts: ({ items }) => (now === 'conflict' ? [tape.next(items.length)] : []),
      refused: ({ entries }) => (now === 'partial' && entries > 0 ? some(entries) : []),
      found: ({ visible }) => (now === 'partial' ? [] : inSomeOrder(visible)),
    },
    under: (fault, what) => {
      now = fault;
      try {
        return what();
      } finally {
        now = undefined;
      }
    },
  };
};
