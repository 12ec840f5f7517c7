/**
 * Deals a round's parcels to the lanes, keeps account of which ledger entries are done, and takes an entry off
 * the work list when all its parcels are at their end.
 */
import type { Clock } from '../runtime/clock.ts';
import type { LedgerEntry } from '../waybill/ledger.ts';
import type { Ledger } from '../waybill/ledger.store.ts';
import { entryKey, type PagePorts, readPages } from './pages.ts';
import type { Position, Run } from './run.ts';
import { type Followed, isTurn, isWaybillNumber, paceOf, standingOf } from './whom-to-ask.ts';

interface OpenPage {
  at: Position;
  next: Position | undefined;
  left: number;
  done: string[];
}
interface Slip {
  page: OpenPage;
  entry: LedgerEntry;
  left: number;
  /** some parcel of the entry needs another round */
  open: boolean;
}
export interface Job {
  parcel: Followed & { waybillNumber: string };
  slip: Slip;
}
export interface Feed {
  /** The next parcel to ask; undefined at the end of the list, or when no more may be begun. */
  next(): Promise<Job | undefined>;
  /** @param open whether the parcel needs another round */
  finish(job: Job, open: boolean): Promise<void>;
  /** Where another invocation would go on; undefined when nothing is left. */
  position(): Position | undefined;
}
export interface FeedPorts extends PagePorts {
  ledger: Pick<Ledger, 'slots' | 'openEntries' | 'close'>;
  clock: Clock;
}

/** A record missing this long after its entry was written has been removed for good, not delayed. */
const MISSING_IS_GONE = 24 * 3_600_000;

/** @param mayBegin asked before each entry (an entry begun is finished) and, when it stops the round, each parcel */
export const createFeed = (
  ports: FeedPorts,
  run: Run,
  mayBegin: () => 'go' | 'finish-begun' | 'stop',
): Feed => {
  const from = run.position ?? { slot: 0, done: [] };
  const walk = readPages(ports, run.round % ports.ledger.slots.length, from);
  const pages: OpenPage[] = [];
  let waiting: { entry: LedgerEntry; parcels: Followed[]; page: OpenPage }[] = [];
  let queue: Job[] = [];
  let after: Position | undefined = from;
  let begun = 0;

  const turnPage = async (): Promise<boolean> => {
    const { value: page } = await walk.next();
    if (page === undefined) {
      after = undefined;
      return false;
    }
    after = page.next;
    const open = { at: page.at, next: page.next, left: page.entries.length, done: [...page.at.done] };
    waiting = page.entries.map((item) => ({ ...item, page: open }));
    if (open.left > 0) pages.push(open);
    return true;
  };
  const finishEntry = async ({ page, entry, open }: Slip) => {
    if (!open) {
      await ports.ledger.close(entry, ports.clock());
      run.tally.closedEntries++;
    }
    page.left--;
    page.done.push(entryKey(entry));
    while (pages[0]?.left === 0) pages.shift();
  };
  const beginEntry = async (item: (typeof waiting)[number]) => {
    begun++;
    const now = ports.clock();
    const missing = item.entry.shipmentIds.length > item.parcels.length;
    const slip: Slip = { page: item.page, entry: item.entry, left: 0, open: false };
    if (missing && now - item.entry.at < MISSING_IS_GONE) slip.open = true;
    queue = item.parcels.flatMap((parcel) => select(run, parcel, slip, now));
    slip.left = queue.length;
    if (slip.left === 0) await finishEntry(slip);
  };
  return {
    next: async () => {
      for (;;) {
        const may = mayBegin();
        if (may === 'stop') return undefined;
        const job = queue.shift();
        if (job !== undefined) return job;
        // One entry in any case: a leg without progress would be followed by another.
        if (may === 'finish-begun' && begun > 0) return undefined;
        const item = waiting.shift();
        if (item !== undefined) await beginEntry(item);
        else if (!(await turnPage())) return undefined;
      }
    },
    finish: async ({ slip }, open) => {
      slip.open ||= open;
      if (--slip.left === 0) await finishEntry(slip);
    },
    position: () => {
      const first = pages[0];
      return first === undefined ? after : { ...first.at, done: [...first.done] };
    },
  };
};

/** A parcel's turn, or the reason it has none, noted in the tally and on its entry. */
const select = (run: Run, parcel: Followed, slip: Slip, now: number): Job[] => {
  const standing = standingOf(parcel, now);
  if (standing === 'ended') return [];
  if (standing === 'silent') {
    run.tally.silent++;
    return [];
  }
  slip.open ||= standing === 'wait';
  const { waybillNumber } = parcel;
  if (standing === 'wait' || !isWaybillNumber(waybillNumber)) return [];
  const pace = paceOf(parcel, now);
  run.tally.met[pace]++;
  if (isTurn(parcel.shipmentId, run.round, run.shares[pace])) {
    return [{ parcel: { ...parcel, waybillNumber }, slip }];
  }
  run.tally.uncovered++;
  slip.open = true;
  return [];
};
