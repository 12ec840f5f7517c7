/** Everything of one run put together: AWS, ePost, the functions, the people, and the checks that look on. */
import { OUR_SOURCE } from '../../../functions/events.ts';
import { createFakeAws, type FakeAws } from '../aws/fake-aws.ts';
import { type Check, type Checked } from '../checks/check.ts';
import { all } from '../checks/records.ts';
import type { Bundles } from '../deployment/bundles.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Agenda, createAgenda } from '../kernel/agenda.ts';
import { createDepartures } from '../kernel/departures.ts';
import { dragOf, failedQueuesOf, functionsOf } from './deployed.ts';
import { createFunctions, type Functions } from '../kernel/functions.ts';
import { seededNumbers, type Tape } from '../kernel/tape.ts';
import { type Applicants, createApplicants } from './applicants.ts';
import { createLawful } from './aws-choices.ts';
import { createAwsDoor } from './aws-door.ts';
import type { AwsCall } from './call-site.ts';
import { type Carrier, CARRIER_KEYS, createCarrier } from './carrier-door.ts';
import { createClientPool } from './clients.ts';
import type { Coverage } from './coverage.ts';
import { createCourier } from './event-bus.ts';
import { loseMessages } from './lost-messages.ts';
import { createNames, type Names } from './names.ts';
import { createOperator, type Operator } from './operator.ts';
import { createPollers } from './pollers.ts';
import { drawScenario, type Profile, type Scenario } from './scenario.ts';
import { startSchedules } from './schedules.ts';
import { createShop, type Shop } from './shop.ts';
import { createTrouble, type FaultPlan } from './trouble.ts';
import { worthwhile } from './worthwhile.ts';

export interface WorldOptions {
  deployment: Deployment;
  bundles: Bundles;
  tape: Tape;
  seed: number;
  profile?: Profile;
  plan?: FaultPlan;
  coverage: Coverage;
  checks: (world: Checked) => Check[];
  broken: (promise: string, how: string) => void;
  /** one line of the timeline; only asked for when somebody reads it */
  note: (line: () => string) => void;
}
export interface World {
  scenario: Scenario;
  agenda: Agenda;
  aws: FakeAws;
  names: Names;
  functions: Functions;
  carrier: Carrier;
  shop: Shop;
  operator: Operator;
  applicants: Applicants;
  checks: Check[];
  /** wakes everything that listens to a queue */
  wakeAll(): void;
  /** Everything the shop ever told, once more. */
  replay(): void;
  /** Loses the messages of what is to be sent and nobody is working on, as nothing ever should: the watch has to find it. */
  forgetMessages(): void;
  calm(): void;
  calls(): number;
}

const pool = createClientPool();

export const createWorld = (options: WorldOptions): World => {
  const { deployment, tape, coverage, note } = options;
  pool.reset();
  const scenario = drawScenario(tape, options.profile);
  const agenda = createAgenda(scenario.startsAt);
  const names = createNames(deployment);
  const dice = seededNumbers(options.seed ^ 0x2545f491);
  const lawful = createLawful(tape);
  let serials = 0;
  const serial = () => String(++serials).padStart(8, '0');
  const aws = createFakeAws({
    clock: agenda.now,
    serial,
    tables: deployment.tables,
    queues: deployment.queues,
    buses: [deployment.bus],
    rules: deployment.rules,
    secrets: { [deployment.carrierSecret]: JSON.stringify({ ...CARRIER_KEYS, dataGoKrKey: '' }) },
    keys: deployment.keys,
    choices: lawful.choices,
  });
  let calls = 0;
  let calm: number | undefined;
  let forgotten = false;
  const entries = [...deployment.functions.map(({ entry }) => entry), 'operator'];
  const trouble = createTrouble(tape, entries, options.plan);
  const crash = (sandbox: Parameters<Functions['crash']>[0]) => {
    note(() => `${sandbox.entry}/${sandbox.id} crashes`);
    functions.crash(sandbox);
  };
  const courier = createCourier({
    aws,
    agenda,
    tape,
    arrived: (queue) => wake(queue),
    lost: ({ source }) => scenario.deaf && source === OUR_SOURCE && calm === undefined,
  });
  const happened = (call: AwsCall, output: unknown, sandbox: Parameters<typeof crash>[0]) => {
    calls += 1;
    for (const check of checks) check.afterCall?.(call, output, sandbox);
    if (call.service === 'events') listen();
    if (call.service === 'sqs' && call.operation.startsWith('Send'))
      wake(String(call.input.QueueUrl).split('/').at(-1)!);
  };
  /** Our own events reach the shop and the rules' queues. */
  let listened = 0;
  const listen = () => {
    const events = aws.bus.events();
    for (; listened < events.length; listened++) {
      const event = events[listened]!;
      if (event.source !== OUR_SOURCE) continue;
      for (const check of checks) check.heard?.(event);
      shop.hear(event);
    }
    courier.collect();
  };
  const departures = createDepartures();
  const awsDoor = createAwsDoor({
    agenda,
    departures,
    tape,
    trouble,
    names,
    coverage,
    crash,
    note,
    perform: (call, fault) => lawful.under(fault, () => aws.call(call.service, call.operation, call.input)),
    happened,
    drag: (entry) =>
      entry === scenario.sluggish && calm === undefined && !tape.ended ? dragOf(deployment, entry, tape) : 0,
  });
  const carrier = createCarrier({
    agenda,
    departures,
    tape,
    trouble,
    coverage,
    crash,
    note,
    happened: (operation) => {
      calls += 1;
      for (const check of checks) check.afterCarrier?.(operation);
    },
  });
  const functions = createFunctions({
    agenda,
    departures,
    tape,
    serial,
    note,
    functions: functionsOf(deployment, options.bundles),
    outside: {
      packages: pool.packages,
      starting: (sandbox, start) => pool.during((call) => awsDoor(sandbox, call), start),
      transport: (sandbox) => (request: never) => carrier.ask(sandbox, request),
      random: () => dice() / 2 ** 32,
      print: (sandbox, line) => {
        note(() => `${sandbox.entry}/${sandbox.id} says ${line}`);
        for (const check of checks) check.printed?.(sandbox.entry, line);
      },
    },
  });
  const wake = createPollers(deployment.sources, { aws, agenda, tape, functions: () => functions });
  const shop = createShop({
    agenda,
    tape,
    put: (type, detail) => {
      note(() => `the shop tells ${type} ${String((detail as { shipmentId?: string }).shipmentId)}`);
      const entry = { EventBusName: deployment.bus, Source: 'shop.platform', DetailType: type };
      aws.call('events', 'PutEvents', { Entries: [{ ...entry, Detail: JSON.stringify(detail) }] });
      listen();
    },
    sendRaw: (body) => {
      aws.queues.send(names.queue('order-events'), body);
      wake(names.queue('order-events'));
    },
  });
  const operator = createOperator({
    agenda,
    tape,
    functions: () => functions,
    someShipments: () => [...shop.shipments.keys()],
    failedQueues: failedQueuesOf(deployment),
    look: <T>(table: string) => all<T>(aws, names, table),
  });
  const applicants = createApplicants({
    agenda,
    tape,
    aws,
    names,
    carrier,
    operator,
    functions: () => functions,
  });
  const checks = options.checks({
    aws,
    names,
    scenario,
    functions: () => functions,
    operator,
    shop,
    carrier,
    now: agenda.now,
    messagesForgotten: () => forgotten,
    calmSince: () => calm,
    broken: options.broken,
  });
  startSchedules({
    schedules: deployment.schedules,
    agenda,
    tape,
    functions: () => functions,
    send: (queue, body) => {
      aws.queues.send(queue, body);
      wake(queue);
    },
    worthwhile: (name) => worthwhile(name, { aws, names, scenario, now: agenda.now }),
    retries: (entry) => deployment.functions.find((fn) => fn.entry === entry)?.retries ?? 0,
  });
  return {
    scenario,
    agenda,
    aws,
    names,
    functions,
    carrier,
    shop,
    operator,
    applicants,
    checks,
    wakeAll: wake,
    replay: () => courier.replay(({ source }) => source === 'shop.platform'),
    forgetMessages: () => {
      forgotten = true;
      loseMessages(aws, names);
    },
    calm: () => {
      tape.end();
      carrier.recover();
      calm = agenda.now();
    },
    calls: () => calls,
  };
};
