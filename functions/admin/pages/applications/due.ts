/** The due date of an application as a date, words and a colour, never the colour alone. */
import type { Application } from '../../../merchant/application.ts';
import { UNDECIDED } from '../../../merchant/application.ts';
import type { BusinessCalendar } from '../../../runtime/business-days.ts';
import { day, dueWords } from '../../time.ts';

export interface Due {
  at: number;
  /** `11.23(월)` */
  day: string;
  /** `1영업일 지남`, `오늘까지`, `2영업일 남음`; of a decided one when that was */
  words: string;
  mark: 'over' | 'today' | 'ahead' | 'done';
}

export const dueOf = (
  application: Pick<Application, 'status' | 'dueAt' | 'decidedAt'>,
  calendar: BusinessCalendar,
  now: number,
): Due => {
  const { dueAt, decidedAt, status } = application;
  const due = { at: dueAt, day: day(dueAt, now) };
  if (!(UNDECIDED as readonly string[]).includes(status))
    return {
      ...due,
      words: decidedAt === undefined ? '처리함' : `${day(decidedAt, now)} 처리`,
      mark: 'done',
    };
  const left = calendar.daysLeft(dueAt, now);
  if (left.outcome === 'no-data')
    return { ...due, words: `${left.year}년 공휴일 자료 없음`, mark: dueAt < now ? 'over' : 'ahead' };
  const mark = left.days < 0 ? 'over' : left.days === 0 ? 'today' : 'ahead';
  return { ...due, words: dueWords(left.days), mark };
};
