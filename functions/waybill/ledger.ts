/**
 * The allocation ledger: one append-only entry per change of a contract's pool, written in the same
 * transaction. It explains every number below the cursor (P4), is what a restore is fenced by, and is at once
 * the work list of the watch (`unsent`) and of tracking (`open`), so shipments need no index of their own.
 */
import { slotOf } from '../shipment/shipment.ts';

/** Numbers `from … from+count-1` (positions, 0-based) of one block. */
export interface Segment {
  block: number;
  from: number;
  count: number;
}

export interface LedgerEntry {
  contractId: string;
  /** 1, 2, 3 … per contract without a gap */
  seq: number;
  kind: 'allocated' | 'imported' | 'retired' | 'fenced';
  at: number;
  /** allocated: the n-th shipment has the n-th number of the segments in order (none when ePost numbers) */
  segments?: Segment[];
  /** allocated */
  shipmentIds: string[];
  /** imported, retired: which block; all but allocated: by whom */
  block?: number;
  by?: string;
  /** imported: its first and last number */
  first?: string;
  last?: string;
  /** retired: position from which its numbers are void */
  from?: number;
  /** retired, fenced */
  reason?: string;
  /** fenced: numbers that a restore made void */
  voided?: Segment[];
}

const SLOTS = 8;

export const ledgerSlots = (): string[] => Array.from({ length: SLOTS }, (_, slot) => String(slot));

/** Index keys of an entry whose parcels are still on their way: hashed, so a hot contract is no hot key. */
export const ledgerSlot = (contractId: string, seq: number): string =>
  String(slotOf(`${contractId}#${seq}`, SLOTS));

/** Same index, other key: entries whose parcels have all ended, until their personal data may go. */
export const closedSlot = (slot: string): string => `closed#${slot}`;
/** Closed entries whose never-sent shipments are done with; the others are still to be forgotten. */
export const forgettingSlot = (slot: string): string => `forgetting#${slot}`;
