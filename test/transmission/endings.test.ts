/** The endings of a touch: written, told, counted, and what becomes of the message. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../functions/epost/carrier-answer.ts';
import type { Refusal, Shipment, ShipmentState } from '../../functions/shipment/shipment.ts';
import {
  accept,
  commitAndTell,
  leaveUnknown,
  park,
  refuse,
  release,
} from '../../functions/transmission/endings.ts';
import { PARKED } from '../../functions/transmission/words.ts';
import { aShipment, T0 } from '../support/builders.ts';
import { openTouchDesk, SETTLE, type TouchDesk } from './support/touch-desk.ts';

const LOOK_AGAIN = { then: 'back', delayMs: 1000 };
const REMOVE = { then: 'remove' };
const booking: Booking = { reqNo: '1', resNo: '2', waybillNumber: '6899900123456' };
const refusal: Refusal = { code: 'ERR-322', reason: '…', mustAct: 'merchant', at: T0 };
const sending = (over: Partial<Shipment> = {}) =>
  aShipment({ state: 'sending', attempt: 1, attemptAt: T0, ...over });

let desk: TouchDesk;
beforeEach(() => {
  desk = openTouchDesk();
});
const written = () => desk.committed.map(({ states, change }) => [change.set.state, states]);

describe('accepted', () => {
  it('is written from an attempt under way or asked about, counted and told', async () => {
    expect(await accept(desk.ports, sending(), { booking, drawn: false })).toEqual(REMOVE);
    expect(written()).toEqual([['accepted', ['sending', 'unknown']]]);
    expect(desk.committed[0]?.change.set).not.toHaveProperty('waybillNumber');
    expect(desk.counts).toEqual({ Transmitted: 1 });
    expect(desk.types()).toEqual(['ShipmentTransmitted']);
    expect(desk.pauses).toEqual([]);
  });

  it('is late only after the deadline', async () => {
    await accept(desk.ports, sending({ deadline: desk.now }), { booking, drawn: true });
    expect(desk.counts).toEqual({ Transmitted: 1 });
    expect(desk.committed[0]?.change.set).toMatchObject({ waybillNumber: booking.waybillNumber });
    await accept(desk.ports, sending({ deadline: desk.now - 1 }), { booking, drawn: false });
    expect(desk.counts).toEqual({ Transmitted: 2, TransmittedLate: 1 });
  });

  it('ends the rest of its contract', async () => {
    desk.paused = true;
    await accept(desk.ports, sending(), { booking, drawn: false });
    expect(desk.pauses).toEqual(['sodam goes on']);
  });

  it('stays on the queue while it is to be taken back: there may be no other message', async () => {
    const taken = sending({ cancel: { at: T0 } });
    expect(await accept(desk.ports, taken, { booking, drawn: false })).toEqual(LOOK_AGAIN);
    expect(desk.types()).toEqual(['ShipmentTransmitted']);
  });

  it.each<[string, Shipment | undefined]>([
    ['nothing', undefined],
    ['the same booking', sending({ state: 'accepted', booking: { ...booking, at: T0 } })],
  ])('meanwhile, with %s there, is looked at again', async (_name, existing) => {
    desk.overtakenBy = [existing];
    expect(await accept(desk.ports, sending(), { booking, drawn: false })).toEqual(LOOK_AGAIN);
    expect([desk.counts, desk.told, desk.committed.length]).toEqual([{}, [], 1]);
  });

  it.each(['allocated', 'sending', 'unknown', 'retrying', 'accepted'] as const)(
    'while the record had gone on to %s is a second parcel: for an operator',
    async (state) => {
      const existing = sending({ state, attempt: 2, booking: { ...booking, reqNo: '9', at: T0 } });
      desk.overtakenBy = [existing];
      expect(await accept(desk.ports, sending(), { booking, drawn: false })).toEqual(REMOVE);
      const [, second] = desk.committed;
      expect(second?.fence).toBe(existing);
      expect(second?.states).toEqual(['allocated', 'sending', 'unknown', 'retrying', 'accepted']);
      expect(second?.change.set.refusal).toEqual({ ...PARKED['DOUBLE-BOOKING'], at: desk.now });
      expect(desk.types()).toEqual(['ShipmentRefused']);
      expect(desk.counts).toEqual({ DoubleBooking: 1 });
      expect(desk.warnings).toEqual([
        {
          text: 'ePost took a parcel that had gone on meanwhile',
          about: { shipmentId: 'S-1', state, reqNo: '1' },
        },
      ]);
    },
  );

  it.each(['cancelled', 'closed', 'refused', 'parked', 'waiting'] as const)(
    'while the record had ended %s is reported, and the record left as it is',
    async (state) => {
      desk.overtakenBy = [sending({ state })];
      expect(await accept(desk.ports, sending(), { booking, drawn: false })).toEqual(REMOVE);
      expect(desk.committed).toHaveLength(1);
      expect(desk.counts).toEqual({ DoubleBooking: 1 });
      expect(desk.told).toEqual([]);
    },
  );

  it('overtaken twice is decided by what is there at last', async () => {
    const other = { ...booking, reqNo: '9', at: T0 };
    desk.overtakenBy = [
      sending({ state: 'unknown', booking: other }),
      sending({ state: 'accepted', booking: { ...booking, at: T0 } }),
    ];
    expect(await accept(desk.ports, sending(), { booking, drawn: false })).toEqual(LOOK_AGAIN);
    expect(desk.counts).toEqual({});
  });
});

describe('for an operator', () => {
  it.each<[keyof typeof PARKED, string]>([
    ['NUMBER-MISMATCH', 'NumberMismatch'],
    ['DOUBLE-BOOKING', 'DoubleBooking'],
    ['ATTEMPTS', 'AttemptsUsedUp'],
  ])('%s is counted as %s, warned of and told', async (code, metric) => {
    const why = { ...PARKED[code], at: desk.now };
    expect(await park(desk.ports, sending(), why)).toEqual(REMOVE);
    expect(written()).toEqual([['parked', ['sending', 'unknown', 'accepted']]]);
    expect(desk.counts).toEqual({ TransmissionParked: 1, [metric]: 1 });
    expect(desk.unsaid).toEqual(['sodam']);
    expect(desk.warnings).toEqual([
      {
        text: 'shipment parked for an operator',
        about: { shipmentId: 'S-1', contractId: 'sodam', attempt: 1, code },
      },
    ]);
    expect(desk.types()).toEqual(['ShipmentRefused']);
  });

  it('overtaken is looked at again and says nothing', async () => {
    desk.overtakenBy = [undefined];
    expect(await park(desk.ports, sending(), refusal)).toEqual(LOOK_AGAIN);
    expect([desk.counts, desk.warnings, desk.told]).toEqual([{}, [], []]);
    expect(desk.unsaid, 'the contract is free to be tried all the same').toEqual(['sodam']);
  });
});

describe('refused', () => {
  const pause = { code: 'ERR-223', since: T0, until: T0 + 900_000, step: 0 };

  it('is written, counted and told; the contract has been said nothing about', async () => {
    desk.pause = pause;
    expect(await refuse(desk.ports, sending(), refusal, false)).toEqual(REMOVE);
    expect(written()).toEqual([['refused', ['sending', 'unknown']]]);
    expect(desk.counts).toEqual({ TransmissionRefused: 1 });
    expect([desk.unsaid, desk.pauses, desk.warnings]).toEqual([['sodam'], [], []]);
    expect(desk.types()).toEqual(['ShipmentRefused']);
  });

  it('for its contract has the contract rest, once', async () => {
    desk.pause = pause;
    await refuse(desk.ports, sending(), { ...refusal, code: 'ERR-223' }, true);
    expect(desk.pauses).toEqual(['sodam rests: ERR-223']);
    expect(desk.counts).toEqual({ TransmissionRefused: 1, ContractPaused: 1 });
    expect(desk.warnings).toEqual([
      {
        text: 'contract paused',
        about: { contractId: 'sodam', code: 'ERR-223', until: pause.until },
      },
    ]);
    expect(desk.unsaid).toEqual([]);
    desk.pause = undefined;
    await refuse(desk.ports, sending(), { ...refusal, code: 'ERR-223' }, true);
    expect(desk.pauses, 'it rests already').toHaveLength(1);
  });

  it('overtaken is looked at again and pauses nothing', async () => {
    [desk.overtakenBy, desk.pause] = [[undefined], pause];
    expect(await refuse(desk.ports, sending(), refusal, true)).toEqual(LOOK_AGAIN);
    expect([desk.counts, desk.pauses, desk.told]).toEqual([{}, [], []]);
  });
});

describe('to be sent later', () => {
  it('is given back with its time, from an attempt under way only', async () => {
    expect(await release(desk.ports, sending({ attempt: 2 }), 'maintenance', 60_000)).toEqual({
      then: 'back',
      delayMs: 60_000,
    });
    expect(written()).toEqual([['retrying', ['sending']]]);
    expect(desk.committed[0]?.change.set).toMatchObject({
      cause: 'maintenance',
      attempt: 1,
      notBefore: desk.now + 60_000,
    });
    expect([desk.counts, desk.unsaid]).toEqual([{ TransmissionRetried: 1 }, ['sodam']]);
    desk.overtakenBy = [undefined];
    expect(await release(desk.ports, sending(), 'maintenance', 60_000)).toEqual(LOOK_AGAIN);
    expect(desk.counts).toEqual({ TransmissionRetried: 1 });
  });

  it('is asked about after the settle time when it was perhaps sent', async () => {
    desk.now = T0 + 10_000;
    expect(await leaveUnknown(desk.ports, sending(), 'timeout', true)).toEqual({
      then: 'back',
      delayMs: SETTLE - 10_000,
    });
    expect(written()).toEqual([['unknown', ['sending']]]);
    expect([desk.counts, desk.unsaid]).toEqual([{ TransmissionUnknown: 1 }, ['sodam']]);
    expect(desk.warnings).toEqual([
      {
        text: 'outcome unknown',
        about: { shipmentId: 'S-1', contractId: 'sodam', attempt: 1, code: 'timeout' },
      },
    ]);
    desk.overtakenBy = [undefined];
    expect(await leaveUnknown(desk.ports, sending(), 'timeout', true)).toEqual(LOOK_AGAIN);
    expect(desk.counts).toEqual({ TransmissionUnknown: 1 });
  });

  it('without a time of its attempt is asked about at once', async () => {
    const { attemptAt: _none, ...bare } = sending();
    expect(await leaveUnknown(desk.ports, bare, 'timeout', true)).toEqual({
      then: 'back',
      delayMs: SETTLE - desk.now,
    });
  });
});

describe('a change fenced by the record alone', () => {
  const tell = (shipment: Shipment) => [
    {
      detailType: 'CancellationAccepted' as const,
      detail: { version: 1 as const, shipmentId: shipment.shipmentId, orderId: 'O', shopId: 's' },
    },
  ];
  it.each<[ShipmentState, object]>([
    ['cancelled', REMOVE],
    ['accepted', LOOK_AGAIN],
  ])('that ends %s with a cancellation open', async (state, next) => {
    const shipment = sending({ state: 'unknown', cancel: { at: T0 } });
    expect(await commitAndTell(desk.ports, shipment, { set: { state } }, tell)).toEqual(next);
    expect(written()).toEqual([[state, ['unknown']]]);
    expect(desk.types()).toEqual(['CancellationAccepted']);
  });
  it('overtaken tells nothing', async () => {
    desk.overtakenBy = [undefined];
    expect(await commitAndTell(desk.ports, sending(), { set: { state: 'cancelled' } }, tell)).toEqual(
      LOOK_AGAIN,
    );
    expect(desk.told).toEqual([]);
  });
});
