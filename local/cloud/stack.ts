import { invokeAsynchronously } from './async-invoke.ts';
import { readAssembly } from './assembly.ts';
import { readBlueprint } from './blueprint.ts';
import type { Blueprint } from './blueprint.ts';
import { residentMb } from './child-process.ts';
import { createClock } from './clock.ts';
import { createTable, startDynamoDb } from './dynamodb-engine.ts';
import { startEdge } from './edge.ts';
import type { Caller, DeniedCall } from './edge.ts';
import type { EdgeServices, SmsMessage } from './edge-services.ts';
import { createEventBuses } from './event-bus.ts';
import type { EventBuses } from './event-bus.ts';
import { startPoller } from './event-source.ts';
import type { Poller } from './event-source.ts';
import { policiesByRole } from './iam-policy.ts';
import { keepTime } from './kept-time.ts';
import { createFunction } from './lambda-function.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { createScheduler } from './scheduler.ts';
import { createQueue, queueDepth, startSqsEngine } from './sqs-engine.ts';
import type { LocalStack, StackOptions } from './stack-options.ts';
import { createDeliver, queueUrlAt } from './targets.ts';
import type { Deliver } from './targets.ts';
import { REGION } from './template.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a synthesized stack on this machine: the wiring is read from the template, the bundles are the deployed bytes.
 * @throws a sentence naming it, for anything in the template that would not be obeyed; EADDRINUSE for a busy port.
 */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const clock = options.clock ?? createClock();
  const log = options.log ?? (() => {});
  const kept = keepTime(clock, options.dataDir);
  const assembly = readAssembly(options.assembly, options.stackName);
  const stops: (() => void)[] = [kept.stop];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) end();
  };
  try {
    const edge = await startEdge(options.port);
    stops.push(edge.stop);
    const place = { dataDir: options.dataDir, engine: options.engine };
    const [dynamodb, sqs] = await Promise.all([
      startDynamoDb(defined(place)).then((engine) => (stops.push(engine.stop), engine)),
      startSqsEngine(defined({ clock, dataDir: options.dataDir })).then(
        (engine) => (stops.push(engine.stop), engine),
      ),
    ]);
    const direct = options.iam !== true;
    const blueprint = readBlueprint(assembly, {
      stack: assembly.stackName,
      queueEndpoint: direct ? sqs.endpoint : edge.url,
      functionUrl: () => edge.url,
    });
    await Promise.all([
      ...blueprint.tables.map(({ name, properties }) => createTable(dynamodb, name, properties)),
      ...blueprint.queues.map(({ name, properties }) => createQueue(sqs, name, properties, clock.speed)),
    ]);

    let working = 0;
    const track = async <T>(work: Promise<T>): Promise<T> => {
      working += 1;
      try {
        return await work;
      } finally {
        working -= 1;
      }
    };
    let stopped = false;
    stops.push(() => (stopped = true));
    const functions = startFunctions(blueprint, options, {
      clock,
      environment: {
        AWS_REGION: REGION,
        AWS_DEFAULT_REGION: REGION,
        AWS_ENDPOINT_URL: edge.url,
        ...(direct && { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_ENDPOINT_URL_SQS: sqs.endpoint }),
      },
    });
    stops.push(() => [...functions.values()].forEach((fn) => fn.stop()));
    const find = (name: string) => findFunction(functions, name);
    const deliver: Deliver = createDeliver({
      sqs,
      functions,
      invokeLater: (fn, payload) => {
        const config = blueprint.invokeConfigs.find(
          ({ FunctionName }) => FunctionName === fn.definition.name,
        );
        const world = { clock, deliver, working: track, stopped: () => stopped };
        void invokeAsynchronously(fn, payload, config, world).catch((error) =>
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
      onEvent: options.onEvent ?? (() => {}),
      onUndelivered: (line) => log(line, ''),
    });
    const scheduler = createScheduler(blueprint.schedules, {
      clock,
      anchor: kept.createdAt,
      running: options.schedules === true,
      deliver,
      log: (line) => log(line, ''),
    });
    stops.push(scheduler.stop);

    const sms: SmsMessage[] = [];
    const denied: DeniedCall[] = [];
    const services: EdgeServices = {
      buses,
      sms,
      now: () => clock.now(),
      secrets: secretValues(blueprint, options.secrets ?? {}),
      parameters: new Map(blueprint.parameters.map((parameter) => [parameter.name, parameter])),
    };
    edge.open({
      dynamodb: dynamodb.endpoint,
      sqs: sqs.endpoint,
      services,
      callers: direct ? new Map<string, Caller>() : callersOf(blueprint),
      denied,
    });
    const pollers = startPollers();
    stops.push(() => pollers.forEach((poller) => poller.stop()));

    function startPollers(): Poller[] {
      return blueprint.eventSources.map((source) => {
        if (source.EventSourceArn.split(':')[2] !== 'sqs') {
          throw new Error(`event source ${source.EventSourceArn} is not emulated`);
        }
        const fn = find(source.FunctionName);
        const definition = {
          fn,
          queueArn: source.EventSourceArn,
          queueUrl: queueUrlAt(sqs, source.EventSourceArn),
          batchSize: source.BatchSize ?? 10,
          windowSeconds: source.MaximumBatchingWindowInSeconds ?? 0,
          maximumConcurrency: Math.min(source.ScalingConfig?.MaximumConcurrency ?? 5, fn.concurrency),
          reportsItemFailures: source.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
          filters: (source.FilterCriteria?.Filters ?? []).map(
            ({ Pattern }) => JSON.parse(Pattern) as object,
          ) as [],
        };
        return startPoller(sqs, definition, { clock, log: (line) => log(line, fn.definition.name) });
      });
    }

    const idle = () => working === 0 && pollers.every((poller) => !poller.busy());
    const quiet = async () => {
      if (!idle()) return false;
      const depths = await Promise.all(pollers.map(({ source }) => queueDepth(sqs, source.queueUrl)));
      return idle() && depths.every(({ visible }) => visible === 0);
    };

    return {
      endpoints: {
        edge: edge.url,
        eventbridge: edge.url,
        dynamodb: dynamodb.endpoint,
        sqs: direct ? sqs.endpoint : edge.url,
        sns: edge.url,
        secretsmanager: edge.url,
      },
      clock,
      outputs: blueprint.outputs,
      physicalId: (logicalId) => physicalId(blueprint, logicalId),
      functionNames: [...functions.values()].map((fn) => fn.definition.name),
      invoke: (name, payload) => track(find(name).invoke(payload)),
      fire: (name) => track(scheduler.fire(name)),
      schedules: scheduler.schedules,
      idle,
      drain: async ({ timeoutMs = 60_000 } = {}) => {
        const end = Date.now() + timeoutMs;
        // Twice in a row: a message on its way from a bus to a queue is seen by neither the queue nor a poller.
        while (!((await quiet()) && (await pause(2), await quiet()))) {
          if (Date.now() > end) throw new Error(`the stack did not come to rest within ${timeoutMs} ms`);
          await pause(5);
        }
      },
      queueDepth: (url) => queueDepth(sqs, url),
      nextWakeUp: () => earliest([scheduler.nextFiring(), clock.nextSleeper(), sqs.nextWakeUp()]),
      sms,
      deniedCalls: denied,
      memoryMb: residentMb,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startFunctions(
  blueprint: Blueprint,
  options: StackOptions,
  world: { clock: NonNullable<StackOptions['clock']>; environment: Record<string, string> },
): Map<string, LambdaFunction> {
  return new Map(
    blueprint.functions.map((definition) => {
      const declared = Object.keys(definition.environment);
      const given = Object.entries(options.env ?? {}).filter(([name]) => declared.includes(name));
      const environment = {
        ...definition.environment,
        ...Object.fromEntries(given),
        ...world.environment,
        AWS_ACCESS_KEY_ID: accessKey(definition.logicalId),
        AWS_SECRET_ACCESS_KEY: 'local',
      };
      const fn = createFunction(
        { ...definition, environment },
        {
          clock: world.clock,
          log: options.log ?? (() => {}),
          onInvocation: options.onInvocation ?? (() => {}),
        },
      );
      return [definition.arn, fn];
    }),
  );
}

/** Each function signs with a key of its own: that is how the strict mode knows who calls. */
function accessKey(logicalId: string): string {
  return `LOCAL-${logicalId}`;
}

function callersOf(blueprint: Blueprint): Map<string, Caller> {
  const policies = policiesByRole(blueprint.template, blueprint.resolve);
  return new Map(
    blueprint.functions.map(({ logicalId, role }) => [
      accessKey(logicalId),
      { name: logicalId, statements: policies.get(role) ?? [] },
    ]),
  );
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

function findFunction(functions: Map<string, LambdaFunction>, name: string): LambdaFunction {
  const all = [...functions.values()];
  const found =
    functions.get(name) ??
    all.find(({ definition }) => definition.name === name || definition.logicalId === name) ??
    all.find(({ definition }) => definition.logicalId.startsWith(name));
  if (!found)
    throw new Error(`no function ${name}; there are ${all.map((fn) => fn.definition.name).join(', ')}`);
  return found;
}

function secretValues(blueprint: Blueprint, given: Record<string, string | object>): Map<string, string> {
  const values = new Map<string, string>();
  for (const { arn, name, logicalId, value } of blueprint.secrets) {
    const chosen = given[name] ?? given[logicalId] ?? value;
    if (chosen === undefined) continue;
    const text = typeof chosen === 'string' ? chosen : JSON.stringify(chosen);
    values.set(arn, text).set(name, text);
  }
  return values;
}

function physicalId(blueprint: Blueprint, logicalId: string): string {
  const identity = blueprint.identities.get(logicalId);
  if (!identity) throw new Error(`the template holds no resource ${logicalId}`);
  return identity.ref;
}

function earliest(times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length ? Math.min(...known) : null;
}

/** Leaves out members that are undefined, for options that may be missing but not undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
}
