/** What one allocation writes, decided without I/O. */
import { attentionKeys, type Shipment } from '../shipment/shipment.ts';
import { ledgerSlot } from './ledger.ts';
import type { StoredLedgerEntry } from './ledger.store.ts';
import type { PoolHead, Taking } from './pool.ts';

/**
 * DynamoDB takes 100 items a transaction: 97 shipments, the pool head and the ledger entry leave one spare.
 */
export const SHIPMENTS_PER_TRANSACTION = 97;

/** What must still be true of the stored record for this write. */
export type Expectation = 'new' | { state: 'waiting' | 'refused'; fingerprint: string };

export interface Candidate {
  /** everything known before a number is given; state and number are filled in here */
  shipment: Omit<Shipment, 'state'>;
  expect: Expectation;
}

export type AllocationResult =
  | { outcome: 'allocated'; shipment: Shipment }
  | { outcome: 'waiting'; candidate: Candidate }
  | { outcome: 'already'; candidate: Candidate; existing: Shipment };

export interface AllocationPlan {
  head: PoolHead;
  entry: StoredLedgerEntry;
  shipments: Shipment[];
}

/** One head update, one ledger entry and the shipments' records, as they will be after the commit. */
export const planAllocation = (
  head: PoolHead,
  taking: Taking | 'carrier-issued',
  candidates: readonly Candidate[],
  now: number,
): AllocationPlan => {
  const seq = head.seq + 1;
  const numbers = taking === 'carrier-issued' ? undefined : taking.numbers;
  const shipments = candidates.map(({ shipment, expect }, i): Shipment => {
    const {
      attentionSlot: _slot,
      attentionKey: _key,
      waitingFor: _waiting,
      refusal: _refusal,
      ...kept
    } = shipment;
    const waybillNumber = numbers?.[i];
    return {
      ...kept,
      state: 'allocated',
      ledgerSeq: seq,
      allocatedAt: now,
      ...(waybillNumber !== undefined && { waybillNumber }),
      ...(expect !== 'new' && expect.state === 'waiting' && { waited: true as const }),
    };
  });
  const slot = ledgerSlot(head.contractId, seq);
  return {
    head: {
      ...head,
      seq,
      ...(taking !== 'carrier-issued' && {
        block: taking.block,
        position: taking.position,
        available: head.available - taking.numbers.length,
      }),
    },
    entry: {
      contractId: head.contractId,
      seq,
      kind: 'allocated',
      at: now,
      ...(taking !== 'carrier-issued' && { segments: taking.segments }),
      ids: shipments.map(({ shipmentId }) => shipmentId).join('\n'),
      openSlot: slot,
      unsentSlot: slot,
      openSince: now,
    },
    shipments,
  };
};

/** A shipment that has to wait, as it is stored. */
export const asWaiting = (
  { shipment }: Candidate,
  waitingFor: NonNullable<Shipment['waitingFor']>,
): Shipment => ({ ...shipment, state: 'waiting', waitingFor, ...attentionKeys('waiting', shipment) });
