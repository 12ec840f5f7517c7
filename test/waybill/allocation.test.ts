/** What one allocation writes, to the last attribute. */
import { describe, expect, it } from 'vitest';
import { attentionKeys } from '../../functions/shipment/shipment.ts';
import { asWaiting, type Candidate, planAllocation } from '../../functions/waybill/allocation.ts';
import { ledgerSlot } from '../../functions/waybill/ledger.ts';
import { emptyHead, type Taking } from '../../functions/waybill/pool.ts';
import { aShipment, T0 } from '../support/builders.ts';

const head = { ...emptyHead('sodam'), seq: 6, block: 1, position: 9, lastBlock: 2, available: 11 };
const taking: Taking = {
  numbers: ['6899900000001', '7000000000000'],
  segments: [
    { block: 1, from: 9, count: 1 },
    { block: 2, from: 0, count: 1 },
  ],
  block: 2,
  position: 1,
};
const bare = (shipmentId: string): Candidate['shipment'] => {
  const {
    state: _state,
    waybillNumber: _number,
    ledgerSeq: _seq,
    allocatedAt: _at,
    ...kept
  } = aShipment({ shipmentId });
  return kept;
};
const refusal = { code: 'FIELD', reason: '…', mustAct: 'merchant', at: T0 } as const;
const candidates: Candidate[] = [
  { shipment: bare('A'), expect: 'new' },
  {
    shipment: {
      ...bare('B'),
      waitingFor: 'pool-empty',
      refusal,
      ...attentionKeys('waiting', { shipmentId: 'B', contractId: 'sodam' }),
    },
    expect: { state: 'waiting', fingerprint: 'fp-1' },
  },
];

describe('what one allocation writes', () => {
  it('moves the head behind the numbers taken, and keeps the rest of it', () => {
    expect(planAllocation(head, taking, candidates, T0).head).toEqual({
      ...head,
      seq: 7,
      block: 2,
      position: 1,
      available: 9,
    });
    expect(planAllocation(head, 'carrier-issued', candidates, T0).head).toEqual({ ...head, seq: 7 });
  });

  it('explains them in the ledger, open and unsent', () => {
    const slot = ledgerSlot('sodam', 7);
    const entry = {
      contractId: 'sodam',
      seq: 7,
      kind: 'allocated',
      at: T0,
      ids: 'A\nB',
      openSlot: slot,
      unsentSlot: slot,
      openSince: T0,
    };
    expect(planAllocation(head, taking, candidates, T0).entry).toEqual({
      ...entry,
      segments: taking.segments,
    });
    expect(planAllocation(head, 'carrier-issued', candidates, T0).entry).toEqual(entry);
  });

  it('gives each shipment its number in turn; what waited is remembered to have waited, and waits no more', () => {
    const { shipments } = planAllocation(head, taking, candidates, T0);
    const given = { state: 'allocated', ledgerSeq: 7, allocatedAt: T0 };
    expect(shipments).toEqual([
      { ...bare('A'), ...given, waybillNumber: '6899900000001' },
      { ...bare('B'), ...given, waybillNumber: '7000000000000', waited: true },
    ]);
    const drawn = planAllocation(head, 'carrier-issued', candidates, T0).shipments;
    expect(drawn).toEqual([
      { ...bare('A'), ...given },
      { ...bare('B'), ...given, waited: true },
    ]);
  });

  it('of a refused one that was corrected is told by its order, so it did not wait', () => {
    const corrected: Candidate = { shipment: bare('C'), expect: { state: 'refused', fingerprint: 'fp-0' } };
    expect(planAllocation(head, taking, [corrected], T0).shipments[0]).not.toHaveProperty('waited');
  });
});

it('what has to wait is found by the list of the waiting', () => {
  const [candidate] = candidates as [Candidate];
  expect(asWaiting(candidate, 'pool-empty')).toEqual({
    ...candidate.shipment,
    state: 'waiting',
    waitingFor: 'pool-empty',
    ...attentionKeys('waiting', candidate.shipment),
  });
});
