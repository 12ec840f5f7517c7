/** The daily removal of personal data whose time is over (requirements section 8). */
import type { Clock } from '../runtime/clock.ts';
import type { LedgerEntry } from '../waybill/ledger.ts';
import type { RetainedEntries } from '../waybill/retained.store.ts';
import { forgetAt, type Retention } from './forget.ts';
import type { Forgetting } from './retain.store.ts';
import type { Shipments } from './shipment.store.ts';

export interface RetainPorts {
  entries: RetainedEntries;
  shipments: Forgetting;
  attention: Shipments['attention'];
  clock: Clock;
  retention: Retention;
  count: (name: string, value?: number) => void;
  /** ms left of this invocation */
  timeLeft: () => number;
}
/** What is begun in this time is finished; the rest waits for tomorrow's run. */
const STOP_BEFORE_MS = 20_000;
/** Writes in flight: gentle on the table, fast enough for a night. */
const AT_ONCE = 10;

/**
 * Forgets the recipients whose time is over: in closed ledger entries, in entries that one slow parcel keeps open, and
 * in shipments that never got a number. The second time: nothing is left to forget. Cut short, it goes on next time.
 */
export const retain = async (ports: RetainPorts): Promise<{ forgotten: number; finished: boolean }> => {
  const now = ports.clock();
  const { sentMs, unsentMs } = ports.retention;
  const soonest = Math.min(sentMs, unsentMs);
  const counts = { forgotten: 0 };
  const walks = [
    () => walkEntries(ports, 'open', now - soonest, counts),
    () => walkEntries(ports, 'closed', now - soonest, counts),
    () => walkEntries(ports, 'forgetting', now - Math.max(sentMs, unsentMs), counts),
    () => walkAttention(ports, counts),
  ];
  let finished = true;
  for (const walk of walks) finished = (await walk()) && finished;
  ports.count('RecipientsForgotten', counts.forgotten);
  ports.count(finished ? 'RetainHeartbeat' : 'RetainCutShort');
  return { ...counts, finished };
};

type Counts = { forgotten: number };

const walkEntries = async (
  ports: RetainPorts,
  stage: 'open' | 'closed' | 'forgetting',
  before: number,
  counts: Counts,
): Promise<boolean> => {
  for await (const entries of ports.entries.since(stage, before)) {
    for (const entry of entries) {
      if (ports.timeLeft() < STOP_BEFORE_MS) return false;
      const kept = await forgetDue(ports, entry.shipmentIds, stage !== 'open', counts);
      await moveOn(ports, stage, entry, kept);
    }
  }
  return true;
};

const moveOn = async ({ entries }: RetainPorts, stage: string, entry: LedgerEntry, kept: number) => {
  if (stage === 'open') return;
  if (kept === 0) await entries.done(entry);
  else if (stage === 'closed') await entries.later(entry);
};

const walkAttention = async (ports: RetainPorts, counts: Counts): Promise<boolean> => {
  for (const kind of ['waiting', 'refused', 'parked'] as const)
    for await (const ids of ports.attention(kind)) {
      if (ports.timeLeft() < STOP_BEFORE_MS) return false;
      await forgetDue(ports, ids, false, counts);
    }
  return true;
};

/** How many of these still have a recipient afterwards. */
const forgetDue = async (
  { shipments, clock, retention }: RetainPorts,
  ids: readonly string[],
  over: boolean,
  counts: Counts,
): Promise<number> => {
  const left = (await shipments.read(ids)).filter(({ hasParcel }) => hasParcel);
  const due = left.filter((shipment) => (forgetAt(shipment, over, retention) ?? Infinity) <= clock());
  let forgotten = 0;
  for (let i = 0; i < due.length; i += AT_ONCE) {
    const ends = await Promise.all(due.slice(i, i + AT_ONCE).map((shipment) => shipments.forget(shipment)));
    forgotten += ends.filter((end) => end === 'forgotten').length;
  }
  counts.forgotten += forgotten;
  return left.length - forgotten;
};
