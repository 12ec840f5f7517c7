import type { Activity } from './activity.ts';
import type { LocalClock } from './clock.ts';
import { accessKeyOf, LOCAL_SECRET } from './edge/callers.ts';
import type { SqsEngine } from './engines/sqs-engine.ts';
import { createEventBuses } from './events/event-bus.ts';
import type { EventBuses } from './events/event-bus.ts';
import { createScheduler } from './events/scheduler.ts';
import type { Scheduler } from './events/scheduler.ts';
import { createQueueSender, queueUrlAt } from './events/queue-sender.ts';
import { createDeliver } from './events/targets.ts';
import type { Deliver } from './events/targets.ts';
import { invokeAsynchronously } from './lambda/async-invoke.ts';
import { startPoller } from './lambda/event-source.ts';
import type { Poller } from './lambda/event-source.ts';
import { createFunction } from './lambda/lambda-function.ts';
import type { LambdaFunction } from './lambda/lambda-function.ts';
import type { StackOptions } from './stack-options.ts';
import type { Blueprint } from './template/blueprint.ts';
import { unqualified } from './template/template.ts';
import type { EventSourceProperties } from './template/read-resource.ts';

/** The parts of a stack, joined as its template says. */
export interface Wiring {
  functions: Map<string, LambdaFunction>;
  buses: EventBuses;
  scheduler: Scheduler;
  /** Begins to feed functions from their queues. */
  startPollers(): Poller[];
}

/** What the parts share. */
export interface World {
  options: StackOptions;
  clock: LocalClock;
  activity: Activity;
  sqs: SqsEngine;
  /** Rate schedules count from here, epoch milliseconds. */
  createdAt: number;
  /** What every function finds in its environment beside its own variables. */
  environment: Record<string, string>;
  log: (line: string, functionName: string) => void;
}

/** Joins functions, buses, rules, schedules and queues. @throws naming it, for a target that is not emulated. */
export function wireStack(blueprint: Blueprint, world: World): Wiring {
  const { clock, activity, sqs, log } = world;
  const functions = createFunctions(blueprint, world);
  const deliver: Deliver = createDeliver({
    sendToQueue: createQueueSender(sqs),
    functions,
    invokeLater: (fn, payload) => {
      const config = blueprint.invokeConfigs.find(({ FunctionName }) => FunctionName === fn.definition.name);
      void invokeAsynchronously(fn, payload, config, { clock, deliver, activity }).catch((error) =>
        log(String(error), fn.definition.name),
      );
    },
    putOnBus: (bus, payload) => putOnBus(buses, bus, payload),
  });
  const buses = createEventBuses({
    buses: blueprint.buses,
    rules: blueprint.rules,
    deliver,
    clock,
    activity,
    onEvent: world.options.onEvent ?? (() => {}),
    log: (line) => log(line, ''),
  });
  const scheduler = createScheduler(blueprint.schedules, {
    clock,
    activity,
    anchor: world.createdAt,
    running: world.options.schedules === true,
    deliver,
    log: (line) => log(line, ''),
  });
  for (const { EventSourceArn } of blueprint.eventSources) {
    if (EventSourceArn.split(':')[2] !== 'sqs')
      throw new Error(`event source ${EventSourceArn} is not emulated`);
  }
  const startPollers = () => {
    const pollers = blueprint.eventSources.map((source) => feed(source, functions, world));
    activity.onStop(() => pollers.forEach((poller) => poller.stop()));
    return pollers;
  };
  return { functions, buses, scheduler, startPollers };
}

function createFunctions(blueprint: Blueprint, world: World): Map<string, LambdaFunction> {
  const { options, clock, activity, log } = world;
  const functions = blueprint.functions.map((definition) => {
    const given = Object.entries(options.env ?? {}).filter(([name]) => name in definition.environment);
    const environment = {
      ...definition.environment,
      ...Object.fromEntries(given),
      ...world.environment,
      AWS_ACCESS_KEY_ID: accessKeyOf(definition.logicalId),
      AWS_SECRET_ACCESS_KEY: LOCAL_SECRET,
    };
    const onInvocation = options.onInvocation ?? (() => {});
    return createFunction({ ...definition, environment }, { clock, log, onInvocation });
  });
  activity.onStop(() => functions.forEach((fn) => fn.stop()));
  return new Map(functions.map((fn) => [fn.definition.arn, fn]));
}

function feed(source: EventSourceProperties, functions: Map<string, LambdaFunction>, world: World): Poller {
  const fn = findFunction(functions, source.FunctionName);
  const definition = {
    fn,
    queueArn: source.EventSourceArn,
    queueUrl: queueUrlAt(world.sqs, source.EventSourceArn),
    batchSize: source.BatchSize ?? 10,
    windowSeconds: source.MaximumBatchingWindowInSeconds ?? 0,
    maximumConcurrency: Math.min(source.ScalingConfig?.MaximumConcurrency ?? fn.concurrency, fn.concurrency),
    reportsItemFailures: source.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    filters: source.filters,
  };
  return startPoller(world.sqs, definition, {
    clock: world.clock,
    log: (line) => world.log(line, fn.definition.name),
  });
}

async function putOnBus(buses: EventBuses, bus: string, payload: unknown): Promise<void> {
  const event = payload as { source: string; 'detail-type': string; detail: unknown; resources?: string[] };
  const answer = await buses.put({
    EventBusName: bus,
    Source: event.source,
    DetailType: event['detail-type'],
    Detail: JSON.stringify(event.detail),
    Resources: event.resources ?? [],
  });
  if ('ErrorCode' in answer) throw new Error(`${answer.ErrorCode}: ${answer.ErrorMessage}`);
}

/** A function by ARN, name, logical id or the beginning of its logical id. @throws naming those there are. */
export function findFunction(functions: Map<string, LambdaFunction>, name: string): LambdaFunction {
  const all = [...functions.values()];
  const plain = unqualified(name);
  const found =
    functions.get(plain) ??
    all.find(({ definition }) => definition.name === plain || definition.logicalId === name) ??
    all.find(({ definition }) => definition.logicalId.startsWith(name));
  if (!found)
    throw new Error(`no function ${name}; there are ${all.map((fn) => fn.definition.name).join(', ')}`);
  return found;
}
