import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import type { LocalClock } from '../clock.ts';
import type { InvocationResult, LambdaFunction } from './lambda-function.ts';
import type { Deliver } from '../events/targets.ts';

/** How a function answers for its asynchronous invocations. Source: AWS::Lambda::EventInvokeConfig. */
export interface EventInvokeConfig {
  FunctionName: string;
  MaximumRetryAttempts?: number;
  MaximumEventAgeInSeconds?: number;
  DestinationConfig?: { OnSuccess?: { Destination?: string }; OnFailure?: { Destination?: string } };
}

const MINUTE = 60_000;
const SIX_HOURS_SECONDS = 21_600;
const LONGEST_THROTTLE_WAIT = 5 * MINUTE;

/**
 * Invokes a function as Lambda does for an event: errors are retried after one and two minutes, throttles with
 * growing waits until the event is too old; then the destination hears of it. Times are virtual.
 * Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
export async function invokeAsynchronously(
  fn: LambdaFunction,
  event: unknown,
  config: EventInvokeConfig | undefined,
  world: { clock: LocalClock; deliver: Deliver; activity: Activity },
): Promise<void> {
  const requestId = randomUUID();
  const tooOld = world.clock.now() + (config?.MaximumEventAgeInSeconds ?? SIX_HOURS_SECONDS) * 1000;
  const retries = config?.MaximumRetryAttempts ?? 2;
  let errors = 0;
  for (let throttles = 0; !world.activity.stopped();) {
    const result = await world.activity.track(fn.invoke(event, requestId));
    if (result.outcome === 'done') return tell('OnSuccess', 'Success', result, errors + 1);
    const throttled = result.outcome === 'throttled';
    const wait = throttled ? Math.min(LONGEST_THROTTLE_WAIT, 1000 * 2 ** throttles++) : MINUTE * ++errors;
    if (errors > retries) return tell('OnFailure', 'RetriesExhausted', result, errors);
    if (world.clock.now() + wait > tooOld) return tell('OnFailure', 'EventAgeExceeded', result, errors);
    await world.clock.sleepUntil(world.clock.now() + wait);
  }

  async function tell(
    which: 'OnSuccess' | 'OnFailure',
    condition: string,
    result: InvocationResult,
    count: number,
  ) {
    const destination = config?.DestinationConfig?.[which]?.Destination;
    if (destination === undefined) return;
    await world.activity.track(
      world.deliver(destination, {
        version: '1.0',
        timestamp: new Date(world.clock.now()).toISOString(),
        requestContext: {
          requestId,
          functionArn: `${fn.definition.arn}:$LATEST`,
          condition,
          approximateInvokeCount: count,
        },
        requestPayload: event,
        responseContext: {
          statusCode: result.outcome === 'throttled' ? 429 : 200,
          executedVersion: '$LATEST',
          ...(result.outcome === 'failed' && { functionError: 'Unhandled' }),
        },
        responsePayload: result.outcome === 'throttled' ? null : result.payload,
      }),
    );
  }
}
