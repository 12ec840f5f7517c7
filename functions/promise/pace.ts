/** How fast a contract uses up its numbers, remembered: it changes slowly and costs some twenty reads to find out. */
import type { ReadCalendar } from '../merchant/holidays.store.ts';
import type { BusinessCalendar } from '../runtime/business-days.ts';
import type { PoolReader } from '../waybill/pools.store.ts';

const DAY_MS = 86_400_000;
const LOOKED_BACK_MS = 14 * DAY_MS;
/** Of two weeks, for a year whose holidays nobody knows; the alarm on that year is another one. */
const WEEKDAYS_LOOKED_BACK = 10;
const REMEMBERED_MS = 6 * 3_600_000;

/** Numbers per business day over the last 14 days, or since the contract has numbers. */
export const createPace = (
  pools: Pick<PoolReader, 'read' | 'usedSince'>,
  calendar: ReadCalendar,
  clock: () => number,
): ((contractId: string) => Promise<number>) => {
  const known = new Map<string, { pace: number; until: number }>();
  const measure = async (contractId: string): Promise<number> => {
    const pool = await pools.read(contractId);
    if (pool === undefined) return 0;
    const { numbers, from } = await pools.usedSince(pool, clock() - LOOKED_BACK_MS);
    return numbers / businessDays(await calendar(), from, clock());
  };
  return async (contractId) => {
    const before = known.get(contractId);
    if (before !== undefined && before.until > clock()) return before.pace;
    const pace = await measure(contractId);
    known.set(contractId, { pace, until: clock() + REMEMBERED_MS });
    return pace;
  };
};

/** At least one: a contract that began today has had a day, also on a Sunday. */
const businessDays = (calendar: BusinessCalendar, from: number, until: number): number => {
  const answer = calendar.daysLeft(until, from);
  return answer.outcome === 'known' ? Math.max(1, answer.days) : WEEKDAYS_LOOKED_BACK;
};
