/** A tracking round: its record, and the arithmetic of what it has seen. Read by the console (배송상태 갱신). */
import type { LedgerCursor } from '../waybill/ledger.store.ts';
import { none, type PerPace } from './whom-to-ask.ts';

/** Where a round stands in the work list, so that another invocation can go on. */
export interface Position {
  /** n-th of the ledger's slots, counted from the round's own first */
  slot: number;
  cursor?: LedgerCursor;
  /** entries of that page already done, `contractId#seq` */
  done: string[];
}

export interface Tally {
  asked: number;
  changed: number;
  /** numbers ePost shows no scan for */
  notYet: number;
  /** of them, numbers it should know by now */
  notFound: number;
  /** parcels on the road that were not asked this round: their turn is later or the quota is used up */
  uncovered: number;
  /** parcels given up after two months without a sign */
  silent: number;
  unknownWords: number;
  closedEntries: number;
  /** questions without an answer, by cause */
  failed: Record<string, number>;
  /** parcels on the road by pace: the next round's plan */
  met: PerPace;
  /** the first changed shipments, [shipment id, status] */
  changes: [string, string][];
}

export interface Run {
  runId: string;
  startedAt: number;
  /** the operator who asked for it between the scheduled rounds, as shown; absent: the schedule */
  askedBy?: string;
  source: string;
  /** number of the round since 1970 */
  round: number;
  shares: PerPace;
  /** calls left; absent = no quota */
  budget?: number;
  /** counts invocations that worked on this round; fences a late one */
  leg: number;
  /** an invocation works on it until then at the latest; 0 = none does */
  busyUntil: number;
  /** last sign of life */
  beatAt: number;
  /** why it waits for its next leg, when the carrier does not answer */
  waiting?: Stop;
  position?: Position;
  tally: Tally;
  nextDueAt: number;
  endedAt?: number;
  outcome?: 'done' | 'interrupted' | 'superseded';
}

/** maintenance: ePost says so · no-answers: many questions in a row without a usable answer */
export type Stop = 'maintenance' | 'no-answers';

export const emptyTally = (): Tally => ({
  asked: 0,
  changed: 0,
  notYet: 0,
  notFound: 0,
  uncovered: 0,
  silent: 0,
  unknownWords: 0,
  closedEntries: 0,
  failed: {},
  met: none(),
  changes: [],
});

/** Enough to see what a round did; the events are the full list. */
const CHANGES_KEPT = 100;

export const noteChange = (tally: Tally, shipmentId: string, status: string): void => {
  tally.changed++;
  if (tally.changes.length < CHANGES_KEPT) tally.changes.push([shipmentId, status]);
};

export const noteFailure = (tally: Tally, cause: string): void => {
  tally.failed[cause] = (tally.failed[cause] ?? 0) + 1;
};

/** Longer than a sync function can live: a round without a sign for this long is dead. */
const DEAD_AFTER = 20 * 60_000;

/** Whether a round is being worked on, so that another would only ask everything twice. */
export const isAlive = (run: Run, now: number): boolean => {
  if (run.endedAt !== undefined) return false;
  if (run.busyUntil > now) return true;
  return run.waiting === undefined && now - run.beatAt < DEAD_AFTER;
};

/**
 * When the schedule begins the next round, epoch ms: rounds asked for by hand do not move it. Undefined where no
 * scheduled round is among them.
 * @param runs newest first
 */
export const nextScheduled = (
  runs: readonly Pick<Run, 'startedAt' | 'askedBy'>[],
  now: number,
  periodMs: number,
): number | undefined => {
  const last = runs.find(({ askedBy }) => askedBy === undefined)?.startedAt;
  if (last === undefined) return undefined;
  return last + (Math.floor(Math.max(0, now - last) / periodMs) + 1) * periodMs;
};
