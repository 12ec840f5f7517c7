/** One parcel under one waybill, its whole life. Keyed by shipment id, never by order id (R31). */
import type { MustAct, WaitingReason } from '../events.ts';
import type { Parcel } from '../epost/parcel.ts';
import type { TrackingStatus } from '../epost/status-words.ts';
import { merchantOf } from '../merchant/contract.ts';

/**
 * Where the shipment stands with us:
 * waiting (no number or contract yet) → allocated → sending → accepted → closed,
 * with unknown (an attempt whose outcome must be asked for), retrying (a definite temporary failure),
 * refused (someone must act; see refusal), parked (an operator must look) and cancelled beside it.
 */
export type ShipmentState =
  | 'waiting'
  | 'allocated'
  | 'sending'
  | 'unknown'
  | 'retrying'
  | 'accepted'
  | 'refused'
  | 'parked'
  | 'cancelled'
  | 'closed';

/** States in which ePost does not hold the parcel yet and the 20-minute promise (A1) is running. */
export const UNSENT_STATES = ['waiting', 'allocated', 'sending', 'unknown', 'retrying'] as const;

export interface Refusal {
  /** ePost's ERR-abc, or ours: FIELD (own check), SYSTEM, NUMBER-MISMATCH, DOUBLE-BOOKING, ATTEMPTS */
  code: string;
  /** Korean, names the fix */
  reason: string;
  mustAct: MustAct;
  field?: string;
  at: number;
}

/** ePost's confirmation. */
export interface Booked {
  reqNo: string;
  resNo: string;
  postOffice?: string;
  feeWon?: number;
  at: number;
}

/** Where the parcel stands on the road; written only when it changes. */
export interface Tracked {
  status: TrackingStatus;
  /** ePost's word */
  word: string;
  office?: string;
  /** time of the scan, epoch ms */
  at: number;
  /** how many scans we have seen: tells a new answer from a known one */
  scans: number;
  /** order state last told (R06) */
  orderStatus: '배송중' | '배송완료' | null;
  changedAt: number;
}

/** The stored record. All times epoch ms UTC. */
export interface Shipment {
  shipmentId: string;
  orderId: string;
  contractId: string;
  /** hash of the event's body: the same parcel told again, or a conflict */
  fingerprint: string;
  state: ShipmentState;
  waitingFor?: WaitingReason;
  waybillNumber?: string;
  /** numbers this shipment had before (A7), oldest first */
  formerNumbers?: { number: string; until: number; reason: string }[];
  /** ledger entry that gave the number */
  ledgerSeq?: number;
  /** when the event was accepted: the promise counts from here */
  receivedAt: number;
  deadline: number;
  allocatedAt?: number;
  /** it waited for its number, so no order's message is kept that would tell it again: the drain tells it as well */
  waited?: true;
  /** transmission attempts begun */
  attempt: number;
  attemptAt?: number;
  /** KST day (yyyymmdd) of the attempt: GetResInfo is keyed by it */
  attemptDay?: string;
  /** not before this time again */
  notBefore?: number;
  /** why the last attempt did not end well, a short code */
  cause?: string;
  refusal?: Refusal;
  booking?: Booked;
  /** asked for and not decided yet, or done */
  cancel?: { at: number; reason?: string };
  /** the last cancellation that was asked for and refused; the parcel goes on */
  cancelRefused?: { at: number; reason: string };
  box?: { number: number; of: number };
  /** personal data lives only here; removed after the retention time */
  parcel?: Parcel;
  tracked?: Tracked;
  /** timeline, compact: [epoch ms, word, office][] newest last, capped */
  scans?: [number, string, string][];
  /** sparse index of what needs a look (GSI `attention`) */
  attentionSlot?: string;
  attentionKey?: string;
}

/** The part of each outgoing event that says which shipment it is about. */
export const aboutShipment = (shipment: Pick<Shipment, 'shipmentId' | 'orderId' | 'contractId'>) => ({
  version: 1 as const,
  shipmentId: shipment.shipmentId,
  orderId: shipment.orderId,
  ...merchantOf(shipment.contractId),
});

const ATTENTION_SLOTS = 4;

/**
 * Keys of the sparse `attention` index: kind by hashed slot, then contract and id, so one busy contract
 * does not make one hot index key.
 */
export const attentionKeys = (
  kind: 'waiting' | 'refused' | 'parked',
  shipment: Pick<Shipment, 'shipmentId' | 'contractId'>,
): { attentionSlot: string; attentionKey: string } => ({
  attentionSlot: `${kind}#${slotOf(shipment.shipmentId, ATTENTION_SLOTS)}`,
  attentionKey: `${shipment.contractId}#${shipment.shipmentId}`,
});

/** All slots of one kind, for reading the index. */
export const attentionSlots = (kind: 'waiting' | 'refused' | 'parked'): string[] =>
  Array.from({ length: ATTENTION_SLOTS }, (_, slot) => `${kind}#${slot}`);

/** FNV-1a: spreads keys over slots; not a secret. */
export const slotOf = (key: string, slots: number): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % slots;
};
