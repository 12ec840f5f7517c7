import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../functions/runtime/business-days.ts';

const calendar = createCalendar();
const kst = (day: string, time = '14:20') => Date.parse(`${day}T${time}:00+09:00`);
const dayOf = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);
const dueDay = (from: number, of = calendar) => {
  const due = of.dueAt(from);
  return due.outcome === 'due' ? dayOf(due.at) : `${due.outcome} ${due.year}`;
};

describe('a decision is due', () => {
  it.each([
    ['2025-01-24', '2025-02-04', 'temporary holiday and 설날'],
    ['2026-04-30', '2026-05-07', '노동절, 어린이날'],
    ['2026-07-16', '2026-07-22', '제헌절'],
    ['2026-09-23', '2026-09-30', '추석 ending on a Saturday, no substitute'],
    ['2026-10-02', '2026-10-08', '개천절 substitute'],
    ['2026-11-23', '2026-11-26', 'a plain week'],
    ['2026-12-31', '2027-01-06', 'year end'],
    ['2027-02-05', '2027-02-12', '설날 substitute'],
    ['2027-04-30', '2027-05-07', '노동절 substitute'],
    ['2027-12-24', '2027-12-30', 'Christmas substitute'],
  ])('applied %s: %s (%s)', (applied, due) => {
    expect(dueDay(kst(applied))).toBe(due);
  });

  it.each(['00:00', '09:00', '17:59', '18:00', '23:59'])('on the same day whatever the hour (%s)', (time) => {
    expect(dueDay(kst('2026-11-23', time))).toBe('2026-11-26');
  });

  it('at the last moment of that day in Korea', () => {
    expect(calendar.dueAt(kst('2026-11-23'))).toEqual({
      outcome: 'due',
      at: Date.parse('2026-11-26T23:59:59.999+09:00'),
    });
  });

  it.each(['2026-11-21', '2026-11-22'])('counted from the weekend day %s itself as day 0', (day) => {
    expect(dueDay(kst(day))).toBe('2026-11-25');
  });
});

describe('a year without data', () => {
  it('is an error, never a year without holidays', () => {
    expect(dueDay(kst('2027-12-30'))).toBe('no-data 2028');
    expect(calendar.daysLeft(kst('2029-01-03'), kst('2029-01-02')).outcome).toBe('no-data');
    expect(calendar.holidaysOf(2030)).toEqual({ outcome: 'no-data', year: 2030 });
    expect(calendar.isBusinessDay('2017-12-29')).toEqual({ outcome: 'no-data', year: 2017 });
  });

  it('stays one while an operator has added days but not stated that they are all', () => {
    const some = createCalendar({ days: { '2028-01-01': '1월 1일' }, completeYears: [] });
    expect(dueDay(kst('2027-12-30'), some)).toBe('no-data 2028');
  });

  it('counts once an operator has stated it complete', () => {
    const whole = createCalendar({ days: { '2028-01-03': '임시공휴일' }, completeYears: [2028] });
    // 12-31 Fri, then a weekend, the added Monday, Tuesday, Wednesday
    expect(dueDay(kst('2027-12-30'), whole)).toBe('2028-01-05');
  });
});

describe('an added holiday', () => {
  const added = createCalendar({ days: { '2026-11-25': '임시공휴일' }, completeYears: [] });

  it('moves the due date', () => {
    expect(dueDay(kst('2026-11-23'), added)).toBe('2026-11-27');
  });

  it('is listed among the others and marked', () => {
    const year = added.holidaysOf(2026);
    expect(year.outcome === 'known' && year.days.find(({ day }) => day === '2026-11-25')).toEqual({
      day: '2026-11-25',
      name: '임시공휴일',
      added: true,
    });
    expect(added.isBusinessDay('2026-11-25')).toEqual({
      outcome: 'known',
      businessDay: false,
      holiday: '임시공휴일',
    });
  });
});

describe('days left', () => {
  const due = kst('2026-11-26', '23:59');
  it.each([
    ['2026-11-23', 3],
    ['2026-11-25', 1],
    ['2026-11-26', 0],
    ['2026-11-27', -1],
    ['2026-11-28', -1],
    ['2026-11-30', -2],
  ])('on %s: %i', (today, days) => {
    expect(calendar.daysLeft(due, kst(today))).toEqual({ outcome: 'known', days });
  });

  it('are at least one over on the weekend after a Friday', () => {
    expect(calendar.daysLeft(kst('2026-11-27', '23:59'), kst('2026-11-28'))).toEqual({
      outcome: 'known',
      days: -1,
    });
  });

  it('are three at receipt on any day the data covers, and a due date is never a free day', () => {
    const from = fc.integer({ min: kst('2018-01-02'), max: kst('2027-12-20') });
    fc.assert(
      fc.property(from, (at) => {
        const answer = calendar.dueAt(at);
        if (answer.outcome !== 'due') return false;
        expect(calendar.daysLeft(answer.at, at)).toEqual({ outcome: 'known', days: 3 });
        expect(calendar.isBusinessDay(dayOf(answer.at))).toEqual({ outcome: 'known', businessDay: true });
      }),
    );
  });
});
