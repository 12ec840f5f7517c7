/**
 * What a message on the tracking queue asks for: a round begun, a round gone on with, or one parcel checked.
 * Told again, a start finds its own round and goes on where that stands; a round that has ended stays ended.
 */
import * as z from 'zod/mini';
import type { TraceSource } from '../epost/trace-reply.ts';
import { koreanDay } from '../shipment/korean-day.ts';
import { check, type Checked, type Source } from './check.ts';
import { createMeter } from './meter.ts';
import type { QuotaCounter } from './quota.store.ts';
import { emptyTally, isAlive, type Run } from './run.ts';
import type { RunRecords } from './run-record.store.ts';
import { type LegEnd, runLeg, type SyncPorts } from './sync.ts';
import { isWaybillNumber, none, planRound, roundBudget, scheduledQuota } from './whom-to-ask.ts';

/** Body of a message on the tracking queue. Version first; without a kind it is a start. */
export const trackingMessage = z.union([
  z.object({ v: z.literal(1), kind: z._default(z.literal('start'), 'start') }),
  z.object({ v: z.literal(1), kind: z.literal('continue'), runId: z.string(), leg: z.int() }),
  z.object({ v: z.literal(1), kind: z.literal('one'), shipmentId: z.string() }),
]);
export type TrackingMessage = z.infer<typeof trackingMessage>;

export interface RoundPorts extends Omit<SyncPorts, 'sources' | 'records'> {
  records: RunRecords;
  counter: QuotaCounter;
  /** in the order to try */
  askers: readonly { name: string; ask: TraceSource }[];
  send: (message: TrackingMessage, delaySeconds: number) => Promise<void>;
}
export interface RoundSettings {
  periodMs: number;
  callsInFlight: number;
  carrierTimeoutMs: number;
  /** calls of a KST day; undefined = no quota */
  quota: number | undefined;
}
export interface Delivery {
  messageId: string;
  sentAt: number;
  /** when this invocation ends at the latest, epoch ms */
  deadline: number;
}
export type RoundOutcome =
  | { outcome: 'leg'; end: LegEnd; run: Run }
  | { outcome: 'checked'; checked: Checked }
  /** nothing to do: overlap with a live round, a round already ended, a parcel nobody can ask for */
  | { outcome: 'skipped'; why: 'overlap' | 'ended' | 'superseded' | 'not-followed' }
  /** another invocation has it; look again later */
  | { outcome: 'busy' };

/** While ePost does not answer a round waits this long; SQS offers up to 15 minutes. */
const WAIT_SECONDS = 600;
/** Shipments of a full ledger entry: what may still have to be asked when time is nearly out. */
const LARGEST_ENTRY = 97;

export const handleMessage = async (
  ports: RoundPorts,
  settings: RoundSettings,
  message: TrackingMessage,
  delivery: Delivery,
): Promise<RoundOutcome> => {
  switch (message.kind) {
    case 'start':
      return start(ports, settings, delivery);
    case 'continue':
      return work(ports, settings, message.runId, delivery);
    case 'one':
      return checkOne(ports, settings, message.shipmentId);
  }
};

const start = async (
  ports: RoundPorts,
  settings: RoundSettings,
  delivery: Delivery,
): Promise<RoundOutcome> => {
  const now = ports.clock();
  const runId = `${new Date(delivery.sentAt).toISOString()}#${delivery.messageId}`;
  const recent = await ports.records.latest(8);
  const [latest] = recent;
  if (latest !== undefined && latest.runId !== runId) {
    if (latest.runId > runId) return { outcome: 'skipped', why: 'superseded' };
    if (isAlive(latest, now)) return { outcome: 'skipped', why: 'overlap' };
  }
  await ports.records.begin(await newRun(ports, settings, runId, recent));
  return work(ports, settings, runId, delivery);
};

const newRun = async (
  ports: RoundPorts,
  { quota, periodMs }: RoundSettings,
  runId: string,
  recent: readonly Run[],
): Promise<Run> => {
  const now = ports.clock();
  const source = ports.askers[0]?.name ?? 'none';
  const used = quota === undefined ? 0 : await ports.counter.used(source, koreanDay(now));
  const budget = quota === undefined ? undefined : roundBudget(quota, used, now, periodMs);
  const demand = recent.find(({ outcome }) => outcome === 'done')?.tally.met ?? none();
  return {
    runId,
    startedAt: now,
    source,
    round: Math.floor(now / periodMs),
    shares: planRound(budget, demand),
    ...(budget !== undefined && { budget }),
    leg: 0,
    busyUntil: 0,
    beatAt: now,
    tally: emptyTally(),
    nextDueAt: now + periodMs,
  };
};

const work = async (
  ports: RoundPorts,
  settings: RoundSettings,
  runId: string,
  { deadline }: Delivery,
): Promise<RoundOutcome> => {
  const claimed = await claim(ports, runId, deadline);
  if (claimed.outcome !== 'claimed') return claimed;
  const { run } = claimed;
  const sources = meteredSources(ports, settings, run.budget, (quota) => scheduledQuota(quota));
  try {
    const limits = {
      callsInFlight: settings.callsInFlight,
      beginUntil: beginUntil(ports, settings, deadline),
    };
    const end = await runLeg({ ...ports, sources }, run, limits);
    await handOver(ports, run, end);
    return { outcome: 'leg', end, run };
  } finally {
    await Promise.all(sources.map(({ meter }) => meter.close()));
  }
};

type Claim = { outcome: 'claimed'; run: Run } | Extract<RoundOutcome, { outcome: 'skipped' | 'busy' }>;

const claim = async ({ records, clock }: RoundPorts, runId: string, deadline: number): Promise<Claim> => {
  const run = await records.read(runId);
  if (run === undefined || run.endedAt !== undefined) return { outcome: 'skipped', why: 'ended' };
  if (run.busyUntil > clock()) return { outcome: 'busy' };
  const [latest] = await records.latest();
  const superseded = latest !== undefined && latest.runId > runId;
  const { waiting: _over, ...rest } = run;
  const mine: Run = superseded
    ? { ...rest, busyUntil: 0, endedAt: clock(), outcome: 'superseded' }
    : { ...rest, leg: run.leg + 1, busyUntil: deadline, beatAt: clock() };
  if ((await records.save(mine, run.leg)) === 'overtaken') return { outcome: 'busy' };
  return superseded ? { outcome: 'skipped', why: 'superseded' } : { outcome: 'claimed', run: mine };
};

/** Leaves room to finish a whole entry even if every call takes its full time. */
const beginUntil = ({ clock }: RoundPorts, settings: RoundSettings, deadline: number): number => {
  const now = clock();
  const finishing = Math.ceil(LARGEST_ENTRY / settings.callsInFlight) * settings.carrierTimeoutMs + 15_000;
  // With very few lanes that would be the whole invocation: some progress is made in any case.
  return Math.max(now + (deadline - now) / 3, deadline - finishing);
};

const meteredSources = (
  { askers, counter, clock }: RoundPorts,
  { quota }: RoundSettings,
  budget: number | undefined,
  limitOf: (quota: number) => number,
): Source[] =>
  askers.map(({ name, ask }, i) => ({
    name,
    ask,
    meter: createMeter({
      counter,
      source: name,
      limit: quota === undefined ? undefined : limitOf(quota),
      // The budget is the first source's; a fallback has the rest of its own day.
      budget: i === 0 ? budget : undefined,
      clock,
    }),
  }));

/** Record first, then the message: a crash in between brings the old message back, which goes on just as well. */
const handOver = async ({ records, send, clock }: RoundPorts, run: Run, end: LegEnd): Promise<void> => {
  if (end === 'overtaken') return;
  run.busyUntil = 0;
  const now = clock();
  const waits = end === 'maintenance' || end === 'no-answers';
  if (end === 'finished') Object.assign(run, { endedAt: now, outcome: 'done' });
  else if (waits && now + WAIT_SECONDS * 1000 >= run.nextDueAt) {
    Object.assign(run, { endedAt: now, outcome: 'interrupted' });
  } else if (waits) run.waiting = end;
  if ((await records.save(run, run.leg)) === 'overtaken' || run.endedAt !== undefined) return;
  await send({ v: 1, kind: 'continue', runId: run.runId, leg: run.leg }, waits ? WAIT_SECONDS : 0);
};

/** A check by hand: may use the part of the quota that rounds leave alone. */
const checkOne = async (
  ports: RoundPorts,
  settings: RoundSettings,
  shipmentId: string,
): Promise<RoundOutcome> => {
  const [shipment] = await ports.store.read([shipmentId]);
  const number = shipment?.waybillNumber;
  const followed = shipment?.state === 'accepted' || shipment?.state === 'closed';
  if (shipment === undefined || !followed || !isWaybillNumber(number)) {
    return { outcome: 'skipped', why: 'not-followed' };
  }
  const now = ports.clock();
  const due = (await ports.records.latest())[0]?.nextDueAt ?? 0;
  const sources = meteredSources(ports, settings, undefined, (quota) => quota);
  try {
    const checked = await check(
      { ...ports, sources },
      { ...shipment, waybillNumber: number },
      due > now ? due : now + settings.periodMs,
    );
    return { outcome: 'checked', checked };
  } finally {
    await Promise.all(sources.map(({ meter }) => meter.close()));
  }
};
