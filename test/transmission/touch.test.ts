/** One touch: what is due for a shipment now, and what ePost's answer to an order leads to. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../functions/epost/carrier-answer.ts';
import { classifyRefusal } from '../../functions/epost/refusal.ts';
import type { Refusal, Shipment } from '../../functions/shipment/shipment.ts';
import type { Gated } from '../../functions/transmission/decide-answer.ts';
import { touch } from '../../functions/transmission/transmit.ts';
import { CANCEL_PARKED, CANCEL_TOO_LATE, PARKED } from '../../functions/transmission/words.ts';
import { aContract, aShipment, T0 } from '../support/builders.ts';
import { openTouchDesk, type TouchDesk } from './support/touch-desk.ts';

const MINUTE = 60_000;
const REMOVE = { then: 'remove' };
const booking: Booking = { reqNo: '1', resNo: '2', waybillNumber: '6899900123456' };
const refusal: Refusal = { code: 'ERR-322', reason: '…', mustAct: 'merchant', at: T0 };

let desk: TouchDesk;
let stored: Shipment | undefined;
let claimable: boolean;
let answer: Gated<Booking>;
let sent: object[];
let asked: number;
beforeEach(() => {
  desk = openTouchDesk();
  [stored, claimable, sent, asked] = [aShipment(), true, [], 0];
  answer = { outcome: 'ok', value: booking };
  desk.ports.attempts.claim = async (_id, now) => {
    asked += 1;
    return claimable && stored !== undefined
      ? { outcome: 'claimed', shipment: { ...stored, state: 'sending', attempt: 1, attemptAt: now } }
      : { outcome: 'not-claimed', existing: stored };
  };
  desk.ports.carrier.insertOrder = async (order) => (sent.push(order), answer);
});
const error = (code: string): Gated<Booking> => ({
  outcome: 'error',
  code,
  message: '',
  refusal: classifyRefusal('InsertOrder', code),
});
const go = () => touch(desk.ports, { shipmentId: 'S-1' });
const standing = (over: Partial<Shipment>) => {
  [claimable, stored] = [false, aShipment({ attempt: 1, attemptAt: T0, ...over })];
};
const change = () => desk.committed.at(-1)?.change.set;

describe('a shipment that can be claimed', () => {
  it('is sent with its id, its number, its parcel and the sender', async () => {
    expect(await go()).toEqual(REMOVE);
    expect(sent).toEqual([
      { shipmentId: 'S-1', waybillNumber: '6899900123456', parcel: stored?.parcel, sender: desk.contract },
    ]);
    expect(change()?.state).toBe('accepted');
  });

  it('without a number is sent without one', async () => {
    delete stored!.waybillNumber;
    await go();
    expect(sent[0]).not.toHaveProperty('waybillNumber');
    expect(change()).toMatchObject({ state: 'accepted', waybillNumber: booking.waybillNumber });
  });

  it.each([undefined, aContract({ status: 'suspended' })])(
    'waits for a contract in use: %o',
    async (contract) => {
      desk.contract = contract;
      expect(await go()).toEqual({ then: 'back', delayMs: 5 * MINUTE });
      expect(change()).toMatchObject({ state: 'retrying', cause: 'contract-not-active', attempt: 0 });
      expect(sent).toEqual([]);
    },
  );

  it('waits while its contract rests', async () => {
    desk.ports.contractGate.enter = () => ({ delayMs: 777 });
    expect(await go()).toEqual({ then: 'back', delayMs: 777 });
    expect(change()).toMatchObject({ cause: 'contract-paused', notBefore: desk.now + 777 });
    expect(sent).toEqual([]);
  });

  it('of which the parcel is gone is for an operator', async () => {
    delete stored!.parcel;
    await go();
    expect(change()?.refusal).toEqual({ ...PARKED.SYSTEM, at: desk.now });
  });

  it('that ePost would refuse costs no call: refused with the field, for the merchant', async () => {
    const { parcel } = aShipment();
    stored = aShipment({ parcel: { ...parcel!, recipient: { ...parcel!.recipient, zip: '12' } } });
    expect(await go()).toEqual(REMOVE);
    expect(change()).toMatchObject({
      state: 'refused',
      refusal: { code: 'FIELD', field: 'recipient.zip', mustAct: 'merchant', at: desk.now },
    });
    expect(change()?.refusal?.reason).toContain('우편번호');
    expect([sent, desk.pauses]).toEqual([[], []]);
  });

  it('of a contract that ePost would refuse is for an operator, and the contract rests', async () => {
    desk.contract = aContract({ customerNo: '12' });
    desk.pause = { code: 'FIELD', since: T0, until: T0, step: 0 };
    await go();
    expect(change()?.refusal).toMatchObject({ field: 'contract.customerNo', mustAct: 'operator' });
    expect(desk.pauses).toEqual(['sodam rests: FIELD']);
  });
});

describe('an answer to the order', () => {
  it('that was lost leaves it unknown, and the attempt counts', async () => {
    answer = { outcome: 'unknown', why: 'timeout' };
    await go();
    expect(change()).toEqual({ state: 'unknown', cause: 'timeout' });
  });

  it('of maintenance has it sent later', async () => {
    answer = { outcome: 'maintenance' };
    expect(await go()).toEqual({ then: 'back', delayMs: MINUTE });
    expect(change()).toMatchObject({ state: 'retrying', cause: 'maintenance' });
  });

  it('under another number is for an operator, with the booking', async () => {
    answer = { outcome: 'ok', value: { ...booking, waybillNumber: '7000000000000' } };
    await go();
    expect(change()).toMatchObject({ refusal: { code: 'NUMBER-MISMATCH' }, booking: { reqNo: '1' } });
  });

  it('that it is there already has ePost asked at once, and no second order made', async () => {
    answer = error('ERR-326');
    desk.held = { outcome: 'ok', value: [{ ...booking, statusCode: '01' }] };
    await go();
    expect(change()?.state).toBe('accepted');
    desk.held = { outcome: 'ok', value: [] };
    await go();
    expect(change()).toEqual({ state: 'unknown', cause: 'already-there', attempt: 1 });
    expect(sent).toHaveLength(2);
  });

  it('that refuses it is written, or held back where the key could be at fault', async () => {
    answer = error('ERR-322');
    expect(await go()).toEqual(REMOVE);
    expect(change()?.state).toBe('refused');
    answer = error('ERR-511');
    const next = await go();
    expect(next).toMatchObject({
      then: 'held',
      suspect: { shipment: { shipmentId: 'S-1' }, refusal: { code: 'ERR-511' }, pauseContract: false },
    });
    expect(desk.committed).toHaveLength(1);
  });

  it('that refuses its contract has the contract rest', async () => {
    answer = error('ERR-223');
    desk.pause = { code: 'ERR-223', since: T0, until: T0, step: 0 };
    await go();
    expect(desk.pauses).toEqual(['sodam rests: ERR-223']);
  });
});

describe('a shipment that cannot be claimed', () => {
  it('is nobody, or waits for its number: the message goes', async () => {
    [claimable, stored] = [false, undefined];
    expect(await go()).toEqual(REMOVE);
    standing({ state: 'waiting' });
    expect(await go()).toEqual(REMOVE);
    expect([desk.told, desk.committed]).toEqual([[], []]);
  });

  it.each<[Partial<Shipment>, string[]]>([
    [{ state: 'accepted', booking: { ...booking, at: T0 + 1 } }, ['ShipmentTransmitted']],
    [{ state: 'closed', booking: { ...booking, at: T0 + 1 } }, ['ShipmentTransmitted']],
    [{ state: 'refused', refusal }, ['ShipmentRefused']],
    [{ state: 'parked', refusal }, ['ShipmentRefused']],
    [{ state: 'cancelled' }, ['CancellationAccepted']],
  ])('and has come to its end is told again: %o', async (over, told) => {
    standing(over);
    expect(await go()).toEqual(REMOVE);
    expect([desk.types(), desk.committed]).toEqual([told, []]);
  });

  it('and is not due yet waits the rest', async () => {
    standing({ state: 'retrying', notBefore: desk.now + 5000 });
    expect(await go()).toEqual({ then: 'back', delayMs: 5000 });
  });

  it('and is perhaps at ePost is asked about, and sent again if it is not', async () => {
    standing({ state: 'unknown' });
    expect(await go()).toEqual(REMOVE);
    expect(sent).toHaveLength(1);
    expect(desk.committed[0]?.fence.attempt).toBe(2);
  });

  it.each<[Partial<Shipment>, string]>([
    [{ state: 'closed' }, CANCEL_TOO_LATE],
    [{ state: 'parked', refusal }, CANCEL_PARKED],
  ])('and cannot be taken back any more is told why: %o', async (over, reason) => {
    standing({ ...over, cancel: { at: T0 } });
    expect(await go()).toEqual(REMOVE);
    expect(change()).toEqual({ state: over.state, cancelRefused: { at: desk.now, reason } });
    expect(desk.told.at(-1)).toMatchObject({ detailType: 'CancellationRefused', detail: { reason } });
  });

  it('and was never sent ends here when it is taken back', async () => {
    standing({ state: 'retrying', cancel: { at: T0 } });
    expect(await go()).toEqual(REMOVE);
    expect([change(), desk.types()]).toEqual([{ state: 'cancelled' }, ['CancellationAccepted']]);
  });
});

describe('an order to send it again that nobody has written down', () => {
  const again = (orderedAt: number) => touch(desk.ports, { shipmentId: 'S-1', again: orderedAt });

  it.each(['refused', 'parked'] as const)('is done while it still stands %s from before', async (state) => {
    standing({ state, refusal });
    await again(T0 + 1);
    expect(desk.committed[0]).toMatchObject({
      fence: { state },
      states: [state],
      change: { set: { attempt: 0, receivedAt: T0 + 1 } },
    });
    expect(asked, 'and the record decides').toBe(2);
  });

  it('without a time of its refusal is done as well', async () => {
    standing({ state: 'refused' });
    await again(1);
    expect(desk.committed).toHaveLength(1);
  });

  it.each<[string, Partial<Shipment>, number]>([
    ['was refused anew since', { state: 'refused', refusal }, T0],
    ['is to be taken back', { state: 'refused', refusal, cancel: { at: T0 } }, T0 + 1],
    ['has gone on', { state: 'accepted', booking: { ...booking, at: T0 } }, T0 + 1],
  ])('is over when it %s', async (_why, over, orderedAt) => {
    standing(over);
    await again(orderedAt);
    expect(desk.committed.every(({ change: { set } }) => set.attempt === undefined)).toBe(true);
    expect(asked).toBe(1);
  });

  it('of a shipment that is not there is nothing', async () => {
    [claimable, stored] = [false, undefined];
    expect(await again(T0)).toEqual(REMOVE);
  });
});
