/** View model of 공휴일, one year at a time. Plain data: it is the JSON twin as well. */
import type { StoredHolidays } from '../../../merchant/holidays.store.ts';
import { missingYears } from '../../../merchant/missing-years.ts';
import { type BusinessCalendar, createCalendar } from '../../../runtime/business-days.ts';
import { koreanDay } from '../../../shipment/korean-day.ts';

export interface HolidayRow {
  /** yyyy-mm-dd */
  day: string;
  name: string;
  /** the yearly gazette (월력요항), or an operator */
  source: 'gazette' | 'operator';
  by?: string;
  at?: number;
}
export interface HolidaysModel {
  year: number;
  years: number[];
  /** `stated`: an operator said that everything is entered; `missing`: due dates cannot be set in it */
  data: 'gazette' | 'stated' | 'missing';
  days: HolidayRow[];
  /** years whose data is needed by now */
  missing: number[];
  thisYear: number;
}

export const yearOf = (at: number): number => Number(koreanDay(at).slice(0, 4));

/** Years an operator may look at and change: the last one to the one after next. */
export const openYears = (now: number): number[] => [-1, 0, 1, 2].map((away) => yearOf(now) + away);

/** The year asked for, or this one. */
export const yearIn = (query: URLSearchParams, now: number): number => {
  const asked = Number(query.get('year'));
  return openYears(now).includes(asked) ? asked : yearOf(now);
};

export const modelOf = (stored: StoredHolidays, year: number, now: number): HolidaysModel => {
  const calendar = createCalendar(stored);
  return {
    year,
    years: openYears(now),
    data: dataOf(calendar, stored, year),
    days: daysOf(calendar, stored, year),
    missing: missingYears(calendar, now),
    thisYear: yearOf(now),
  };
};

const dataOf = (
  calendar: BusinessCalendar,
  { completeYears }: StoredHolidays,
  year: number,
): HolidaysModel['data'] => {
  if (calendar.holidaysOf(year).outcome === 'no-data') return 'missing';
  return completeYears.includes(year) ? 'stated' : 'gazette';
};

const daysOf = (calendar: BusinessCalendar, stored: StoredHolidays, year: number): HolidayRow[] => {
  const known = calendar.holidaysOf(year);
  const ours = Object.entries(stored.days).filter(([day]) => day.startsWith(`${year}-`));
  const days =
    known.outcome === 'known'
      ? known.days
      : ours.map(([day, name]) => ({ day, name, added: true })).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return days.map(({ day, name, added }) => ({
    day,
    // the gazette's middle dot is a letter that many fonts lack
    name: name.replaceAll('\u318d', '·'),
    source: added ? 'operator' : 'gazette',
    ...(added && stored.addedBy[day]),
  }));
};
