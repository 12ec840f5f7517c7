/** What telling a shipment leads to, state by state. */
import { describe, expect, it } from 'vitest';
import { allocatedEvent, decideTold, refusedEvent, waitingEvent } from '../../functions/order/decide-told.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import type { Refusal, Shipment, ShipmentState } from '../../functions/shipment/shipment.ts';
import { anOrder, T0 } from '../support/builders.ts';

const told = newShipment(anOrder(), T0, 20);
const other = newShipment(anOrder({ message: '문 앞' }), T0, 20);
const about = { version: 1, shipmentId: 'S-1', orderId: '2026112409412', shopId: 'sodam' };
const existing = (state: ShipmentState, over: Partial<Shipment> = {}): Shipment => ({
  ...told,
  state,
  ...over,
});
const numbered = { waybillNumber: '6899900000001', ledgerSeq: 2, allocatedAt: T0 + 5 };
const refusal: Refusal = { code: 'ERR-322', reason: '고쳐 주세요', mustAct: 'merchant', at: T0 };
const allocated = {
  detailType: 'WaybillAllocated',
  detail: {
    ...about,
    waybillNumber: '6899900000001',
    carrier: 'epost',
    allocatedAt: new Date(T0 + 5).toISOString(),
    deadline: new Date(T0 + 1_200_000).toISOString(),
  },
};
const refused = {
  detailType: 'ShipmentRefused',
  detail: { ...about, code: 'ERR-322', reason: '고쳐 주세요', mustAct: 'merchant' },
};

describe('a shipment that is told', () => {
  it('for the first time is numbered', () => {
    expect(decideTold(told, undefined)).toEqual({ then: 'number', expect: 'new' });
  });

  it('again while it waits is numbered, if it still waits', () => {
    expect(decideTold(told, existing('waiting'))).toEqual({
      then: 'number',
      expect: { state: 'waiting', fingerprint: told.fingerprint },
    });
  });

  it.each(['allocated', 'sending', 'unknown', 'retrying'] as const)(
    'again while it is %s gets its number told, and its message again',
    (state) => {
      const verdict = decideTold(told, existing(state, numbered));
      expect(verdict).toEqual({ then: 'tell', events: [allocated], transmit: true });
    },
  );

  it.each(['accepted', 'parked', 'closed'] as const)(
    'again while it is %s gets its number told, and no message',
    (state) => {
      expect(decideTold(told, existing(state, numbered))).toEqual({
        then: 'tell',
        events: [allocated],
        transmit: false,
      });
    },
  );

  it('again after ePost refused it gets both told: number first', () => {
    const { waybillNumber } = numbered;
    expect(decideTold(told, existing('refused', { ...numbered, refusal }))).toEqual({
      then: 'tell',
      events: [allocated, { ...refused, detail: { ...refused.detail, waybillNumber } }],
      transmit: false,
    });
    expect(decideTold(told, existing('refused', { refusal }))).toEqual({
      then: 'tell',
      events: [refused],
      transmit: false,
    });
  });

  it('with another body after it was refused is numbered, or corrected where it has its number or its place', () => {
    const bare = existing('refused', { refusal });
    expect(decideTold(other, bare)).toEqual({
      then: 'number',
      expect: { state: 'refused', fingerprint: told.fingerprint },
    });
    for (const over of [{ waybillNumber: '6899900000001' }, { ledgerSeq: 2 }, numbered]) {
      const placed = existing('refused', { refusal, ...over });
      expect(decideTold(other, placed)).toEqual({ then: 'correct', existing: placed });
    }
  });

  it.each([
    'waiting',
    'allocated',
    'sending',
    'unknown',
    'retrying',
    'accepted',
    'parked',
    'closed',
  ] as const)(
    'with another body while it is %s is a conflict, with the fields that differ, and the first stands',
    (state) => {
      expect(decideTold(other, existing(state))).toEqual({
        then: 'tell',
        events: [{ detailType: 'ShipmentConflict', detail: { ...about, differingFields: ['message'] } }],
        transmit: false,
      });
      const verdict = decideTold(other, existing(state, numbered));
      expect(verdict).toMatchObject({ events: [{ detail: { waybillNumber: '6899900000001' } }] });
    },
  );

  it('after it was cancelled, with whatever body, is told that it is', () => {
    const cancelled = (over: Partial<Shipment> = {}) => decideTold(other, existing('cancelled', over));
    const event = { detailType: 'CancellationAccepted', detail: about };
    expect(cancelled()).toEqual({ then: 'tell', events: [event], transmit: false });
    expect(cancelled(numbered)).toMatchObject({ events: [{ detail: { waybillNumber: '6899900000001' } }] });
    const first = cancelled({ orderId: '' });
    expect(first, 'cancelled before it was ever told').toEqual({
      then: 'tell',
      events: [event],
      transmit: false,
    });
    expect(cancelled({ orderId: 'O-9' })).toMatchObject({ events: [{ detail: { orderId: 'O-9' } }] });
  });
});

describe('what is told of a record', () => {
  it('is its number, if it has one; without the time it was given, that of the order', () => {
    expect(allocatedEvent(existing('allocated'))).toEqual([]);
    expect(allocatedEvent(existing('accepted', numbered))).toEqual([allocated]);
    const { allocatedAt: _at, ...untimed } = numbered;
    expect(allocatedEvent(existing('accepted', untimed))).toMatchObject([
      { detail: { allocatedAt: new Date(T0).toISOString() } },
    ]);
  });

  it('is its refusal, with the field where one is named', () => {
    expect(refusedEvent(existing('refused'))).toEqual([]);
    expect(refusedEvent(existing('refused', { refusal }))).toEqual([refused]);
    expect(refusedEvent(existing('refused', { refusal: { ...refusal, field: 'recipient.zip' } }))).toEqual([
      { ...refused, detail: { ...refused.detail, field: 'recipient.zip' } },
    ]);
  });

  it.each([
    ['pool-empty', '운송장번호가 모두 소진되어'],
    ['contract-unknown', '아직 연동되지 않아'],
    ['contract-not-active', '이용이 정지되어'],
  ] as const)('is why it waits: %s', (reason, words) => {
    const [event, ...more] = waitingEvent(existing('waiting', { waitingFor: reason }));
    expect(event).toEqual({
      detailType: 'ShipmentWaiting',
      detail: { ...about, reason, explanation: expect.stringContaining(words) },
    });
    expect(more).toEqual([]);
    expect(waitingEvent(existing('waiting'))).toEqual([]);
  });
});
