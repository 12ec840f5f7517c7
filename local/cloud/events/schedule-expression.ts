import { Cron } from 'croner';

/** When a schedule fires next after a time, epoch milliseconds; null where it never does again. */
export type NextTime = (after: number) => number | null;

const UNITS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads a schedule expression: `rate(…)` counted from `anchor`, `cron(…)` and `at(…)` in the time zone.
 * Source: EventBridge Scheduler user guide, "Schedule types".
 * @throws naming it, for an expression that is not one.
 */
export function readSchedule(expression: string, timeZone: string, anchor: number): NextTime {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return every(argument, anchor, expression);
  if (kind === 'cron') return cron(argument, timeZone, expression);
  if (kind === 'at') return once(argument, timeZone);
  throw new Error(`schedule expression ${expression} is not understood`);
}

function every(argument: string, anchor: number, expression: string): NextTime {
  const [count, unit = ''] = argument.split(/\s+/);
  const period = Number(count) * (UNITS[unit.replace(/s$/, '')] ?? Number.NaN);
  if (!(period > 0)) throw new Error(`schedule expression ${expression} is not understood`);
  return (after) => anchor + (Math.floor((after - anchor) / period) + 1) * period;
}

function cron(argument: string, timeZone: string, expression: string): NextTime {
  const fields = argument.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`schedule expression ${expression} needs six fields`);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  const job = new Cron(`0 ${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} ${year}`, {
    mode: '7-part',
    timezone: timeZone,
    alternativeWeekdays: true, // AWS counts Sunday as 1.
  });
  return (after) => job.nextRun(new Date(after))?.getTime() ?? null;
}

function once(argument: string, timeZone: string): NextTime {
  const job = new Cron(argument, { timezone: timeZone });
  return (after) => job.nextRun(new Date(after))?.getTime() ?? null;
}
