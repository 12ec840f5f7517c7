/** What is typed into the search box: a waybill number, a shipment id, or an order number. */
import type { ListedShipment } from '../../../shipment/listing.store.ts';
import type { OurNumber } from '../../../waybill/find-number.store.ts';
import type { Ports } from '../../ports.ts';

export type SearchPorts = Pick<Ports, 'findNumber' | 'listed' | 'ledgerSearch' | 'shipments'>;

/** What was looked through: the ledger knows shipments by id alone, so an order is looked for among recent ones. */
export interface Covered {
  shops: number;
  shipments: number;
  /** the oldest of them; absent: none */
  since?: number;
  /** everything there is was looked through */
  whole: boolean;
}
export type Searched =
  /** `path`: the last part of its page's address */
  | { outcome: 'one'; path: string }
  | { outcome: 'several'; shipments: ListedShipment[]; covered: Covered }
  /** one of our numbers that no shipment has */
  | { outcome: 'no-shipment'; number: OurNumber }
  | { outcome: 'none'; covered: Covered };

/** Ledger entries looked through, each of up to 97 shipments: all of one shop's, or shared among the shops. */
const ENTRIES_OF_ONE = 40;
const ENTRIES_IN_ALL = 60;
/** Shipments without a number yet are in no ledger entry. */
const APART = 200;

/** 13 digits, or 5-4-4 as printed. */
export const asNumber = (text: string): string | undefined => {
  const plain = text.replaceAll(/[\s-]/g, '');
  return /^\d{13}$/.test(plain) && /^\d{5}-?\d{4}-?\d{4}$/.test(text.replaceAll(/\s/g, ''))
    ? plain
    : undefined;
};
const isShipmentId = (text: string): boolean => /^[A-Za-z0-9._:-]{1,50}$/.test(text);

/** @param contractIds where order numbers, and numbers that ePost drew itself, are looked for */
export const search = async (
  ports: SearchPorts,
  text: string,
  contractIds: readonly string[],
): Promise<Searched> => {
  const number = asNumber(text);
  if (number !== undefined) {
    const found = await ports.findNumber(number);
    if (found.outcome === 'given') return { outcome: 'one', path: number };
    if (found.outcome !== 'not-ours') return { outcome: 'no-shipment', number: found };
  }
  if (isShipmentId(text) && (await ports.listed([text])).has(text))
    return { outcome: 'one', path: encodeURIComponent(text) };
  const { shipments, covered } = await recentOf(ports, contractIds);
  const hits = shipments.filter((shipment) => answersTo(shipment, text, number));
  if (hits.length === 0) return { outcome: 'none', covered };
  const [only] = hits;
  return hits.length === 1 && only !== undefined
    ? { outcome: 'one', path: encodeURIComponent(only.shipmentId) }
    : { outcome: 'several', shipments: hits, covered };
};

const answersTo = (
  { orderId, waybillNumber, formerNumbers = [] }: ListedShipment,
  text: string,
  number: string | undefined,
): boolean =>
  orderId === text ||
  (number !== undefined &&
    (waybillNumber === number || formerNumbers.some((former) => former.number === number)));

/** The newest shipments of these contracts, newest first, and how far back that goes. */
export const recentOf = async (
  ports: Omit<SearchPorts, 'findNumber'>,
  contractIds: readonly string[],
): Promise<{ shipments: ListedShipment[]; covered: Covered }> => {
  const each =
    contractIds.length <= 1 ? ENTRIES_OF_ONE : Math.max(1, Math.floor(ENTRIES_IN_ALL / contractIds.length));
  const parts = await Promise.all(contractIds.map((id) => ports.ledgerSearch.recent(id, each)));
  const apart = await Promise.all(contractIds.map((id) => withoutNumber(ports, id)));
  const ids = [
    ...parts.flatMap((entries) => entries.flatMap(({ shipmentIds }) => shipmentIds)),
    ...apart.flat(),
  ];
  const shipments = [...(await ports.listed(ids)).values()].toSorted((a, b) => b.receivedAt - a.receivedAt);
  const oldest = shipments.at(-1)?.receivedAt;
  return {
    shipments,
    covered: {
      shops: contractIds.length,
      shipments: shipments.length,
      ...(oldest !== undefined && { since: oldest }),
      whole: parts.every((entries) => entries.length < each),
    },
  };
};

const withoutNumber = async (ports: Pick<Ports, 'shipments'>, contractId: string): Promise<string[]> => {
  const found: string[] = [];
  for (const kind of ['waiting', 'refused'] as const)
    for await (const ids of ports.shipments.attention(kind, contractId)) {
      found.push(...ids);
      if (found.length >= APART) return found;
    }
  return found;
};
