import { OUR_SOURCE } from '../events.ts';
import type { ReadContract } from '../merchant/contract.store.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Queue } from '../runtime/queue.client.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import type { Ledger, LedgerCursor } from '../waybill/ledger.store.ts';
import { isWatched, type Standing, standingOf, sumStandings } from './standing.ts';

export interface WatchPorts {
  ledger: Pick<Ledger, 'slots' | 'unsentEntries' | 'markSent'>;
  shipments: Pick<Shipments, 'readStates' | 'attention'>;
  contract: ReadContract;
  /** whether a contract's pool has numbers and is not frozen */
  givesNumbers: (contractId: string) => Promise<boolean>;
  transmission: Pick<Queue, 'send' | 'depth'>;
  orderEvents: Pick<Queue, 'send'>;
  clock: Clock;
  count: (name: string, value?: number) => void;
  gauge: (name: string, value: number, unit: 'Seconds' | 'Count') => void;
}

/**
 * Measures the promise from the tables and picks up what fell between: shipments nobody works on get a new
 * queue message, waiting ones are looked at again once they can be served.
 * The second time: the same measures; a second message for a shipment changes nothing (the claim decides).
 */
export const watch = async (ports: WatchPorts): Promise<Standing> => {
  const slots = await Promise.all(ports.ledger.slots.map((slot) => watchSlot(ports, slot)));
  const standing = sumStandings([...slots, await watchWaiting(ports)]);
  const sentAgain = await sendStragglers(ports, standing);
  ports.gauge('OldestUnacceptedSeconds', Math.round(standing.oldestAge / 1000), 'Seconds');
  ports.gauge('OldestUnknownSeconds', Math.round(standing.oldestUnknown / 1000), 'Seconds');
  ports.gauge('ShipmentsUnsent', standing.unsent, 'Count');
  ports.gauge('ShipmentsLate', standing.late, 'Count');
  ports.gauge('ShipmentsParked', await countAttention(ports, 'parked'), 'Count');
  ports.gauge('ShipmentsRefusedOpen', await countAttention(ports, 'refused'), 'Count');
  ports.count('StragglersSentAgain', sentAgain);
  ports.count('WatchHeartbeat');
  return standing;
};

/**
 * While ePost is down, or many wait their turn, a shipment rests longer than any normal work takes although its
 * message is there. Only when the queue holds fewer messages than shipments on their way is one certainly lost.
 */
const sendStragglers = async (
  { transmission }: WatchPorts,
  { stragglers, queued }: Pick<Standing, 'stragglers' | 'queued'>,
): Promise<number> => {
  if (stragglers.length === 0 || (await transmission.depth()) >= queued) return 0;
  await transmission.send(stragglers.map((shipmentId) => ({ body: { v: 1, shipmentId } })));
  return stragglers.length;
};

const watchSlot = async (ports: WatchPorts, slot: string): Promise<Standing> => {
  const parts: Standing[] = [];
  let cursor: LedgerCursor | undefined;
  do {
    const page = await ports.ledger.unsentEntries(slot, cursor);
    const states = await ports.shipments.readStates(page.entries.flatMap(({ shipmentIds }) => shipmentIds));
    parts.push(standingOf(states.values(), ports.clock()));
    for (const entry of page.entries) {
      const watched = entry.shipmentIds.some((id) => {
        const shipment = states.get(id);
        return shipment !== undefined && isWatched(shipment, ports.clock());
      });
      if (!watched) await ports.ledger.markSent(entry);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return sumStandings(parts);
};

/** Waiting shipments have no ledger entry yet: they are found by the attention index. */
const watchWaiting = async (ports: WatchPorts): Promise<Standing> => {
  const parts: Standing[] = [];
  const contracts = new Set<string>();
  let waiting = 0;
  for await (const ids of ports.shipments.attention('waiting')) {
    const states = await ports.shipments.readStates(ids);
    const still = [...states.values()].filter(({ state }) => state === 'waiting');
    waiting += still.length;
    for (const { contractId } of still) contracts.add(contractId);
    parts.push(standingOf(still, ports.clock()));
  }
  ports.gauge('ShipmentsWaitingNow', waiting, 'Count');
  const servable = await Promise.all(
    [...contracts].map(async (id) => ((await canServe(ports, id)) ? [id] : [])),
  );
  await ports.orderEvents.send(servable.flat().map((contractId) => ({ body: contractChanged(contractId) })));
  return sumStandings(parts);
};

const canServe = async (ports: WatchPorts, contractId: string): Promise<boolean> => {
  const contract = await ports.contract(contractId);
  if (contract === undefined || contract.status !== 'active') return false;
  return contract.numbering === 'carrier-issued' || (await ports.givesNumbers(contractId));
};

/** As the rule would deliver our own event. */
const contractChanged = (contractId: string) => ({
  source: OUR_SOURCE,
  'detail-type': 'ContractChanged',
  detail: { contractId },
});

const countAttention = async (ports: WatchPorts, kind: 'refused' | 'parked'): Promise<number> => {
  let total = 0;
  for await (const ids of ports.shipments.attention(kind)) total += ids.length;
  return total;
};
