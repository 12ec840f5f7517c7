/** How tracking does: by the last round that came to its end. */
import type { Run } from '../../../tracking/run.ts';
import type { HealthCode } from '../../vocabulary.ts';

export interface SyncHealth {
  code: HealthCode;
  /** end of the last round that came to its end */
  lastDoneAt?: number;
}

/** A round takes a few minutes of its own. */
const GRACE_MS = 10 * 60_000;

/** @param runs newest first; undefined: none ever ran */
export const healthOf = (runs: readonly Run[], now: number, periodMs: number): SyncHealth | undefined => {
  const oldest = runs.at(-1);
  if (oldest === undefined) return undefined;
  const lastDoneAt = runs.find(({ outcome }) => outcome === 'done')?.endedAt;
  const silentFor = now - (lastDoneAt ?? oldest.startedAt);
  const code = silentFor > 2 * periodMs ? 'stopped' : silentFor > periodMs + GRACE_MS ? 'late' : 'normal';
  return { code, ...(lastDoneAt !== undefined && { lastDoneAt }) };
};
