/** One invocation's part of a round, and how rounds are handed from one invocation to the next. */
import type { TraceSource } from '../epost/trace-reply.ts';
import type { Source } from './check.ts';
import type { TrackingMessage } from './message.ts';
import { createMeter } from './meter.ts';
import type { QuotaCounter } from './quota.store.ts';
import type { Run } from './run.ts';
import type { RunRecords } from './run-record.store.ts';
import { type LegEnd, runLeg, type SyncPorts } from './sync.ts';
import { scheduledQuota } from './whom-to-ask.ts';

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
export type LegOutcome =
  | { outcome: 'leg'; end: LegEnd; run: Run }
  | { outcome: 'skipped'; why: 'ended' | 'superseded' }
  /** another invocation has it; look again later */
  | { outcome: 'busy' };

/** While ePost does not answer a round waits this long; SQS offers up to 15 minutes. */
const WAIT_SECONDS = 600;
/** Shipments of a full ledger entry: what may still have to be asked when time is nearly out. */
const LARGEST_ENTRY = 97;

/**
 * One invocation's part of a round: claims it, works, and hands the rest on. Told again while it is worked on:
 * busy; after its end: nothing.
 */
export const workOn = async (
  ports: RoundPorts,
  settings: RoundSettings,
  runId: string,
  { deadline }: Delivery,
): Promise<LegOutcome> => {
  const claimed = await claim(ports, runId, deadline);
  if (claimed.outcome !== 'claimed') return claimed;
  const { run } = claimed;
  // What rounds leave alone is kept for checks by hand, and a round asked for by hand is one.
  const limitOf = run.askedBy === undefined ? scheduledQuota : (quota: number) => quota;
  const sources = meteredSources(ports, settings, run.budget, limitOf);
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

type Claim = { outcome: 'claimed'; run: Run } | Exclude<LegOutcome, { outcome: 'leg' }>;

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

/** @param limitOf how much of the day's quota this caller may bring the total to */
export const meteredSources = (
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
