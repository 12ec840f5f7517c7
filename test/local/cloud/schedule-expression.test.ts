import { describe, expect, it } from 'vitest';
import { readSchedule } from '../../../local/cloud/events/schedule-expression.ts';

const at = (text: string) => Date.parse(text);

describe('a schedule expression', () => {
  it('rate counts from when the schedule was made, however late it is asked', () => {
    const next = readSchedule('rate(3 hours)', 'UTC', at('2026-11-24T00:10:00Z'));
    expect(next(at('2026-11-24T00:10:00Z'))).toBe(at('2026-11-24T03:10:00Z'));
    expect(next(at('2026-11-25T11:00:00Z'))).toBe(at('2026-11-25T12:10:00Z'));
  });

  it('cron is read in its time zone, over the change to summer time', () => {
    const next = readSchedule('cron(0 9 ? * MON-FRI *)', 'Europe/London', 0);
    expect(next(at('2026-03-27T12:00:00Z'))).toBe(at('2026-03-30T08:00:00Z'));
  });

  it('cron counts Sunday as day 1, as AWS does', () => {
    const next = readSchedule('cron(30 0 ? * 1 *)', 'Asia/Seoul', 0);
    expect(next(at('2026-11-24T00:00:00Z'))).toBe(at('2026-11-28T15:30:00Z'));
  });

  it('at fires once', () => {
    const next = readSchedule('at(2026-11-24T09:00:00)', 'Asia/Seoul', 0);
    expect(next(at('2026-11-23T00:00:00Z'))).toBe(at('2026-11-24T00:00:00Z'));
    expect(next(at('2026-11-24T00:00:00Z'))).toBeNull();
  });

  it.each(['rate(0 minutes)', 'rate(5 moons)', 'cron(* * *)', 'sometimes'])(
    '%s is refused by name',
    (text) => {
      expect(() => readSchedule(text, 'UTC', 0)).toThrow(text);
    },
  );
});
