/** One contract's ledger walked from its first entry to the pool's cursor, holding a page of it at a time. */
import type { Shipment } from '../shipment/shipment.ts';
import type { LedgerEntry, Segment } from '../waybill/ledger.ts';
import { type Block, numberAt, type PoolHead } from '../waybill/pool.ts';
import type { Damage } from './finding.ts';

/** What a shipment says of its numbers. */
export type Held = Pick<Shipment, 'shipmentId' | 'waybillNumber' | 'formerNumbers'>;

export interface LedgerReader {
  /** Contracts that have numbers at all, in order. */
  owners(): Promise<string[]>;
  head(contractId: string): Promise<PoolHead>;
  /** Of the newest entry; 0 = none. */
  newestSeq(contractId: string): Promise<number>;
  /** The next page of entries after `after` up to `upTo`, in order; empty at the end. */
  entries(contractId: string, after: number, upTo: number): Promise<LedgerEntry[]>;
  /** Missing ids are left out. */
  held(shipmentIds: readonly string[]): Promise<Map<string, Held>>;
  block(contractId: string, block: number): Promise<Block | undefined>;
}

/** Where a walk stands: the last entry looked at, and where the next one should take its first number. */
export interface Walk {
  contractId: string;
  seq: number;
  block: number;
  position: number;
}
export const beginWalk = (contractId: string): Walk => ({ contractId, seq: 0, block: 1, position: 0 });

export interface WalkPorts {
  ledger: LedgerReader;
  /** entries given before then (epoch ms) are not compared with their shipments */
  compareSince: number;
  /** asked between pages */
  mustStop: () => boolean;
  found: (damage: Damage) => void;
}

/**
 * Explains every number below the cursor: assigned by exactly one entry to a shipment that has it, or void with who,
 * when and why. Whatever cannot be explained is `found`. Nothing is written; again: the same findings.
 * Answers undefined at the end, or where to go on.
 */
export const walkLedger = async (ports: WalkPorts, begun: Walk): Promise<Walk | undefined> => {
  const { ledger, found } = ports;
  const { contractId } = begun;
  // In this order: what is written in one transaction can then only be newer in the head.
  const newest = await ledger.newestSeq(contractId);
  const head = await ledger.head(contractId);
  if (head.seq < newest) found({ kind: 'pool-rewound', seq: head.seq, ledgerSeq: newest });
  let walk = begun;
  for (;;) {
    const page = await ledger.entries(contractId, walk.seq, head.seq);
    if (page.length === 0) break;
    const compared = page.filter(({ at, segments }) => segments !== undefined && at >= ports.compareSince);
    const held = await ledger.held(compared.flatMap(({ shipmentIds }) => shipmentIds));
    for (const entry of page)
      walk = await step(ports, walk, entry, compared.includes(entry) ? held : undefined);
    if (ports.mustStop()) return walk;
  }
  if (walk.seq < head.seq) found({ kind: 'entry-missing', seq: walk.seq + 1, count: head.seq - walk.seq });
  if (isBefore(head, walk)) found({ kind: 'cursor-behind', block: head.block, position: head.position });
  await explainGap(ports, walk, head);
  return undefined;
};

interface Place {
  block: number;
  position: number;
}
const isBefore = (a: Place, b: Place) =>
  a.block < b.block || (a.block === b.block && a.position < b.position);

const step = async (
  ports: WalkPorts,
  before: Walk,
  entry: LedgerEntry,
  held: ReadonlyMap<string, Held> | undefined,
): Promise<Walk> => {
  const { found } = ports;
  const missing = entry.seq - before.seq - 1;
  if (missing > 0) found({ kind: 'entry-missing', seq: before.seq + 1, count: missing });
  let walk = { ...before, seq: entry.seq };
  const { segments = [], shipmentIds, seq } = entry;
  const numbers = segments.reduce((sum, { count }) => sum + count, 0);
  if (entry.segments !== undefined && numbers !== shipmentIds.length)
    found({ kind: 'entry-unfit', seq, numbers, shipments: shipmentIds.length });
  let taken = 0;
  for (const segment of segments) {
    const start = { block: segment.block, position: segment.from };
    const end = { block: segment.block, position: segment.from + segment.count };
    if (isBefore(start, walk)) await reportTwice(ports, walk, entry, segment);
    else await explainGap(ports, walk, start);
    const ids = shipmentIds.slice(taken, taken + segment.count);
    taken += segment.count;
    await checkSegment(ports, walk.contractId, entry, segment, ids, held);
    if (isBefore(walk, end)) walk = { ...walk, ...end };
  }
  return walk;
};

const reportTwice = async (ports: WalkPorts, walk: Walk, { seq }: LedgerEntry, segment: Segment) => {
  const count =
    segment.block < walk.block ? segment.count : Math.min(segment.count, walk.position - segment.from);
  const block = await ports.ledger.block(walk.contractId, segment.block);
  if (block === undefined) return;
  const { from } = segment;
  ports.found({ kind: 'number-twice', seq, block: segment.block, from, count, first: numberAt(block, from) });
};

/** Numbers from one place up to another that no entry gave: given back, void, or a hole. */
const explainGap = async ({ ledger, found }: WalkPorts, walk: Walk, to: Place): Promise<void> => {
  for (let no = walk.block; no <= to.block; no++) {
    const begin = no === walk.block ? walk.position : 0;
    if (no === to.block && to.position <= begin) continue;
    const block = await ledger.block(walk.contractId, no);
    if (block === undefined) {
      found({ kind: 'block-missing', block: no });
      continue;
    }
    const end = Math.min(no === to.block ? to.position : block.size, block.retired?.from ?? block.size);
    for (const { from, count } of unvoided(block, begin, end))
      found({ kind: 'hole', block: no, from, count, first: numberAt(block, from) });
  }
};

/** The parts of `begin … end-1` that are not void. */
const unvoided = ({ voided = [] }: Block, begin: number, end: number): { from: number; count: number }[] => {
  const parts: { from: number; count: number }[] = [];
  let from = begin;
  for (const skipped of voided) {
    if (skipped.from + skipped.count <= from || skipped.from >= end) continue;
    if (skipped.from > from) parts.push({ from, count: skipped.from - from });
    from = skipped.from + skipped.count;
  }
  if (from < end) parts.push({ from, count: end - from });
  return parts;
};

const checkSegment = async (
  { ledger, found }: WalkPorts,
  contractId: string,
  { seq, at }: LedgerEntry,
  segment: Segment,
  ids: readonly string[],
  held: ReadonlyMap<string, Held> | undefined,
): Promise<void> => {
  const block = await ledger.block(contractId, segment.block);
  if (block === undefined) return found({ kind: 'block-missing', block: segment.block });
  const dead = deadBefore(block, segment, at);
  if (dead !== undefined)
    found({ kind: 'void-given', seq, block: segment.block, ...dead, first: numberAt(block, dead.from) });
  if (held === undefined) return;
  const isVoid = (position: number) =>
    block.voided?.some(({ from, count }) => position >= from && position < from + count) === true;
  ids.forEach((shipmentId, i) => {
    const position = segment.from + i;
    if (position >= block.size || isVoid(position)) return;
    const number = numberAt(block, position);
    const shipment = held.get(shipmentId);
    if (shipment === undefined) {
      const place = { block: segment.block, from: position };
      return found({ kind: 'shipment-missing', seq, shipmentId, number, place });
    }
    // ePost draws another number for a cancelled parcel: what we gave is the first of the history.
    const first = shipment.formerNumbers?.[0]?.number ?? shipment.waybillNumber;
    if (first !== number) found({ kind: 'other-number', seq, shipmentId, number, holds: first });
  });
};

/** The first numbers of a segment that were void or given back already when they were given. */
const deadBefore = ({ voided = [], retired, size }: Block, { from, count }: Segment, at: number) => {
  const dead = [...voided, ...(retired ? [{ ...retired, count: size - retired.from }] : [])].find(
    (one) => one.at < at && one.from < from + count && from < one.from + one.count,
  );
  if (dead === undefined) return undefined;
  const begin = Math.max(from, dead.from);
  return { from: begin, count: Math.min(from + count, dead.from + dead.count) - begin };
};
