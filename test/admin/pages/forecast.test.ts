import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastOf, levelOf } from '../../../functions/admin/pages/bands/forecast.ts';
import { createCalendar } from '../../../functions/runtime/business-days.ts';

const calendar = createCalendar();
const DAY = 86_400_000;
const at = (text: string) => Date.parse(`${text}:00+09:00`);
/** Tuesday */
const NOW = at('2026-11-24T14:20');
const fortnight = (numbers: number, now = NOW) => ({ numbers, from: now - 14 * DAY });

describe('how long numbers last', () => {
  it('is counted in business days, at what went a business day of the last 14 days', () => {
    // Ten business days in two plain weeks: 291 a day; Fri, then Mon … Mon 11.30 is the 4th after Tuesday.
    expect(forecastOf(1184, fortnight(2910), calendar, NOW)).toEqual({
      outcome: 'known',
      perDay: 291,
      businessDays: 4,
      runsOutAt: at('2026-11-30T23:59') + 59_999,
    });
  });
  it('leaves holidays out, before as after', () => {
    // 2027-02-05 (Fri) before 설날: Mon 8 and Tue 9 are holidays.
    const now = at('2027-02-05T10:00');
    expect(forecastOf(100, fortnight(1000, now), calendar, now)).toMatchObject({
      perDay: 100,
      businessDays: 1,
      runsOutAt: at('2027-02-10T23:59') + 59_999,
    });
    // After it: the two weeks had eight business days only.
    const after = at('2027-02-12T18:00');
    expect(forecastOf(100, fortnight(800, after), calendar, after)).toMatchObject({ perDay: 100 });
  });
  it('of a contract that got its numbers lately is counted from then', () => {
    expect(forecastOf(80, { numbers: 20, from: NOW - DAY }, calendar, NOW)).toMatchObject({
      perDay: 20,
      businessDays: 4,
    });
    expect(forecastOf(80, { numbers: 20, from: NOW - 3_600_000 }, calendar, NOW)).toMatchObject({
      perDay: 20,
    });
  });
  it('is not known where nothing was used, nor where holidays are not known', () => {
    expect(forecastOf(80, fortnight(0), calendar, NOW)).toEqual({ outcome: 'unused' });
    const later = at('2099-05-04T12:00');
    expect(forecastOf(80, fortnight(10, later), calendar, later)).toEqual({ outcome: 'no-data', year: 2099 });
    const end = at('2027-12-30T12:00');
    expect(forecastOf(500, fortnight(100, end), calendar, end)).toMatchObject({ unknownYear: 2028 });
  });

  const moments = fc.integer({ min: at('2026-02-01T00:00'), max: at('2026-11-30T00:00') });
  const uses = fc.integer({ min: 1, max: 5_000 });
  const lefts = fc.integer({ min: 0, max: 20_000 });
  it('for any figures: what is left lasts so many whole days and no more, and ends on a business day', () => {
    fc.assert(
      fc.property(moments, uses, lefts, (now, numbers, left) => {
        const found = forecastOf(left, fortnight(numbers, now), calendar, now);
        if (found.outcome !== 'known') throw new Error('2026 is known');
        const { perDay, businessDays: days, runsOutAt } = found;
        expect(days * perDay).toBeLessThanOrEqual(left + 1e-6);
        expect((days + 1) * perDay).toBeGreaterThan(left - 1e-6);
        if (runsOutAt === undefined) return;
        expect(calendar.daysLeft(runsOutAt, now)).toEqual({ outcome: 'known', days });
        const day = new Date(runsOutAt + 9 * 3_600_000).toISOString().slice(0, 10);
        if (days > 0) expect(calendar.isBusinessDay(day)).toMatchObject({ businessDay: true });
      }),
    );
  });
  it('for any figures: more numbers never end sooner, more use never later', () => {
    fc.assert(
      fc.property(moments, uses, lefts, fc.integer({ min: 0, max: 500 }), (now, numbers, left, more) => {
        const days = (some: number, used: number) => {
          const found = forecastOf(some, fortnight(used, now), calendar, now);
          return found.outcome === 'known' ? found.businessDays : Number.NaN;
        };
        expect(days(left + more, numbers)).toBeGreaterThanOrEqual(days(left, numbers));
        expect(days(left, numbers + more)).toBeLessThanOrEqual(days(left, numbers));
      }),
    );
  });
});

describe('how a contract stands', () => {
  const lasting = (businessDays: number) => ({ outcome: 'known' as const, perDay: 1, businessDays });
  it.each([
    [1000, 200, lasting(100), 'enough'],
    [200, 200, lasting(100), 'low'],
    [201, 200, lasting(7), 'low'],
    [201, 200, lasting(8), 'enough'],
    [900, 200, lasting(3), 'soon'],
    [900, 200, lasting(4), 'low'],
    [0, 200, lasting(0), 'empty'],
    [900, 200, { outcome: 'unused' as const }, 'enough'],
    [100, 200, { outcome: 'unused' as const }, 'low'],
  ])('%i left, low at %i, %j: %s', (available, lowWater, forecast, level) => {
    expect(levelOf(available, lowWater, forecast)).toBe(level);
  });
});
