import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLedgerSearch } from './ledger-search.store.ts';
import type { LedgerEntry } from './ledger.ts';
import { readBlock, readHead } from './pool.store.ts';
import { type Block, type PoolHead, positionOf } from './pool.ts';
import { readRegistry } from './registry.store.ts';

/** Where a number is and what became of it. `position` is 0-based within its block. */
export type FoundNumber =
  | ({ outcome: 'given'; shipmentId: string; ledgerSeq: number; at: number } & Place)
  /** not given to anyone yet */
  | ({ outcome: 'free' } & Place)
  /** its block was given back to ePost before it was used */
  | ({ outcome: 'retired'; at: number; by: string; reason: string } & Place)
  /** skipped by a restore, or its shipment's record was lost in one */
  | ({ outcome: 'void'; at: number; by: string; reason: string } & Place)
  /** below the cursor and in no entry of the ledger: a finding of the ledger audit */
  | ({ outcome: 'unexplained' } & Place)
  /** in no block that was ever imported: another carrier's, or drawn by ePost itself */
  | { outcome: 'not-ours' };
/** One of ours, whatever became of it. */
export type OurNumber = Exclude<FoundNumber, { outcome: 'not-ours' }>;
export interface Place {
  contractId: string;
  block: number;
  position: number;
}

/** What became of a waybill number (13 digits): block → position → ledger entry → shipment. */
export type FindNumber = (waybillNumber: string) => Promise<FoundNumber>;

/** One read of the registry, one per block that may hold it, and some twenty of the ledger. */
export const createFindNumber = (
  doc: DynamoDBDocumentClient,
  tables: { pools: string; ledger: string },
): FindNumber => {
  const ledger = createLedgerSearch(doc, tables.ledger);
  return async (waybillNumber) => {
    const span = { first: waybillNumber, last: waybillNumber };
    for (const { owner, block: no } of await readRegistry(doc, tables.pools, span)) {
      const block = await readBlock(doc, tables.pools, owner, no);
      const position = positionOf(block, waybillNumber);
      if (position === undefined) continue;
      const place = { contractId: owner, block: no, position };
      const head = await readHead(doc, tables.pools, owner);
      const unused = unusedAs(block, head, place);
      if (unused !== undefined) return unused;
      const entry = await ledger.lastWhere(owner, head.seq, (one) => beginsAtOrBefore(one, place));
      const shipmentId = entry && shipmentAt(entry, place);
      return entry === undefined || shipmentId === undefined
        ? { outcome: 'unexplained', ...place }
        : { outcome: 'given', shipmentId, ledgerSeq: entry.seq, at: entry.at, ...place };
    }
    return { outcome: 'not-ours' };
  };
};

const unusedAs = ({ retired, voided = [] }: Block, head: PoolHead, place: Place): FoundNumber | undefined => {
  const skipped = voided.find(({ from, count }) => place.position >= from && place.position < from + count);
  if (skipped !== undefined) {
    const { at, by, reason } = skipped;
    return { outcome: 'void', at, by, reason, ...place };
  }
  if (retired !== undefined && place.position >= retired.from) {
    const { at, by, reason } = retired;
    return { outcome: 'retired', at, by, reason, ...place };
  }
  const ahead = place.block > head.block || (place.block === head.block && place.position >= head.position);
  return ahead ? { outcome: 'free', ...place } : undefined;
};

const beginsAtOrBefore = ({ segments }: LedgerEntry, { block, position }: Place): boolean => {
  const first = segments?.[0];
  return first !== undefined && (first.block < block || (first.block === block && first.from <= position));
};

/** The n-th shipment of an entry has the n-th number of its segments. */
const shipmentAt = ({ segments = [], shipmentIds }: LedgerEntry, place: Place): string | undefined => {
  let before = 0;
  for (const { block, from, count } of segments) {
    if (block === place.block && place.position >= from && place.position < from + count)
      return shipmentIds[before + place.position - from];
    before += count;
  }
  return undefined;
};
