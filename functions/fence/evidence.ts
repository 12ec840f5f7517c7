/** What tells how far a pool was used, whichever of its tables a restore has rewound. */
import type { Shipment } from '../shipment/shipment.ts';
import type { LedgerEntry, Segment } from '../waybill/ledger.ts';
import { type Block, type Mark, numberAt, type PoolHead, positionOf } from '../waybill/pool.ts';

/** Tables that were put back to an earlier time. */
export const TABLES = ['pools', 'ledger', 'shipments'] as const;
export type RestoredTable = (typeof TABLES)[number];

/** A shipment that says which entry gave its number. */
export type Numbered = Pick<
  Shipment,
  'shipmentId' | 'contractId' | 'ledgerSeq' | 'allocatedAt' | 'waybillNumber' | 'formerNumbers'
>;

/** What a contract's ledger says as a whole; its numbers' owners are not in it. */
export interface LedgerFacts {
  /** of the newest entry */
  newest: number;
  present: ReadonlySet<number>;
  /** behind the last number that an entry gave */
  end: Place | undefined;
  imported: { block: number; first?: string; last?: string }[];
  /** blocks given back, and from which position (derived where an old entry does not say it) */
  retired: Map<number, Mark & { from: number }>;
  voided: (Mark & Segment)[];
}
export interface Place {
  block: number;
  position: number;
}
export interface Evidence {
  head: PoolHead;
  blocks: ReadonlyMap<number, Block>;
  ledger: LedgerFacts;
  /** the last number that any shipment has, whatever entry it names: entries may have been written over */
  highest: Place | undefined;
  /** shipments of entries that the ledger does not have */
  orphans: readonly Numbered[];
  /** ePost draws this contract's numbers: one that is in no block is none of ours */
  drawn: boolean;
}

const isBefore = (a: Place, b: Place): boolean =>
  a.block < b.block || (a.block === b.block && a.position < b.position);
export const later = <P extends Place>(a: P, b: Place | undefined): Place =>
  b !== undefined && isBefore(a, b) ? b : a;

/** The pool's own number of a shipment: ePost draws another one for a cancelled parcel. */
export const givenNumber = ({ formerNumbers, waybillNumber }: Numbered): string | undefined =>
  formerNumbers?.[0]?.number ?? waybillNumber;

/** Finds the place of a number; the numbers of a listed block are searched once. */
export const createLocate = (blocks: ReadonlyMap<number, Block>) => {
  const listed = new Map<number, Map<string, number>>();
  const positionsOf = (block: Block) => {
    const known = listed.get(block.block);
    if (known !== undefined) return known;
    const positions = new Map(Array.from({ length: block.size }, (_, i) => [numberAt(block, i), i]));
    listed.set(block.block, positions);
    return positions;
  };
  return (number: string | undefined): Place | undefined => {
    if (number === undefined) return undefined;
    for (const [no, block] of blocks) {
      const position = block.kind === 'list' ? positionsOf(block).get(number) : positionOf(block, number);
      if (position !== undefined) return { block: no, position };
    }
    return undefined;
  };
};

/** Entries in order, boiled down. */
export const factsOf = (entries: readonly LedgerEntry[], before?: LedgerFacts): LedgerFacts => {
  const facts = before ?? {
    newest: 0,
    present: new Set<number>(),
    end: undefined,
    imported: [],
    retired: new Map<number, Mark & { from: number }>(),
    voided: [],
  };
  const { imported, retired, voided } = facts;
  const present = facts.present as Set<number>;
  let { newest, end } = facts;
  for (const { seq, kind, at, by = '', reason = '', block, first, last, ...entry } of entries) {
    newest = Math.max(newest, seq);
    present.add(seq);
    for (const { block: no, from, count } of entry.segments ?? []) {
      const place = { block: no, position: from + count };
      end = end === undefined ? place : later(end, place);
    }
    if (kind === 'imported' && block !== undefined)
      imported.push({ block, ...(first !== undefined && last !== undefined && { first, last }) });
    if (kind === 'retired' && block !== undefined) {
      const used = end !== undefined && end.block === block ? end.position : 0;
      retired.set(block, { at, by, reason, from: entry.from ?? used });
    }
    for (const segment of entry.voided ?? []) voided.push({ at, by, reason, ...segment });
  }
  return { newest, present, end, imported, retired, voided };
};
