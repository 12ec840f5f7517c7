import { createActivity } from './activity.ts';
import type { Activity } from './activity.ts';
import { freePort, residentMb } from './child-process.ts';
import { createClock } from './clock.ts';
import type { LocalClock } from './clock.ts';
import { callersOf } from './edge/callers.ts';
import { startEdge } from './edge/edge.ts';
import type { DeniedCall, Edge } from './edge/edge.ts';
import type { SmsMessage } from './edge/edge-services.ts';
import { createKms } from './edge/kms.ts';
import { openKeys } from './edge/kms-keys.ts';
import { secretValues } from './edge/secrets.ts';
import { createTable, startDynamoDb } from './engines/dynamodb-engine.ts';
import type { DynamoDbEngine } from './engines/dynamodb-engine.ts';
import { createQueue, queueDepth, startSqsEngine } from './engines/sqs-engine.ts';
import type { SqsEngine } from './engines/sqs-engine.ts';
import { keepTime } from './kept-time.ts';
import { serveFunctionUrls } from './lambda/function-urls.ts';
import type { Poller } from './lambda/event-source.ts';
import type { LocalStack, StackOptions } from './stack-options.ts';
import { readAssembly } from './template/assembly.ts';
import { readBlueprint } from './template/blueprint.ts';
import type { Blueprint } from './template/blueprint.ts';
import { REGION } from './template/template.ts';
import { findFunction, wireStack } from './wiring.ts';
import type { Wiring } from './wiring.ts';

/** What a running stack is made of. */
interface Parts {
  clock: LocalClock;
  activity: Activity;
  edge: Edge;
  dynamodb: DynamoDbEngine;
  sqs: SqsEngine;
  blueprint: Blueprint;
  wiring: Wiring;
  pollers: Poller[];
  sms: SmsMessage[];
  denied: DeniedCall[];
  strict: boolean;
}

/**
 * Runs a synthesized stack on this machine: the wiring is read from the template, the bundles are the deployed bytes.
 * @throws a sentence naming it, for anything in the template that would not be obeyed; EADDRINUSE for a busy port.
 */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const activity = createActivity();
  try {
    return faceOf(await start(options, activity));
  } catch (error) {
    activity.stop();
    throw error;
  }
}

async function start(options: StackOptions, activity: Activity): Promise<Parts> {
  const assembly = readAssembly(options.assembly, options.stackName);
  const clock = options.clock ?? createClock();
  const log = options.log ?? (() => {});
  const strict = options.iam === true;
  const edge = await startEdge(options.port);
  activity.onStop(edge.stop);
  const kept = keepTime(clock, options.dataDir);
  activity.onStop(kept.stop);
  const { dynamodb, sqs } = await startEngines(options, clock, activity);
  const ports = new Map<string, number>();
  for (const [id, { Type }] of Object.entries(assembly.template.Resources)) {
    if (Type === 'AWS::Lambda::Url') ports.set(id, wantedPort(id, options) || (await freePort()));
  }
  const blueprint = readBlueprint(assembly, {
    stack: assembly.stackName,
    queueEndpoint: strict ? edge.url : sqs.endpoint,
    functionUrl: (id) => `http://127.0.0.1:${ports.get(id)}/`,
    ...(options.issuer && { issuer: options.issuer }),
  });
  await Promise.all([
    ...blueprint.tables.map(({ name, properties }) => createTable(dynamodb, name, properties)),
    createQueues(blueprint, sqs, clock),
  ]);
  let { speed } = clock;
  const followSpeed = () => {
    if (speed === clock.speed) return;
    ({ speed } = clock);
    void createQueues(blueprint, sqs, clock).catch((error) => log(String(error), ''));
  };
  activity.onStop(clock.onChange(followSpeed));
  const direct = { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_ENDPOINT_URL_SQS: sqs.endpoint };
  const wiring = wireStack(blueprint, {
    options,
    clock,
    activity,
    sqs,
    log,
    createdAt: kept.createdAt,
    environment: {
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ENDPOINT_URL: edge.url,
      ...(strict ? {} : direct),
    },
  });
  const sms: SmsMessage[] = [];
  const denied: DeniedCall[] = [];
  const callers = callersOf(blueprint);
  edge.open({
    dynamodb: dynamodb.endpoint,
    sqs: sqs.endpoint,
    denied,
    callers: strict ? callers : new Map(),
    services: {
      buses: wiring.buses,
      sms,
      kms: createKms(openKeys(blueprint.keys, options.dataDir)),
      now: () => clock.now(),
      secrets: secretValues(blueprint, options.secrets ?? {}),
      parameters: new Map(blueprint.parameters.map((parameter) => [parameter.name, parameter])),
    },
  });
  await serveFunctionUrls(blueprint, {
    ports,
    functions: wiring.functions,
    callers,
    activity,
    clock,
    strict,
  });
  const pollers = wiring.startPollers();
  return { clock, activity, edge, dynamodb, sqs, blueprint, wiring, pollers, sms, denied, strict };
}

function wantedPort(logicalId: string, { urlPorts = {} }: StackOptions): number | undefined {
  return Object.entries(urlPorts).find(([beginning]) => logicalId.startsWith(beginning))?.[1];
}

/** Queues follow the speed of the clock: messages must stay hidden as long as work on them really takes. */
async function createQueues({ queues }: Blueprint, sqs: SqsEngine, { speed }: LocalClock): Promise<void> {
  await Promise.all(queues.map(({ name, properties }) => createQueue(sqs, name, properties, speed)));
}

async function startEngines(options: StackOptions, clock: LocalClock, activity: Activity) {
  const place = options.dataDir === undefined ? {} : { dataDir: options.dataDir };
  const choice = options.engine === undefined ? {} : { engine: options.engine };
  const starting = [startDynamoDb({ ...place, ...choice }), startSqsEngine({ ...place, clock })] as const;
  // One that started is stopped even where the other did not.
  for (const engine of await Promise.allSettled(starting)) {
    if (engine.status === 'fulfilled') activity.onStop(engine.value.stop);
  }
  const [dynamodb, sqs] = await Promise.all(starting);
  return { dynamodb, sqs };
}

function faceOf(parts: Parts): LocalStack {
  const { clock, activity, edge, dynamodb, sqs, blueprint, wiring, pollers } = parts;
  const { functions, scheduler } = wiring;
  const idle = () => activity.resting() && pollers.every((poller) => !poller.busy());
  return {
    endpoints: {
      edge: edge.url,
      eventbridge: edge.url,
      dynamodb: dynamodb.endpoint,
      sqs: parts.strict ? edge.url : sqs.endpoint,
      sns: edge.url,
      secretsmanager: edge.url,
    },
    clock,
    outputs: blueprint.outputs,
    physicalId: (logicalId) => physicalId(blueprint, logicalId),
    functionNames: [...functions.values()].map((fn) => fn.definition.name),
    invoke: (name, payload) => activity.track(findFunction(functions, name).invoke(payload)),
    fire: (name) => activity.track(scheduler.fire(name)),
    schedules: scheduler.schedules,
    idle,
    drain: ({ timeoutMs = 60_000 } = {}) => comeToRest(parts, idle, timeoutMs),
    queueDepth: (url) => queueDepth(sqs, url),
    nextWakeUp: () => earliest([scheduler.nextFiring(), clock.nextSleeper(), sqs.nextWakeUp()]),
    sms: parts.sms,
    deniedCalls: parts.denied,
    memoryMb: residentMb,
    stop: async () => activity.stop(),
  };
}

async function comeToRest({ sqs, pollers }: Parts, idle: () => boolean, timeoutMs: number): Promise<void> {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const quiet = async () => {
    if (!idle()) return false;
    const depths = await Promise.all(pollers.map(({ source }) => queueDepth(sqs, source.queueUrl)));
    return idle() && depths.every(({ visible }) => visible === 0);
  };
  const end = Date.now() + timeoutMs;
  for (;;) {
    // Twice in a row: a message just received is neither visible nor held for the time of one answer.
    if (await quiet()) {
      await pause(3);
      if (await quiet()) return;
    }
    if (Date.now() > end) throw new Error(`the stack did not come to rest within ${timeoutMs} ms`);
    await pause(5);
  }
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
