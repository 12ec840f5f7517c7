/** Asking ePost what became of an attempt. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking, Reservation } from '../../functions/epost/carrier-answer.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { settle } from '../../functions/transmission/settle.ts';
import { PARKED } from '../../functions/transmission/words.ts';
import { aContract, aShipment, T0 } from '../support/builders.ts';
import { openTouchDesk, SETTLE, type TouchDesk } from './support/touch-desk.ts';

const MINUTE = 60_000;
const live: Reservation = { reqNo: '1', resNo: '2', waybillNumber: '6899900123456', statusCode: '01' };

let desk: TouchDesk;
let resent: Shipment[];
beforeEach(() => {
  [desk, resent] = [openTouchDesk(), []];
});
const ask = (over: Partial<Shipment> = {}) =>
  settle(
    desk.ports,
    aShipment({ state: 'unknown', attempt: 1, attemptAt: T0, ...over }),
    async (claimed, under) => {
      expect(under).toBe(desk.contract);
      resent.push(claimed);
      return { then: 'remove' };
    },
  );

describe('what ePost says of an attempt without an answer', () => {
  it('is not asked for a contract that is not known, and comes again in five minutes', async () => {
    desk.contract = undefined;
    expect(await ask()).toEqual({ then: 'back', delayMs: 5 * MINUTE });
    expect([desk.committed, resent]).toEqual([[], []]);
  });

  it('holds it: accepted, and counted as found', async () => {
    desk.held = { outcome: 'ok', value: [live] };
    expect(await ask()).toEqual({ then: 'remove' });
    expect(desk.committed[0]).toMatchObject({
      states: ['sending', 'unknown'],
      change: { set: { state: 'accepted' } },
    });
    expect(desk.counts).toEqual({ TransmissionSettled: 1, Transmitted: 1 });
    expect(desk.types()).toEqual(['ShipmentTransmitted']);
  });

  it('holds it under another number: for an operator, with the booking, and not counted as found', async () => {
    desk.held = { outcome: 'ok', value: [{ ...live, waybillNumber: '7000000000000' }] };
    await ask();
    expect(desk.committed[0]?.change.set).toMatchObject({
      state: 'parked',
      refusal: { ...PARKED['NUMBER-MISMATCH'], at: desk.now },
      booking: { reqNo: '1' },
    });
    expect(desk.counts).toEqual({ TransmissionParked: 1, NumberMismatch: 1 });
  });

  it('holds it twice: for an operator', async () => {
    desk.held = { outcome: 'ok', value: [live, { ...live, reqNo: '9' }] };
    expect(await ask()).toEqual({ then: 'remove' });
    expect(desk.committed[0]?.change.set.refusal).toEqual({ ...PARKED['DOUBLE-BOOKING'], at: desk.now });
    expect(desk.committed[0]?.change.set.booking).toBeUndefined();
  });

  it('does not hold it: sent once more by the attempt that is claimed for it', async () => {
    expect(await ask()).toEqual({ then: 'remove' });
    expect(resent).toMatchObject([{ attempt: 2, attemptAt: desk.now }]);
    expect(desk.counts).toEqual({});
    desk.claimAgain = 'not-claimed';
    expect(await ask(), 'another invocation was faster').toEqual({ then: 'back', delayMs: 0 });
    expect(resent).toHaveLength(1);
  });

  it('held one that was withdrawn there: sent once more, and counted', async () => {
    desk.held = { outcome: 'ok', value: [{ ...live, statusCode: '05' }] };
    await ask();
    expect(desk.counts).toEqual({ FoundWithdrawn: 1 });
    expect(resent).toHaveLength(1);
  });

  it('does not hold what is to be taken back: it ends there', async () => {
    expect(await ask({ cancel: { at: T0 } })).toEqual({ then: 'remove' });
    expect(desk.committed[0]).toMatchObject({ states: ['unknown'], change: { set: { state: 'cancelled' } } });
    expect(desk.types()).toEqual(['CancellationAccepted']);
    expect(resent).toEqual([]);
  });

  it('does not hold it after the last attempt: for an operator', async () => {
    await ask({ attempt: 4 });
    expect(resent).toHaveLength(1);
    await ask({ attempt: 5 });
    expect(desk.committed[0]?.change.set.refusal).toEqual({ ...PARKED.ATTEMPTS, at: desk.now });
    expect(desk.counts).toEqual({ TransmissionParked: 1, AttemptsUsedUp: 1 });
    expect(resent).toHaveLength(1);
  });

  it('does not hold it, and the contract is not in use: it waits', async () => {
    desk.contract = aContract({ status: 'suspended' });
    expect(await ask()).toEqual({ then: 'back', delayMs: 5 * MINUTE });
    expect(resent).toEqual([]);
  });

  it.each([
    [0, MINUTE],
    [MINUTE, MINUTE],
    [MINUTE + 1, MINUTE + 1],
    [4 * MINUTE, 4 * MINUTE],
    [5 * MINUTE + 1, 5 * MINUTE],
    [60 * MINUTE, 5 * MINUTE],
  ])('is not to be had for %i ms after the settle time: asked again after %i ms', async (waited, delayMs) => {
    desk.held = { outcome: 'maintenance' };
    desk.now = T0 + SETTLE + waited;
    expect(await ask()).toEqual({ then: 'back', delayMs });
    expect(desk.counts).toEqual({ SettleUnanswered: 1 });
  });

  it('is not to be had of a record without a time: not sooner than any other', async () => {
    desk.held = { outcome: 'maintenance' };
    const { attemptAt: _none, ...bare } = aShipment({ state: 'unknown' });
    expect(await settle(desk.ports, bare, () => Promise.reject(new Error('not sent')))).toEqual({
      then: 'back',
      delayMs: 5 * MINUTE,
    });
  });

  it('was not asked for, as the run was over: asked at once next time, and not counted', async () => {
    desk.held = { outcome: 'not-begun' };
    expect(await ask()).toEqual({ then: 'back', delayMs: 0 });
    expect(desk.counts).toEqual({});
  });

  it('takes the number ePost drew for a parcel that has none, and the test literal for a test order', async () => {
    desk.held = { outcome: 'ok', value: [live] };
    const { waybillNumber: _none, ...bare } = aShipment({ state: 'unknown', attempt: 1, attemptAt: T0 });
    await settle(desk.ports, bare, () => Promise.reject(new Error('not sent')));
    expect(desk.committed[0]?.change.set).toMatchObject({
      waybillNumber: live.waybillNumber,
      allocatedAt: desk.now,
    });
    desk.contract = aContract({ testOrders: true });
    const test: Booking = { reqNo: '1', resNo: '2', waybillNumber: 'TESTREGINOAPI' };
    desk.held = { outcome: 'ok', value: [{ ...test, statusCode: '01' }] };
    await ask();
    expect(desk.committed[1]?.change.set.state).toBe('accepted');
  });
});
