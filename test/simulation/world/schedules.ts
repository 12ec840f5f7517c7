/** The clock's own calls, as the template states them. One that would find nothing to do is mostly left out. */
import { readSchedule } from '../../../local/cloud/events/schedule-expression.ts';
import type { DeployedSchedule } from '../deployment/deployment.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Functions } from '../kernel/functions.ts';
import type { Tape } from '../kernel/tape.ts';

export interface SchedulesOptions {
  schedules: readonly DeployedSchedule[];
  agenda: Agenda;
  tape: Tape;
  functions: () => Functions;
  send: (queue: string, body: string) => void;
  /** Whether a call would find something to do. */
  worthwhile: (name: string) => boolean;
  /** How often Lambda itself repeats an asynchronous call that fails. */
  retries: (entry: string) => number;
}
const REPEAT_MS = 60_000;

export const startSchedules = (options: SchedulesOptions): void => {
  const { agenda, tape } = options;
  const call = (entry: string, retries: number) => {
    // Two at once although one is allowed: an invocation that was given up may still be running.
    const crowded = tape.chance(60);
    const again = () => agenda.in(REPEAT_MS, () => call(entry, retries - 1));
    const begun = options.functions().invoke(
      entry,
      { simulated: 'schedule' },
      (how) => {
        if (how.outcome !== 'done' && retries > 0) again();
      },
      crowded,
    );
    if (!begun && retries > 0) again();
  };
  for (const { name, expression, timeZone, target } of options.schedules) {
    const next = readSchedule(expression, timeZone, agenda.now());
    const plan = () => {
      const moment = next(agenda.now());
      if (moment !== null) agenda.at(moment, fire);
    };
    const fire = () => {
      plan();
      if (!tape.chance(15) && !options.worthwhile(name)) return;
      const times = tape.chance(30) ? 2 : 1;
      for (let i = 0; i < times; i++) {
        if ('queue' in target) options.send(target.queue, target.body);
        else call(target.entry, options.retries(target.entry));
      }
    };
    plan();
  }
};
