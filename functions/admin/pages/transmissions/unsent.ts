/** Shipments that ePost does not hold: those under way from the ledger's unsent list, those that stand still from the index. */
import { isUnsent } from '../../../promise/standing.ts';
import type { ListedShipment } from '../../../shipment/listing.store.ts';
import type { LedgerCursor } from '../../../waybill/ledger.store.ts';
import type { Ports } from '../../ports.ts';

export interface Found {
  shipments: ListedShipment[];
  /** there are more than were looked at */
  cut: boolean;
}
type UnsentPorts = Pick<Ports, 'ledger' | 'listed' | 'shipments'>;

/** Waiting, allocated, sending, unknown and retrying ones; at most about `most` are looked at. */
export const readUnsent = async (ports: UnsentPorts, most: number): Promise<Found> => {
  const perSlot = Math.ceil(most / ports.ledger.slots.length);
  const [slots, waiting] = await Promise.all([
    Promise.all(ports.ledger.slots.map((slot) => unsentOf(ports, slot, perSlot))),
    idsOf(ports, 'waiting', most),
  ]);
  const listed = await ports.listed([...slots.flatMap(({ ids }) => ids), ...waiting.ids]);
  return {
    shipments: [...listed.values()].filter((shipment) => isUnsent(shipment)),
    cut: waiting.cut || slots.some(({ cut }) => cut),
  };
};

/** Refused and parked ones. */
export const readFailed = async (ports: UnsentPorts, most: number): Promise<Found> => {
  const { ids, cut } = await failedIds(ports, most);
  const listed = await ports.listed(ids);
  // The index may lag behind a shipment that is on its way again.
  return { shipments: [...listed.values()].filter(isFailed), cut };
};

export const isFailed = ({ state }: Pick<ListedShipment, 'state'>): boolean =>
  state === 'refused' || state === 'parked';

/** Ids alone: a count costs no look at the records. */
export const failedIds = async (ports: Pick<Ports, 'shipments'>, most: number) => {
  const [refused, parked] = await Promise.all([idsOf(ports, 'refused', most), idsOf(ports, 'parked', most)]);
  return { ids: [...refused.ids, ...parked.ids].slice(0, most), cut: refused.cut || parked.cut };
};

const idsOf = async (
  { shipments }: Pick<Ports, 'shipments'>,
  kind: 'waiting' | 'refused' | 'parked',
  most: number,
) => {
  const found: string[] = [];
  for await (const ids of shipments.attention(kind)) {
    found.push(...ids);
    if (found.length >= most) return { ids: found.slice(0, most), cut: true };
  }
  return { ids: found, cut: false };
};

const unsentOf = async ({ ledger }: Pick<Ports, 'ledger'>, slot: string, most: number) => {
  const ids: string[] = [];
  let cursor: LedgerCursor | undefined;
  do {
    const page = await ledger.unsentEntries(slot, cursor);
    ids.push(...page.entries.flatMap(({ shipmentIds }) => shipmentIds));
    cursor = page.cursor;
    if (ids.length >= most) return { ids: ids.slice(0, most), cut: true };
  } while (cursor !== undefined);
  return { ids, cut: false };
};
