/** One run of the simulation: trouble, then calm until nothing is left to do, then the last look. */
import { createHash } from 'node:crypto';
import { checkBookings } from './checks/bookings.ts';
import type { Check, Checked } from './checks/check.ts';
import { checkForgotten } from './checks/forgotten.ts';
import { checkKeptMessages } from './checks/kept-messages.ts';
import { checkLedger } from './checks/ledger.ts';
import { checkAudit, checkMessages } from './checks/messages.ts';
import { checkNothingLost } from './checks/nothing-lost.ts';
import { checkQueues } from './checks/queues.ts';
import { checkReplay } from './checks/replay.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkShipments } from './checks/shipments.ts';
import type { Bundles } from './deployment/bundles.ts';
import type { Deployment } from './deployment/deployment.ts';
import { createTape } from './kernel/tape.ts';
import type { Coverage } from './world/coverage.ts';
import { hashOf } from './state-hash.ts';
import { planDesk } from './world/desk.ts';
import { planDisturbances } from './world/disturbances.ts';
import { isQuiet, unrest } from './world/quiet.ts';
import type { Profile } from './world/scenario.ts';
import { DAY, HOUR, MINUTE } from './world/scenario.ts';
import type { FaultPlan } from './world/trouble.ts';
import { createWorld, type World } from './world/world.ts';

export interface RunOptions {
  deployment: Deployment;
  bundles: Bundles;
  seed: number;
  /** choices before the tape ends by itself */
  length?: number;
  profile?: Profile;
  plan?: FaultPlan;
  /** written instead of drawn */
  script?: Script;
  coverage?: Coverage;
  print?: (line: string) => void;
}
export interface Broken {
  promise: string;
  how: string;
  /** virtual minutes since the beginning */
  atMinute: number;
}
export interface RunResult {
  seed: number;
  profile: Profile;
  broken: Broken[];
  /** of everything that happened and everything that is stored */
  hash: string;
  calls: number;
  choices: number;
}

/** Nothing is left to do long before. */
const CALM_MS = 6 * HOUR;
/** People look for dead letters, and whether all is done. */
const LOOK_MS = 3.5 * MINUTE;

const CHECKS = [
  checkShipments,
  checkBookings,
  checkLedger,
  checkNothingLost,
  checkAudit,
  checkMessages,
  checkQueues,
  checkKeptMessages,
  checkForgotten,
  checkSecrets,
];

export const run = async (options: RunOptions): Promise<RunResult> => {
  const broken: Broken[] = [];
  const tape = createTape(options.seed, options.length);
  const events = createHash('sha256');
  const note = (line: () => string) => {
    const { print } = options;
    const text = line();
    events.update(
      `${world.agenda.now()} ${options.plan === undefined ? text.replace(/ says .*/, '') : plain(text)}\n`,
    );
    print?.(`${clockOf(world.agenda.now())}  ${text}`);
  };
  const report = (promise: string, how: string) => {
    if (broken.length === 0) options.print?.(`!! ${promise}: ${how}`);
    broken.push({
      promise,
      how,
      atMinute: Math.round((world.agenda.now() - world.scenario.startsAt) / MINUTE),
    });
  };
  const world = createWorld({
    ...options,
    tape,
    coverage: options.coverage ?? new Map(),
    note,
    broken: report,
    checks: (checked: Checked): Check[] => CHECKS.map((check) => check(checked)),
  });
  await play(world, options, { tape, note, stopped: () => broken.length > 0, report });
  return {
    seed: options.seed,
    profile: world.scenario.profile,
    broken,
    hash: hashOf(world, events.digest('hex')),
    calls: world.calls(),
    choices: tape.drawn,
  };
};

/** Deeds, each begun when the one before has come to rest. */
export interface Script {
  before: readonly ((world: World) => void)[];
  scene: (world: World) => void;
  /** calls are counted from then on only: what is to be met begins later than the scene */
  armsAfterMs?: number;
  /** and for so long; else to the end */
  armedMs?: number;
  /** how long it goes on in any case */
  lastsMs: number;
}

interface Stage {
  tape: ReturnType<typeof createTape>;
  note: (line: () => string) => void;
  stopped: () => boolean;
  report: (promise: string, how: string) => void;
}

const play = async (world: World, { script, plan, deployment }: RunOptions, stage: Stage): Promise<void> => {
  const { scenario } = world;
  if (script !== undefined) {
    await enact(world, script, stage, plan);
    plan?.disarm();
  } else {
    world.shop.open(scenario);
    world.operator.open(scenario);
    world.applicants.open(scenario);
    if (!['parcels', 'desk'].includes(scenario.profile))
      world.carrier.office.setJourney('*', stage.tape.pick(['quick', 'quick', 'standard', 'failed-attempt']));
    const around = { ...world, tape: stage.tape, note: stage.note };
    planDisturbances(around);
    if (scenario.profile === 'desk') planDesk({ ...around, schedules: deployment.schedules });
    await until(world, stage, scenario.startsAt + scenario.troubledMs);
  }
  await rest(world, stage, script !== undefined);
  if (scenario.profile === 'retention' && script === undefined && !stage.stopped())
    await yearsLater(world, stage);
  if (stage.stopped()) return;
  for (const check of world.checks) check.atEnd?.();
  if (script === undefined && scenario.profile === 'parcels')
    await checkReplay(world, () => calmly(world, stage), stage.report);
};

const until = async (world: World, { stopped }: Stage, end: number, quiet?: () => boolean): Promise<void> => {
  while (!stopped() && world.agenda.step(end)) {
    await world.functions.settle();
    for (const check of world.checks) check.afterStep?.();
    if (quiet?.()) return;
  }
};

/** A written scene in the place of a drawn one: what is to be there first, then what the faults are to meet. */
const enact = async (world: World, script: Script, stage: Stage, plan?: FaultPlan): Promise<void> => {
  for (const scene of script.before) {
    world.agenda.in(0, () => scene(world));
    await calmly(world, stage);
  }
  const { armsAfterMs = 0, armedMs } = script;
  if (armsAfterMs === 0) plan?.arm();
  else world.agenda.in(armsAfterMs, () => plan?.arm());
  if (armedMs !== undefined) world.agenda.in(armsAfterMs + armedMs, () => plan?.disarm());
  world.agenda.in(0, () => script.scene(world));
  await until(world, stage, world.agenda.now() + script.lastsMs);
  await calmly(world, stage);
};

const calmly = (world: World, stage: Stage): Promise<void> => {
  let looked = world.agenda.now();
  return until(world, stage, world.agenda.now() + CALM_MS, () => {
    if (world.agenda.now() - looked < LOOK_MS) return false;
    looked = world.agenda.now();
    redrive(world);
    world.operator.lookAround();
    return isQuiet(world);
  });
};

/** Nothing goes wrong any more, people do what the runbook says, and everything has to come to rest. */
const rest = async (world: World, stage: Stage, scripted: boolean): Promise<void> => {
  if (stage.stopped()) return;
  world.calm();
  stage.note(() => 'all is well from now on');
  // A written scene that has come to rest by itself needs nobody.
  if (scripted && isQuiet(world)) return;
  world.operator.tidyUp(world.scenario);
  redrive(world);
  await calmly(world, stage);
  const left = stage.stopped() ? undefined : unrest(world);
  if (left !== undefined) stage.report('P3', `things never come to rest: ${left}`);
};

/** Recipients are forgotten in time, with trouble again while it is done. */
const yearsLater = async (world: World, stage: Stage): Promise<void> => {
  for (const days of [31, 70, 40]) {
    world.agenda.jump(days * DAY);
    stage.tape.goOn();
    await until(world, stage, world.agenda.now() + DAY);
    stage.tape.end();
    await calmly(world, stage);
  }
  await until(world, stage, world.agenda.now() + DAY + 4 * HOUR);
  await calmly(world, stage);
};

/** Dead letters go back where they came from; what nobody can understand stays with the people. */
const redrive = ({ aws, names, wakeAll }: World): void => {
  for (const queue of ['order-events', 'transmission', 'tracking', 'onboarding', 'jobs', 'ledger-audit']) {
    for (const { messageId, body } of aws.queues.messages(names.queue(`${queue}!`))) {
      aws.queues.take(names.queue(`${queue}!`), 1);
      const held = aws.queues.messages(names.queue(`${queue}!`)).find((one) => one.messageId === messageId);
      if (held?.receiptHandle === undefined) continue;
      aws.queues.delete(names.queue(`${queue}!`), held.receiptHandle);
      aws.queues.send(names.queue(queue), body);
    }
  }
  wakeAll();
};

/** What happened, whatever it was called: in the sweep, two faults with the same consequences are the same run. */
const plain = (text: string): string => text.replace(/ says .*| \(\S+\)$|(?<= failed): \w+/, '');

const clockOf = (epochMs: number): string =>
  new Date(epochMs + 9 * HOUR).toISOString().slice(0, 23).replace('T', ' ');
