import type { Run } from '../tracking/run.ts';

/**
 * Milliseconds since a tracking round last came to its end, from the newest records; since the oldest of them began
 * where none has ended; undefined where there is none at all.
 */
export const roundAge = (
  runs: readonly Pick<Run, 'startedAt' | 'endedAt' | 'outcome'>[],
  now: number,
): number | undefined => {
  if (runs.length === 0) return undefined;
  const ends = runs.flatMap(({ endedAt, outcome }) => (outcome === 'done' && endedAt ? [endedAt] : []));
  return now - (ends.length > 0 ? Math.max(...ends) : Math.min(...runs.map(({ startedAt }) => startedAt)));
};
