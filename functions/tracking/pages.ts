/** The work list page by page: the next page is read while this one is being asked, so no lane waits for it. */
import type { TrackingStore } from '../shipment/tracking.store.ts';
import type { LedgerEntry } from '../waybill/ledger.ts';
import type { Ledger } from '../waybill/ledger.store.ts';
import type { Position } from './run.ts';
import type { Followed } from './whom-to-ask.ts';

export interface Page {
  at: Position;
  entries: { entry: LedgerEntry; parcels: Followed[] }[];
  /** where the walk goes on; undefined at its end */
  next: Position | undefined;
}
export interface PagePorts {
  ledger: Pick<Ledger, 'slots' | 'openEntries'>;
  store: Pick<TrackingStore, 'read'>;
}

/** Up to 97 parcels an entry: two pages held at a time are a few MB at most, whatever the number of parcels. */
const ENTRIES_PER_PAGE = 10;

/**
 * All open entries from a position on.
 * @param firstSlot rounds begin at different slots, so that what runs out of quota is not always the same
 */
export async function* readPages(
  ports: PagePorts,
  firstSlot: number,
  from: Position,
): AsyncGenerator<Page, void> {
  let reading: Promise<Page> | undefined = readPage(ports, firstSlot, from);
  while (reading !== undefined) {
    const page: Page = await reading;
    reading = page.next && readPage(ports, firstSlot, page.next);
    // Its error is met when it is awaited; a walk that stops before that does not care.
    reading?.catch(() => undefined);
    yield page;
  }
}

export const entryKey = ({ contractId, seq }: Pick<LedgerEntry, 'contractId' | 'seq'>) =>
  `${contractId}#${seq}`;

const readPage = async ({ ledger, store }: PagePorts, firstSlot: number, at: Position): Promise<Page> => {
  const slots = ledger.slots.length;
  const slot = ledger.slots[(firstSlot + at.slot) % slots] ?? '';
  const { entries, cursor } = await ledger.openEntries(slot, at.cursor, ENTRIES_PER_PAGE);
  const done = new Set(at.done);
  const todo = entries.filter((entry) => !done.has(entryKey(entry)));
  const found = await store.read(todo.flatMap(({ shipmentIds }) => shipmentIds));
  const byId = new Map(found.map((shipment) => [shipment.shipmentId, shipment]));
  const next = cursor === undefined ? { slot: at.slot + 1, done: [] } : { slot: at.slot, cursor, done: [] };
  return {
    at,
    entries: todo.map((entry) => ({
      entry,
      parcels: entry.shipmentIds.flatMap((id) => byId.get(id) ?? []),
    })),
    next: next.slot < slots ? next : undefined,
  };
};
