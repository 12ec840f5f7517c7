/** Today's transmissions by the hour, from what the drain runs ended. */
import type { RunTally } from '../../../transmission/run-tally.store.ts';
import { koreanTimeOfDay } from '../../../shipment/korean-day.ts';

export interface Hour {
  /** 0–23, Korean time */
  hour: number;
  done: number;
  failed: number;
}
export interface Hours {
  hours: Hour[];
  done: number;
  failed: number;
  /** upper end of the axis: an even, round number */
  top: number;
  /** the hour with most; undefined: nothing yet */
  busiest?: Hour;
  /** how much of the day is over, 0–24 */
  nowAt: number;
}

const HOUR_MS = 3_600_000;

export const hoursOf = (tallies: readonly RunTally[], now: number): Hours => {
  const hours = Array.from({ length: 24 }, (_, hour): Hour => ({ hour, done: 0, failed: 0 }));
  for (const { at, done, failed } of tallies) {
    const hour = hours[Math.floor(koreanTimeOfDay(at) / HOUR_MS)];
    if (hour === undefined) continue;
    hour.done += done;
    hour.failed += failed;
  }
  const all = ({ done, failed }: Hour): number => done + failed;
  const busiest = hours.toSorted((a, b) => all(b) - all(a) || a.hour - b.hour)[0];
  const most = busiest === undefined ? 0 : all(busiest);
  return {
    hours,
    done: hours.reduce((sum, { done }) => sum + done, 0),
    failed: hours.reduce((sum, { failed }) => sum + failed, 0),
    top: roundUp(most),
    ...(busiest && most > 0 && { busiest }),
    nowAt: koreanTimeOfDay(now) / HOUR_MS,
  };
};

/** 10, 20, 40, 50, 80, 100, 200 …: half of each is whole, too. */
const roundUp = (most: number): number => {
  for (let ten = 10; ; ten *= 10)
    for (const times of [1, 2, 4, 5, 8]) if (most <= ten * times) return ten * times;
};
