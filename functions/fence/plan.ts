/** What has to be written so that a restored pool gives no number twice. Decided without I/O. */
import type { StoredLedgerEntry } from '../waybill/ledger.store.ts';
import { type LedgerEntry, ledgerSlot, type Segment } from '../waybill/ledger.ts';
import type { Block, PoolHead, Voided } from '../waybill/pool.ts';
import {
  createLocate,
  type Evidence,
  givenNumber,
  later,
  type Numbered,
  type Place,
  type RestoredTable,
} from './evidence.ts';

export interface FenceOrder {
  contractId: string;
  restored: readonly RestoredTable[];
  /** the highest number that was told or booked, as the shop, the archive or ePost knows it */
  told?: string;
  by: string;
  reason: string;
  now: number;
}

/** Why it cannot be safe. */
export type FenceProblem =
  /** no table remembers which numbers were given */
  | { kind: 'no-evidence' }
  /** the stated number is in no block of this contract */
  | { kind: 'told-unknown'; told: string }
  /** numbers were given from blocks that the pool does not know any more */
  | { kind: 'blocks-missing'; blocks: { block: number; first?: string; last?: string }[]; numbers: string[] }
  /** the block was imported anew with other numbers */
  | { kind: 'block-differs'; block: number; first: string; last: string };

export interface FencePlan {
  /** as it will stand before the fence's own entry, still without void numbers */
  head: PoolHead;
  /** entries that the ledger has lost, in order */
  entries: StoredLedgerEntry[];
  /** blocks with the marks that a restore took from them, by number */
  blocks: Map<number, Block>;
  /** of these, the changed ones */
  marked: Set<number>;
}

/**
 * Numbers that may have been given without being told: two allocators with a full batch each die after their commit and
 * before they tell, and ePost may know their numbers already.
 */
export const UNTOLD = 1_000;

export const planFence = (
  { head, blocks, ledger, highest, orphans, drawn }: Evidence,
  order: FenceOrder,
): { outcome: 'planned'; plan: FencePlan } | { outcome: 'refused'; problem: FenceProblem } => {
  const refused = (problem: FenceProblem) => ({ outcome: 'refused' as const, problem });
  if (order.restored.length === 3 && order.told === undefined) return refused({ kind: 'no-evidence' });
  const lost = lostBlocks(head, blocks, ledger.imported, ledger.end);
  const locate = createLocate(blocks);
  const rows = orphans.map((row) => ({ row, place: locate(givenNumber(row)) }));
  const strangers = rows.filter(
    ({ row, place }) => !drawn && givenNumber(row) !== undefined && place === undefined,
  );
  if (lost.length + strangers.length > 0) {
    const numbers = strangers.flatMap(({ row }) => givenNumber(row) ?? []).toSorted();
    return refused({ kind: 'blocks-missing', blocks: lost, numbers });
  }
  for (const { block, first, last } of ledger.imported) {
    const now = blocks.get(block);
    if (first !== undefined && last !== undefined && (now?.first !== first || now.last !== last))
      return refused({ kind: 'block-differs', block, first, last });
  }
  const told = locate(order.told);
  if (order.told !== undefined && told === undefined)
    return refused({ kind: 'told-unknown', told: order.told });
  const { marked, blocks: restored } = withMarks(blocks, ledger);
  const seq = newestSeq({ head, ledger, orphans });
  const cursor = [ledger.end, highest && next(highest), told && beyond(told, restored)].reduce<Place>(later, {
    block: head.block,
    position: head.position,
  });
  const available = leftFrom(cursor, restored);
  const fullMark = Math.max(available, head.fullMark);
  return {
    outcome: 'planned',
    plan: {
      head: { ...head, ...cursor, seq, available, fullMark },
      entries: lostEntries(order, ledger.present, seq, rows),
      blocks: restored,
      marked,
    },
  };
};

const next = ({ block, position }: Place): Place => ({ block, position: position + 1 });

/** The latest entry that anything speaks of. */
export const newestSeq = ({ head, ledger, orphans }: Pick<Evidence, 'head' | 'ledger' | 'orphans'>): number =>
  orphans.reduce((most, { ledgerSeq = 0 }) => Math.max(most, ledgerSeq), Math.max(head.seq, ledger.newest));

const lostBlocks = (
  head: PoolHead,
  blocks: ReadonlyMap<number, Block>,
  imported: Evidence['ledger']['imported'],
  end: Place | undefined,
) => {
  const last = Math.max(head.lastBlock, end?.block ?? 0, ...imported.map(({ block }) => block));
  return Array.from({ length: last }, (_, i) => i + 1)
    .filter((no) => !blocks.has(no))
    .map((no) => imported.find(({ block }) => block === no) ?? { block: no });
};

/** Behind the stated number and all that may have been given untold after it. */
const beyond = (told: Place, blocks: ReadonlyMap<number, Block>): Place => {
  let [{ block, position }, left] = [{ ...told, position: told.position + 1 }, UNTOLD];
  for (;;) {
    const size = blocks.get(block)?.size ?? 0;
    const step = Math.min(left, size - position);
    [position, left] = [position + step, left - step];
    if (left === 0 || !blocks.has(block + 1)) return { block, position };
    [block, position] = [block + 1, 0];
  }
};

const leftFrom = ({ block, position }: Place, blocks: ReadonlyMap<number, Block>): number =>
  [...blocks.values()].reduce((sum, one) => {
    if (one.block < block) return sum;
    const end = one.retired?.from ?? one.size;
    return sum + Math.max(0, end - (one.block === block ? position : 0));
  }, 0);

/** What was given back or made void stays so, also where the block has forgotten it. */
const withMarks = (before: ReadonlyMap<number, Block>, { retired, voided }: Evidence['ledger']) => {
  const blocks = new Map(before);
  const marked = new Set<number>();
  for (const [no, mark] of retired) {
    const block = blocks.get(no);
    if (block === undefined || block.retired !== undefined) continue;
    blocks.set(no, { ...block, retired: mark });
    marked.add(no);
  }
  for (const { block: no, ...range } of voided) {
    const block = blocks.get(no);
    const known = block?.voided?.some((one) => one.from <= range.from && range.from < one.from + one.count);
    if (block === undefined || known === true) continue;
    blocks.set(no, withVoid(block, [range]));
    marked.add(no);
  }
  return { blocks, marked };
};

/** The block with more void numbers, in order. */
export const withVoid = (block: Block, ranges: readonly Voided[]): Block => ({
  ...block,
  voided: [...(block.voided ?? []), ...ranges].toSorted((a, b) => a.from - b.from),
});

type Row = { row: Numbered; place: Place | undefined };

/** As `planAllocation` wrote them, from what the shipments say; an entry that no shipment speaks of leaves a note. */
const lostEntries = (
  { contractId, by, reason, now }: FenceOrder,
  present: ReadonlySet<number>,
  newest: number,
  rows: readonly Row[],
): StoredLedgerEntry[] => {
  const bySeq = Map.groupBy(rows, ({ row }) => row.ledgerSeq ?? 0);
  return Array.from({ length: newest }, (_, i) => i + 1)
    .filter((seq) => !present.has(seq))
    .map((seq) => {
      const own = bySeq.get(seq);
      if (own === undefined) return { contractId, seq, kind: 'fenced', at: now, by, reason };
      const ordered = own.toSorted(
        (a, b) =>
          (a.place?.block ?? 0) - (b.place?.block ?? 0) ||
          (a.place?.position ?? 0) - (b.place?.position ?? 0),
      );
      const at = Math.min(...own.map(({ row }) => row.allocatedAt ?? now));
      const slot = ledgerSlot(contractId, seq);
      const places = ordered.flatMap(({ place }) => place ?? []);
      return {
        contractId,
        seq,
        kind: 'allocated',
        at,
        ...(places.length > 0 && { segments: segmentsOf(places) }),
        ids: ordered.map(({ row }) => row.shipmentId).join('\n'),
        openSlot: slot,
        unsentSlot: slot,
        openSince: at,
      };
    });
};

const segmentsOf = (places: readonly Place[]): Segment[] => {
  const segments: Segment[] = [];
  for (const { block, position } of places) {
    const last = segments.at(-1);
    if (last?.block === block && last.from + last.count === position) last.count += 1;
    else segments.push({ block, from: position, count: 1 });
  }
  return segments;
};

/** Stored form → entry, for a walk over what will be. */
export const readable = ({ ids, ...entry }: StoredLedgerEntry): LedgerEntry => ({
  ...entry,
  shipmentIds: ids === undefined ? [] : ids.split('\n'),
});
