/** Hands out the right to make one call at a time: never more than the round's budget and the day's quota. */
import type { Clock } from '../runtime/clock.ts';
import { koreanDay } from '../shipment/korean-day.ts';
import type { QuotaCounter } from './quota.store.ts';

export interface Meter {
  /** True: one call may be made now. False: none until the next round. */
  take(): Promise<boolean>;
  /** The source says its quota is used up, whatever we counted. */
  exhaust(): void;
  /** What the budget still holds; undefined = no quota. */
  left(): number | undefined;
  /** Gives back what was reserved and not used; call when the leg ends. */
  close(): Promise<void>;
}

export interface MeterOptions {
  counter: QuotaCounter;
  source: string;
  /** most calls of a KST day this caller may bring the total to; undefined = no quota */
  limit: number | undefined;
  /** most calls of this round */
  budget: number | undefined;
  clock: Clock;
}

/** One write to the counter per this many calls. */
const CHUNK = 100;

/**
 * A reservation is good for its own day only. Calls in flight over midnight land in the next day uncounted: at
 * most CALLS_IN_FLIGHT of them, which the part of the quota kept for manual checks absorbs.
 */
export const createMeter = ({ counter, source, limit, budget, clock }: MeterOptions): Meter => {
  let left = budget;
  let exhausted = false;
  let held = { day: '', calls: 0 };
  let turn: Promise<unknown> = Promise.resolve();

  const refill = async (day: string, most: number) => {
    await counter.release(source, held.day, held.calls);
    const calls = await counter.reserve(source, day, Math.min(CHUNK, left ?? CHUNK), most, clock());
    held = { day, calls };
    if (calls === 0) exhausted = true;
  };
  const takeOne = async (): Promise<boolean> => {
    if (limit === undefined) return !exhausted;
    if (exhausted || left === 0) return false;
    const day = koreanDay(clock());
    if (held.calls === 0 || held.day !== day) await refill(day, limit);
    if (held.calls === 0) return false;
    held.calls--;
    if (left !== undefined) left--;
    return true;
  };
  return {
    take: () => {
      const answer = turn.then(takeOne);
      turn = answer.catch(() => undefined);
      return answer;
    },
    exhaust: () => {
      exhausted = true;
    },
    left: () => (exhausted && limit !== undefined ? 0 : left),
    close: async () => {
      await counter.release(source, held.day, held.calls);
      held = { day: '', calls: 0 };
    },
  };
};
