import type { Activity } from '../activity.ts';
import type { LocalClock } from '../clock.ts';
import type { Deliver } from './targets.ts';

/** What a target says about failing deliveries; both for rules and for schedules. */
export interface FailurePolicy {
  Arn: string;
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  DeadLetterConfig?: { Arn?: string };
}

/** One delivery: what to send at each attempt (from 1), and what to tell the dead letter queue. */
export interface Delivery {
  owner: string;
  payload: (attempt: number) => unknown;
  deadLetter: unknown;
  attributes: Record<string, string>;
}

/** What deliveries share. */
export interface DeliveryWorld {
  deliver: Deliver;
  clock: LocalClock;
  activity: Activity;
  log: (line: string) => void;
}

// EventBridge and its Scheduler both retry for 24 hours and up to 185 times, with growing waits.
const RETRIES = 185;
const DAY_SECONDS = 86_400;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Delivers at once where it can, and answers then; otherwise answers too and goes on trying by the virtual clock, until
 * the target's policy ends it and the dead letter queue has it.
 */
export async function deliverWithRetries(
  target: FailurePolicy,
  delivery: Delivery,
  world: DeliveryWorld,
): Promise<void> {
  try {
    await world.deliver(target.Arn, delivery.payload(1));
  } catch (error) {
    void retry(target, delivery, world, String(error)).catch((trouble) => world.log(String(trouble)));
  }
}

async function retry(
  { Arn, RetryPolicy, DeadLetterConfig }: FailurePolicy,
  { owner, payload, deadLetter, attributes }: Delivery,
  { deliver, clock, activity, log }: DeliveryWorld,
  failure: string,
): Promise<void> {
  const tooOld = clock.now() + (RetryPolicy?.MaximumEventAgeInSeconds ?? DAY_SECONDS) * 1000;
  const attempts = RetryPolicy?.MaximumRetryAttempts ?? RETRIES;
  let reason = failure;
  for (let retried = 1; retried <= attempts && clock.now() < tooOld; retried += 1) {
    await clock.sleepUntil(clock.now() + Math.min(LONGEST_WAIT_MS, 1000 * 2 ** retried));
    if (activity.stopped()) return;
    try {
      return await activity.track(deliver(Arn, payload(retried + 1)));
    } catch (error) {
      reason = String(error);
    }
  }
  log(`${owner}: target ${Arn} failed: ${reason}`);
  if (DeadLetterConfig?.Arn === undefined) return;
  const told = { ...attributes, TARGET_ARN: Arn, ERROR_MESSAGE: reason };
  await activity.track(deliver(DeadLetterConfig.Arn, deadLetter, told));
}
