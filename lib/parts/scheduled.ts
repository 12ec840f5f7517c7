import { Duration } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Calls a function at a fixed rate. A call that fails is not repeated: the next one is never far, and a late repeat would
 * run into it.
 */
export function callEvery(
  scope: Construct,
  id: string,
  every: Duration,
  target: IFunction,
): scheduler.Schedule {
  target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60) });
  return new scheduler.Schedule(scope, id, {
    schedule: scheduler.ScheduleExpression.rate(every),
    target: new targets.LambdaInvoke(target, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
  });
}

/**
 * Calls a function at these times, far apart: a call that fails is repeated, as the next one is not near. Lambda itself
 * repeats what fails inside the function, twice.
 */
export function callAt(
  scope: Construct,
  id: string,
  when: scheduler.ScheduleExpression,
  target: IFunction,
): scheduler.Schedule {
  return new scheduler.Schedule(scope, id, {
    schedule: when,
    target: new targets.LambdaInvoke(target, { retryAttempts: 3, maxEventAge: Duration.hours(1) }),
  });
}

/** Puts a message on a queue at these times; what could not be put lands in `deadLetters`. */
export function sendAt(
  scope: Construct,
  id: string,
  props: {
    when: scheduler.ScheduleExpression;
    queue: IQueue;
    deadLetters: IQueue;
    message: Record<string, unknown>;
  },
): scheduler.Schedule {
  return new scheduler.Schedule(scope, id, {
    schedule: props.when,
    target: new targets.SqsSendMessage(props.queue, {
      input: scheduler.ScheduleTargetInput.fromObject(props.message),
      deadLetterQueue: props.deadLetters,
      maxEventAge: Duration.hours(1),
    }),
  });
}
