import type { BusinessCalendar } from '../runtime/business-days.ts';
import { koreanDay } from '../shipment/korean-day.ts';

/** Years whose holidays must be known by now and are not: this one, and from December on the next: due dates reach into it. */
export const missingYears = ({ holidaysOf }: Pick<BusinessCalendar, 'holidaysOf'>, now: number): number[] => {
  const [year, december] = [Number(koreanDay(now).slice(0, 4)), koreanDay(now).slice(4, 6) === '12'];
  return [year, ...(december ? [year + 1] : [])].filter((one) => holidaysOf(one).outcome === 'no-data');
};
