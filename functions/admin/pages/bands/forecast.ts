/** How long the numbers of a contract last, in Korean business days: parcels go out on those. */
import type { BusinessCalendar } from '../../../runtime/business-days.ts';
import type { BandUse } from '../../band-use.ts';
import type { BandCode } from '../../vocabulary.ts';

export type Forecast =
  /** no number was given away in that time */
  | { outcome: 'unused' }
  | {
      outcome: 'known';
      /** numbers a business day */
      perDay: number;
      /** whole business days after today that what is left lasts; 0: it may end today */
      businessDays: number;
      /** end of the day it ends on, epoch ms; absent when that is about a year off or more */
      runsOutAt?: number;
      /** holidays of the year it ends in, which are not known: so is the day */
      unknownYear?: number;
    }
  /** holidays of that year are not known, so days cannot be counted */
  | { outcome: 'no-data'; year: number };

/** Farther than this is no forecast. */
const MAX_BUSINESS_DAYS = 250;

/**
 * @param available numbers left
 * @param use what went since when; a part of a day counts as a whole one
 */
export const forecastOf = (
  available: number,
  use: BandUse,
  calendar: BusinessCalendar,
  now: number,
): Forecast => {
  if (use.numbers <= 0) return { outcome: 'unused' };
  const days = calendar.daysLeft(now, use.from);
  if (days.outcome === 'no-data') return days;
  const perDay = use.numbers / Math.max(1, days.days);
  const businessDays = Math.floor(available / perDay);
  if (businessDays > MAX_BUSINESS_DAYS) return { outcome: 'known', perDay, businessDays };
  const end = businessDays === 0 ? { outcome: 'due' as const, at: now } : calendar.dueAt(now, businessDays);
  return end.outcome === 'due'
    ? { outcome: 'known', perDay, businessDays, runsOutAt: end.at }
    : { outcome: 'known', perDay, businessDays, unknownYear: end.year };
};

const LOW_DAYS = 7;
const SOON_DAYS = 3;

/** @param lowWater numbers left at which an operator should ask ePost for more */
export const levelOf = (available: number, lowWater: number, forecast: Forecast): BandCode => {
  const days = forecast.outcome === 'known' ? forecast.businessDays : Infinity;
  if (available === 0) return 'empty';
  if (days <= SOON_DAYS) return 'soon';
  return available <= lowWater || days <= LOW_DAYS ? 'low' : 'enough';
};
