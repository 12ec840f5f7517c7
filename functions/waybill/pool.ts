/**
 * The waybill pool of one contract: blocks of numbers ePost lent, and one head that says how far they are used.
 * Numbers are opaque strings of 13 digits (their check digit rule is not public): never computed beyond the
 * runs an operator states to be complete.
 */
import type { Contract } from '../merchant/contract.ts';
import type { Segment } from './ledger.ts';

export const WAYBILL_NUMBER = /^\d{13}$/;
const DIGITS = 13;

/** Cursor and totals; every change advances `seq`, so one condition guards them all. */
export interface PoolHead {
  contractId: string;
  item: 'head';
  /** of the latest ledger entry */
  seq: number;
  /** block in use, 1-based; position of its next free number */
  block: number;
  position: number;
  /** highest block number imported; 0 = none */
  lastBlock: number;
  /** numbers not yet given away */
  available: number;
  /** `available` right after the latest import: what "low" is measured by */
  fullMark: number;
  /** advances when a block is imported or retired: what a reader knows of the blocks is then old */
  revision: number;
  /** no number is given and no block retired until it is lifted; orders stay queued */
  frozen?: Mark;
}
/** Who set something apart, when and why. */
export interface Mark {
  at: number;
  by: string;
  reason: string;
}
/** Numbers `from … from+count-1` of a block that nobody may be given (any more). */
export type Voided = Mark & { from: number; count: number };

/** The pool is frozen: what asked for a number stays queued. */
export class PoolFrozen extends Error {
  override name = 'PoolFrozen';
}

/** Others kept changing the pool: what asked for a number stays queued. Asking in smaller parts would only add to it. */
export class PoolContended extends Error {
  override name = 'PoolContended';
}

interface BlockBase {
  contractId: string;
  /** `block#000001` */
  item: string;
  block: number;
  size: number;
  first: string;
  last: string;
  importedAt: number;
  by: string;
  /** day on which ePost lent them, where it was stated: yyyy-mm-dd of Korea */
  receivedOn?: string;
  /** given back to ePost: numbers from this position on are void, by whom, when and why */
  retired?: Mark & { from: number };
  /** skipped by a restore, or given to a shipment whose record was lost in one; in order, never overlapping */
  voided?: Voided[];
}
/** A run the operator states to be complete, or explicit numbers packed end to end. */
export type Block = BlockBase & ({ kind: 'run' } | { kind: 'list'; numbers: string });

export const blockItem = (block: number): string => `block#${String(block).padStart(6, '0')}`;

export const emptyHead = (contractId: string): PoolHead => ({
  contractId,
  item: 'head',
  seq: 0,
  block: 1,
  position: 0,
  lastBlock: 0,
  available: 0,
  fullMark: 0,
  revision: 0,
});

/** The number at a position (0-based) of a block. */
export const numberAt = (block: Block, position: number): string => {
  if (position < 0 || position >= block.size) throw new RangeError(`Block has no position ${position}`);
  if (block.kind === 'list') return block.numbers.slice(position * DIGITS, (position + 1) * DIGITS);
  return String(Number(block.first) + position).padStart(DIGITS, '0');
};

/** Position of a number in a block, or undefined. */
export const positionOf = (block: Block, waybillNumber: string): number | undefined => {
  if (block.kind === 'run') {
    const position = Number(waybillNumber) - Number(block.first);
    return position >= 0 && position < block.size ? position : undefined;
  }
  for (let position = 0; position < block.size; position++)
    if (block.numbers.startsWith(waybillNumber, position * DIGITS)) return position;
  return undefined;
};

export interface Taking {
  numbers: string[];
  segments: Segment[];
  block: number;
  position: number;
}

/**
 * Takes up to `wanted` numbers from the cursor on, opening the next block by itself; fewer when the pool ends.
 * A block that is needed but not among `blocks` is asked for by its number: load it and call again.
 */
export const takeNumbers = (
  head: PoolHead,
  blocks: ReadonlyMap<number, Block>,
  wanted: number,
): { outcome: 'taken'; taking: Taking } | { outcome: 'load'; block: number } => {
  const numbers: string[] = [];
  const segments: Segment[] = [];
  let { block, position } = head;
  while (numbers.length < wanted && block <= head.lastBlock) {
    const current = blocks.get(block);
    if (current === undefined) return { outcome: 'load', block };
    const end = current.retired?.from ?? current.size;
    const count = Math.max(0, Math.min(wanted - numbers.length, end - position));
    if (count > 0) segments.push({ block, from: position, count });
    for (let i = 0; i < count; i++) numbers.push(numberAt(current, position + i));
    position += count;
    if (numbers.length === wanted) break;
    block += 1;
    position = 0;
  }
  return { outcome: 'taken', taking: { numbers, segments, block, position } };
};

/** Position of the block's first number that no parcel has. */
export const usedUpTo = (block: Pick<Block, 'block' | 'size' | 'retired'>, head: PoolHead): number => {
  const end = block.retired?.from ?? block.size;
  if (block.block < head.block) return end;
  return block.block === head.block ? Math.min(head.position, end) : 0;
};

/** Numbers left at which an operator should ask ePost for more: the contract's own, or a fifth of a full pool. */
export const lowWaterOf = (contract: Pick<Contract, 'lowWater'>, head: PoolHead): number =>
  contract.lowWater ?? Math.floor(head.fullMark / 5);

/** The level an allocation has just crossed, if any: told once per crossing. */
export const crossedLevel = (
  before: number,
  after: number,
  lowWater: number,
): 'low' | 'empty' | undefined => {
  if (after === 0 && before > 0) return 'empty';
  return before > lowWater && after <= lowWater ? 'low' : undefined;
};
