import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedAt, quietNotice } from '../../functions/notification/quiet-hours.ts';

const at = (kst: string) => Date.parse(`${kst}+09:00`);

describe('quiet hours', () => {
  it.each([
    ['2026-11-24T08:00:00.000', '2026-11-24T08:00:00.000', undefined],
    ['2026-11-24T20:59:59.999', '2026-11-24T20:59:59.999', undefined],
    ['2026-11-24T21:00:00.000', '2026-11-25T08:00:00.000', '지금은 밤이라 내일 08:00에 보냅니다.'],
    ['2026-12-31T23:59:59.999', '2027-01-01T08:00:00.000', '지금은 밤이라 내일 08:00에 보냅니다.'],
    ['2026-11-25T00:00:00.000', '2026-11-25T08:00:00.000', '지금은 밤이라 오늘 08:00에 보냅니다.'],
    ['2026-11-25T07:59:59.999', '2026-11-25T08:00:00.000', '지금은 밤이라 오늘 08:00에 보냅니다.'],
  ])('let what is due at %s go at %s', (due, goes, notice) => {
    expect(new Date(allowedAt(at(due))).toISOString()).toBe(new Date(at(goes)).toISOString());
    expect(quietNotice(at(due))).toBe(notice);
  });

  it('only ever move a message later, by less than a night, into the day', () => {
    const moment = fc.integer({ min: at('2020-01-01T00:00'), max: at('2040-01-01T00:00') });
    fc.assert(
      fc.property(moment, (now) => {
        const goes = allowedAt(now);
        expect(goes - now).toBeGreaterThanOrEqual(0);
        expect(goes - now).toBeLessThanOrEqual(11 * 3_600_000);
        const hour = new Date(goes + 9 * 3_600_000).getUTCHours();
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThan(21);
        expect(allowedAt(goes)).toBe(goes);
      }),
    );
  });
});
