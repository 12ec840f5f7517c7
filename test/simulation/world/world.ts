/** Everything of one run put together: AWS, ePost, the functions, the people, and the checks that look on. */
import { createFakeAws, type FakeAws } from '../aws/fake-aws.ts';
import { type Check, type Checked } from '../checks/check.ts';
import type { Bundles } from '../deployment/bundles.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Agenda, createAgenda } from '../kernel/agenda.ts';
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
import { createNames, type Names } from './names.ts';
import { createOperator, type Operator } from './operator.ts';
import { createPoller } from './pollers.ts';
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
  /** Loses every message that says what is to be sent, as nothing ever should. */
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
  const courier = createCourier({ aws, agenda, tape, arrived: (queue) => wake(queue) });
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
      if (event.source !== 'epost-parcel') continue;
      for (const check of checks) check.heard?.(event);
      shop.hear(event);
    }
    courier.collect();
  };
  const awsDoor = createAwsDoor({
    agenda,
    tape,
    trouble,
    names,
    coverage,
    crash,
    note,
    perform: (call, fault) => lawful.under(fault, () => aws.call(call.service, call.operation, call.input)),
    happened,
  });
  const carrier = createCarrier({
    agenda,
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
    tape,
    serial,
    note,
    functions: functionsOf(options),
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
  const pollers = deployment.sources.map((source) =>
    createPoller(source, { aws, agenda, tape, functions: () => functions }),
  );
  const wake = (queue?: string) => {
    for (const poller of pollers) if (queue === undefined || poller.queue === queue) poller.wake();
  };
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
      const queue = names.queue('transmission');
      for (let found = aws.queues.take(queue, 100); found.length > 0; found = aws.queues.take(queue, 100))
        for (const { ReceiptHandle } of found) aws.queues.delete(queue, ReceiptHandle ?? '');
    },
    calm: () => {
      tape.end();
      carrier.state = undefined;
      calm = agenda.now();
    },
    calls: () => calls,
  };
};

/** The deployed functions, and the operator's deeds with what the console is given. */
const functionsOf = ({ deployment, bundles }: WorldOptions) => {
  const console = deployment.functions.find(({ entry }) => entry === 'admin')!;
  return [...deployment.functions, { ...console, entry: 'operator' }].flatMap((fn) => {
    const code = bundles[fn.entry];
    return code === undefined ? [] : [{ ...fn, code }];
  });
};
