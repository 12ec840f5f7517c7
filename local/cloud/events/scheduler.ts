import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import type { LocalClock } from '../clock.ts';
import { readSchedule } from './schedule-expression.ts';
import type { NextTime } from './schedule-expression.ts';
import { checkTarget } from './targets.ts';
import type { Deliver } from './targets.ts';
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
export interface ScheduleTarget {
  Arn: string;
  Input?: string;
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  DeadLetterConfig?: { Arn?: string };
}

/** The schedules of a stack. */
export interface Scheduler {
  schedules: { name: string; logicalId: string; next: NextTime }[];
  /** Fires one schedule now; resolves when its targets have taken over. */
  fire(nameOrLogicalId: string): Promise<void>;
  /** Earliest time at which one fires. */
  nextFiring(): number | null;
}

const RETRIES = 185;
const DAY_SECONDS = 86_400;
const LONGEST_BACKOFF = 10 * 60_000;

/** Reads the schedules and, with `running`, fires them by the virtual clock: once, however far it has jumped. */
export function createScheduler(
  definitions: ScheduleDefinition[],
  options: {
    clock: LocalClock;
    activity: Activity;
    anchor: number;
    running: boolean;
    deliver: Deliver;
    log: (line: string) => void;
  },
): Scheduler {
  const { clock, deliver, log } = options;
  const schedules = definitions.map((definition) => {
    for (const target of definition.targets) checkTarget(target.Arn, `schedule ${definition.name}`);
    const next = readSchedule(definition.expression, definition.timeZone, options.anchor);
    return { ...definition, next, due: next(clock.now()) };
  });
  const stopped = options.activity.stopped;

  async function fireOne(schedule: (typeof schedules)[number], scheduledAt: number): Promise<void> {
    await Promise.all(schedule.targets.map((target) => deliverOnce(schedule, target, scheduledAt)));
  }

  async function deliverOnce(
    schedule: ScheduleDefinition,
    target: ScheduleTarget,
    at: number,
  ): Promise<void> {
    const tooOld = clock.now() + (target.RetryPolicy?.MaximumEventAgeInSeconds ?? DAY_SECONDS) * 1000;
    const attempts = 1 + (target.RetryPolicy?.MaximumRetryAttempts ?? RETRIES);
    let reason = '';
    for (let attempt = 1; attempt <= attempts && clock.now() <= tooOld && !stopped(); attempt += 1) {
      try {
        return await deliver(target.Arn, payloadOf(schedule, target, at, attempt));
      } catch (error) {
        reason = String(error);
      }
      await clock.sleepUntil(clock.now() + Math.min(LONGEST_BACKOFF, 1000 * 2 ** attempt));
    }
    log(`schedule ${schedule.name}: ${reason}`);
    const deadLetterQueue = target.DeadLetterConfig?.Arn;
    if (deadLetterQueue === undefined) return;
    const attributes = { ERROR_MESSAGE: reason, SCHEDULE_ARN: schedule.arn, TARGET_ARN: target.Arn };
    await deliver(deadLetterQueue, payloadOf(schedule, target, at, attempts), attributes);
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
