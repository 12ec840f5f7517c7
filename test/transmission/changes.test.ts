/** To the last attribute: what a change leaves behind is what a later touch reads. */
import { describe, expect, it } from 'vitest';
import * as changes from '../../functions/transmission/changes.ts';
import { attentionKeys, type Refusal } from '../../functions/shipment/shipment.ts';
import { aShipment, T0 } from '../support/builders.ts';

const ATTENTION = ['attentionSlot', 'attentionKey'];
const booking = { reqNo: '1', resNo: '2', waybillNumber: '6899900123456' };
const refusal: Refusal = { code: 'ERR-322', reason: '…', mustAct: 'merchant', at: T0 };

describe('what becomes of a record', () => {
  it('that ePost holds: the booking with what ePost said of it, and nothing of the waiting', () => {
    const drops = ['cause', 'notBefore', 'refusal', ...ATTENTION];
    expect(changes.accepted(booking, false, T0)).toEqual({
      set: { state: 'accepted', booking: { reqNo: '1', resNo: '2', at: T0 } },
      remove: drops,
    });
    expect(changes.accepted({ ...booking, postOffice: '서울중앙', price: 0 }, true, T0)).toEqual({
      set: {
        state: 'accepted',
        booking: { reqNo: '1', resNo: '2', postOffice: '서울중앙', feeWon: 0, at: T0 },
        waybillNumber: '6899900123456',
        allocatedAt: T0,
      },
      remove: drops,
    });
  });

  it('whose outcome is unknown: the attempt counts only when it was one of ours', () => {
    const shipment = aShipment({ attempt: 2 });
    expect(changes.asUnknown(shipment, 'timeout', true)).toEqual({
      set: { state: 'unknown', cause: 'timeout' },
    });
    expect(changes.asUnknown(shipment, 'system', false)).toEqual({
      set: { state: 'unknown', cause: 'system', attempt: 1 },
    });
  });

  it('that was certainly not sent: the attempt is given back', () => {
    expect(changes.released(aShipment({ attempt: 3 }), 'maintenance', T0 + 5)).toEqual({
      set: { state: 'retrying', cause: 'maintenance', attempt: 2, notBefore: T0 + 5 },
    });
  });

  it('that a person sends again: a new promise of the same length, asked about first where ePost may have it', () => {
    const parked = aShipment({ state: 'parked', attempt: 5, attemptAt: T0, deadline: T0 + 7 });
    const afresh = changes.afresh(parked, T0 + 1000);
    expect(afresh).toEqual({
      set: { state: 'unknown', attempt: 0, receivedAt: T0 + 1000, deadline: T0 + 1007 },
      remove: ['refusal', 'cause', 'notBefore', 'cancelRefused', ...ATTENTION],
    });
    const never = aShipment({ state: 'parked' });
    expect(changes.afresh(never, T0).set.state, 'nothing ever left').toBe('allocated');
    const refused = aShipment({ state: 'refused', attempt: 1, attemptAt: T0 });
    expect(changes.afresh(refused, T0).set.state, 'ePost does not have it').toBe('allocated');
  });

  it('that someone must act on: found by the list of its kind, with the reason', () => {
    const shipment = aShipment();
    expect(changes.refused(shipment, refusal)).toEqual({
      set: { state: 'refused', refusal, ...attentionKeys('refused', shipment) },
      remove: ['cause', 'notBefore'],
    });
    expect(changes.parked(shipment, refusal)).toEqual({
      set: { state: 'parked', refusal, ...attentionKeys('parked', shipment) },
      remove: ['notBefore'],
    });
    expect(changes.parked(shipment, refusal, booking).set.booking).toEqual({
      reqNo: '1',
      resNo: '2',
      at: refusal.at,
    });
  });

  it('that is taken back: it ends, under the number that ePost left it with', () => {
    const remove = ['cause', 'notBefore', ...ATTENTION];
    expect(changes.cancelled()).toEqual({ set: { state: 'cancelled' }, remove });
    const before = [{ number: '1', until: 1, reason: '…' }];
    const shipment = aShipment({ formerNumbers: before });
    expect(changes.cancelledUnder(shipment, '7000000000000', T0)).toEqual({
      set: {
        state: 'cancelled',
        waybillNumber: '7000000000000',
        formerNumbers: [
          ...before,
          { number: '6899900123456', until: T0, reason: '우체국 예약취소로 번호가 바뀜' },
        ],
      },
      remove,
    });
    const { waybillNumber: _none, ...bare } = aShipment();
    expect(changes.cancelledUnder(bare, '7', T0).set.formerNumbers).toMatchObject([{ number: '' }]);
  });

  it('whose cancellation is refused: it goes on as it stood, with the answer', () => {
    expect(changes.cancelRefused(aShipment({ state: 'accepted' }), '출력 완료', T0)).toEqual({
      set: { state: 'accepted', cancelRefused: { at: T0, reason: '출력 완료' } },
      remove: ['cancel'],
    });
  });
});
