/** How fast numbers go, remembered for a while: it is looked up at every page for the rail, and changes slowly. */
import type { Clock } from '../runtime/clock.ts';
import type { Pools, PoolView } from '../waybill/pools.store.ts';

/** Numbers given away since `from` (epoch ms). */
export interface BandUse {
  numbers: number;
  from: number;
}
/** Of the last 14 days, or since the contract has numbers. */
export type ReadBandUse = (pool: PoolView) => Promise<BandUse>;

const DAYS_MS = 14 * 86_400_000;
const REMEMBERED_MS = 10 * 60_000;

export const createBandUseReader = (pools: Pick<Pools, 'usedSince'>, clock: Clock): ReadBandUse => {
  const known = new Map<string, { use: BandUse; revision: number; until: number }>();
  return async (pool) => {
    const now = clock();
    const { revision } = pool.head;
    const last = known.get(pool.contractId);
    if (last !== undefined && last.revision === revision && last.until > now) return last.use;
    const use = await pools.usedSince(pool, now - DAYS_MS);
    known.set(pool.contractId, { use, revision, until: now + REMEMBERED_MS });
    return use;
  };
};
