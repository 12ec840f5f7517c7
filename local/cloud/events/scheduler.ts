import { randomUUID } from 'node:crypto';
import { deliverWithRetries } from './retried-delivery.ts';
import type { DeliveryWorld, FailurePolicy } from './retried-delivery.ts';
import { readSchedule } from './schedule-expression.ts';
import type { NextTime } from './schedule-expression.ts';
import { checkTarget } from './targets.ts';
import { ACCOUNT, REGION } from '../template/template.ts';

/** A schedule of the template, resolved. Rules with a schedule expression are schedules too. */
export interface ScheduleDefinition {
  logicalId: string;
  name: string;
  arn: string;
  expression: string;
  timeZone: string;
  targets: ScheduleTarget[];
}

/** Source: AWS::Scheduler::Schedule Target. */
export interface ScheduleTarget extends FailurePolicy {
  Input?: string;
}

/** The schedules of a stack. */
export interface Scheduler {
  schedules: { name: string; logicalId: string; next: NextTime }[];
  /** Fires one schedule now; resolves when its targets have taken over. */
  fire(nameOrLogicalId: string): Promise<void>;
  /** Earliest time at which one fires. */
  nextFiring(): number | null;
}

/** Reads the schedules and, with `running`, fires them by the virtual clock: once, however far it has jumped. */
export function createScheduler(
  definitions: ScheduleDefinition[],
  options: DeliveryWorld & { anchor: number; running: boolean },
): Scheduler {
  const { clock, log } = options;
  const schedules = definitions.map((definition) => {
    for (const target of definition.targets) checkTarget(target.Arn, `schedule ${definition.name}`);
    const next = readSchedule(definition.expression, definition.timeZone, options.anchor);
    return { ...definition, next, due: next(clock.now()) };
  });
  const stopped = options.activity.stopped;

  async function fireOne(schedule: (typeof schedules)[number], scheduledAt: number): Promise<void> {
    const deliveries = schedule.targets.map((target) => {
      const payload = (attempt: number) => payloadOf(schedule, target, scheduledAt, attempt);
      const attributes = { SCHEDULE_ARN: schedule.arn };
      const delivery = { owner: `schedule ${schedule.name}`, payload, deadLetter: payload(1), attributes };
      return deliverWithRetries(target, delivery, options);
    });
    await Promise.all(deliveries);
  }

  const nextFiring = () => {
    const times = schedules.flatMap(
      (schedule) => (options.running ? schedule.due : schedule.next(clock.now())) ?? [],
    );
    return times.length ? Math.min(...times) : null;
  };

  async function run(): Promise<void> {
    for (let next = nextFiring(); next !== null && !stopped(); next = nextFiring()) {
      await clock.sleepUntil(next);
      if (stopped()) return;
      const now = clock.now();
      for (const schedule of schedules) {
        if (schedule.due === null || schedule.due > now) continue;
        void options.activity.track(fireOne(schedule, schedule.due)).catch((error) => log(String(error)));
        schedule.due = schedule.next(now);
      }
    }
  }
  if (options.running) void run();

  return {
    schedules: schedules.map(({ name, logicalId, next }) => ({ name, logicalId, next })),
    nextFiring,
    fire: async (name) => {
      const found = schedules.find((schedule) => schedule.name === name || schedule.logicalId === name);
      const schedule = found ?? schedules.find(({ logicalId }) => logicalId.startsWith(name));
      if (!schedule)
        throw new Error(`no schedule ${name}; there are ${schedules.map((s) => s.name).join(', ')}`);
      await fireOne(schedule, clock.now());
    },
  };
}

/** The schedule's own input with its context attributes filled in, or what AWS sends where it states none. */
function payloadOf(
  schedule: ScheduleDefinition,
  target: ScheduleTarget,
  at: number,
  attempt: number,
): unknown {
  const time = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  if (target.Input === undefined) {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: ACCOUNT,
      time,
      region: REGION,
      resources: [schedule.arn],
      detail: '{}',
    };
  }
  const filled = target.Input.replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
  try {
    return JSON.parse(filled) as unknown;
  } catch {
    return filled;
  }
}
