/**
 * Korean business days (관공서의 공휴일에 관한 규정), KST. Holidays come from the yearly gazette (월력요항) as packed by
 * @hyunbinseo/holidays-kr, plus days an operator added (임시공휴일). A year neither covers is an error, never
 * "no holidays".
 */
import * as gazette from '@hyunbinseo/holidays-kr/all';

export interface AddedHolidays {
  /** yyyy-mm-dd → name */
  days: Readonly<Record<string, string>>;
  /** years an operator stated to be complete although the gazette data lacks them */
  completeYears: readonly number[];
}
export type NoData = { outcome: 'no-data'; year: number };

export interface BusinessCalendar {
  /** End (last ms, epoch) of the n-th business day after the day of `from`, which is day 0. */
  dueAt(from: number, businessDays?: number): { outcome: 'due'; at: number } | NoData;
  /**
   * Business days from the day of `now` to the day of `dueAt`: 2 = "2영업일 남음", 0 = "오늘까지", negative =
   * "n영업일 지남" (at least 1 once it is over, on a weekend too).
   */
  daysLeft(dueAt: number, now: number): { outcome: 'known'; days: number } | NoData;
  /** yyyy-mm-dd of KST. */
  isBusinessDay(day: string): { outcome: 'known'; businessDay: boolean; holiday?: string } | NoData;
  /** Every known holiday of a year, sorted; weekends are not in it. */
  holidaysOf(
    year: number,
  ): { outcome: 'known'; days: { day: string; name: string; added: boolean }[] } | NoData;
}

const DAY_MS = 86_400_000;
const KST_OFFSET_MS = 9 * 3_600_000;
export const DECISION_BUSINESS_DAYS = 3;
/** A due date this far off would be a mistake: it stops a walk through bad data. */
const MAX_WALK_DAYS = 400;

const GAZETTE: ReadonlyMap<number, Readonly<Record<string, readonly string[]>>> = new Map(
  Object.entries(gazette).flatMap(([name, days]) => {
    const year = /^y(\d{4})$/.exec(name)?.[1];
    return year === undefined ? [] : [[Number(year), days as Readonly<Record<string, readonly string[]>>]];
  }),
);

export const createCalendar = (added: AddedHolidays = { days: {}, completeYears: [] }): BusinessCalendar => {
  const covers = (year: number) => GAZETTE.has(year) || added.completeYears.includes(year);
  const nameOf = (day: string): string | undefined =>
    added.days[day] ?? GAZETTE.get(yearOf(day))?.[day]?.join(', ');
  const isBusiness = (dayNumber: number): boolean | NoData => {
    const day = dayText(dayNumber);
    if (!covers(yearOf(day))) return { outcome: 'no-data', year: yearOf(day) };
    return !isWeekend(dayNumber) && nameOf(day) === undefined;
  };
  /** Business days in (after, until]. */
  const between = (after: number, until: number): number | NoData => {
    let days = 0;
    for (let day = after + 1; day <= until; day++) {
      const business = isBusiness(day);
      if (typeof business === 'object') return business;
      if (business) days += 1;
    }
    return days;
  };
  return {
    dueAt: (from, businessDays = DECISION_BUSINESS_DAYS) => {
      let left = businessDays;
      const start = dayNumberOf(from);
      for (let day = start + 1; day < start + MAX_WALK_DAYS; day++) {
        const business = isBusiness(day);
        if (typeof business === 'object') return business;
        if (business && --left === 0) return { outcome: 'due', at: endOf(day) };
      }
      return { outcome: 'no-data', year: yearOf(dayText(start)) };
    },
    daysLeft: (dueAt, now) => {
      const [due, today] = [dayNumberOf(dueAt), dayNumberOf(now)];
      const days = today <= due ? between(today, due) : between(due, today);
      if (typeof days === 'object') return days;
      return { outcome: 'known', days: today <= due ? days : -Math.max(1, days) };
    },
    isBusinessDay: (day) => {
      const number = Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
      const business = isBusiness(number);
      if (typeof business === 'object') return business;
      const holiday = nameOf(day);
      return { outcome: 'known', businessDay: business, ...(holiday !== undefined && { holiday }) };
    },
    holidaysOf: (year) => {
      if (!covers(year)) return { outcome: 'no-data', year };
      const known = Object.entries(GAZETTE.get(year) ?? {}).map(
        ([day, names]) => [day, names.join(', ')] as const,
      );
      const ours = Object.entries(added.days).filter(([day]) => yearOf(day) === year);
      const days = [...new Map([...known, ...ours])].map(([day, name]) => ({
        day,
        name,
        added: day in added.days,
      }));
      return { outcome: 'known', days: days.toSorted((a, b) => (a.day < b.day ? -1 : 1)) };
    },
  };
};

/** Days since the epoch, of the KST day a moment falls on. */
const dayNumberOf = (epochMs: number): number => Math.floor((epochMs + KST_OFFSET_MS) / DAY_MS);
const endOf = (dayNumber: number): number => (dayNumber + 1) * DAY_MS - KST_OFFSET_MS - 1;
const dayText = (dayNumber: number): string => new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
const yearOf = (day: string): number => Number(day.slice(0, 4));
/** The epoch began on a Thursday. */
const isWeekend = (dayNumber: number): boolean => [6, 0].includes((dayNumber + 4) % 7);
