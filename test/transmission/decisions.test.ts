import { describe, expect, it } from 'vitest';
import type { Booking } from '../../functions/epost/carrier-answer.ts';
import { classifyRefusal } from '../../functions/epost/refusal.ts';
import type { ShipmentState } from '../../functions/shipment/shipment.ts';
import { openCarrierPause, pauseContract, prolong } from '../../functions/transmission/carrier-pause.ts';
import { createBreaker } from '../../functions/transmission/breaker.ts';
import { decideAnswer, type Gated } from '../../functions/transmission/decide-answer.ts';
import { decideUnclaimed } from '../../functions/transmission/decide-unclaimed.ts';
import { lookUp } from '../../functions/transmission/look-up.ts';
import { aShipment, T0 } from '../support/builders.ts';

const SETTLE = 210_000;
const MINUTE = 60_000;

describe('a message whose shipment cannot be claimed', () => {
  const plain: [ShipmentState, string][] = [
    ['waiting', 'remove'],
    ['accepted', 'tell-accepted'],
    ['closed', 'tell-accepted'],
    ['refused', 'tell-refused'],
    ['parked', 'tell-refused'],
    ['cancelled', 'tell-cancelled'],
  ];
  it.each(plain)('that is %s: %s', (state, then) => {
    expect(decideUnclaimed(aShipment({ state }), T0, SETTLE)).toEqual({ then });
  });

  const taken: [ShipmentState, string][] = [
    ['waiting', 'remove'],
    ['allocated', 'cancel-unsent'],
    ['retrying', 'cancel-unsent'],
    ['refused', 'cancel-unsent'],
    ['accepted', 'cancel-at-carrier'],
    ['closed', 'refuse-cancel'],
    ['parked', 'refuse-cancel'],
    ['cancelled', 'tell-cancelled'],
  ];
  it.each(taken)('that is %s and to be taken back: %s', (state, then) => {
    expect(decideUnclaimed(aShipment({ state, cancel: { at: T0 } }), T0, SETTLE)).toEqual({ then });
  });

  it.each(['sending', 'unknown'] as const)(
    'that is %s waits for the settle time, then is asked about',
    (state) => {
      const shipment = aShipment({ state, attempt: 1, attemptAt: T0 });
      expect(decideUnclaimed(shipment, T0 + SETTLE - 1, SETTLE)).toEqual({ then: 'wait', delayMs: 1 });
      expect(decideUnclaimed(shipment, T0 + SETTLE, SETTLE)).toEqual({ then: 'settle' });
    },
  );

  it('that is not due yet waits the rest', () => {
    const shipment = aShipment({ state: 'retrying', notBefore: T0 + 5000 });
    expect(decideUnclaimed(shipment, T0, SETTLE)).toEqual({ then: 'wait', delayMs: 5000 });
  });

  it('that does not exist has nothing to do', () => {
    expect(decideUnclaimed(undefined, T0, SETTLE)).toEqual({ then: 'remove' });
  });
});

const booking: Booking = { reqNo: '1', resNo: '2', waybillNumber: '6899900123456' };
const error = (code: string): Gated<Booking> => ({
  outcome: 'error',
  code,
  message: '',
  refusal: classifyRefusal('InsertOrder', code),
});
const decide = (answer: Gated<Booking>, waybillNumber?: string, testOrders = false) =>
  decideAnswer(answer, waybillNumber === undefined ? {} : { waybillNumber }, { testOrders }, T0);

describe('an answer to InsertOrder', () => {
  it.each<[string, Gated<Booking>, object]>([
    ['our number', { outcome: 'ok', value: booking }, { then: 'accept', drawn: false }],
    [
      'a lost answer',
      { outcome: 'unknown', why: 'timeout' },
      { then: 'unknown', cause: 'timeout', burnt: true },
    ],
    [
      'no connection',
      { outcome: 'unreachable', why: 'x' },
      { then: 'release', cause: 'unreachable', delayMs: 60_000 },
    ],
    ['maintenance', { outcome: 'maintenance' }, { then: 'release', cause: 'maintenance', delayMs: 60_000 }],
    ['a run that is over', { outcome: 'not-begun' }, { then: 'release', cause: 'not-begun', delayMs: 0 }],
    ['a fault of ePost', error('ERR-531'), { then: 'unknown', cause: 'system', burnt: false }],
    ['a bad phone', error('ERR-322'), { then: 'refuse', pauseContract: false, suspectKey: false }],
    [
      'a refusal, with its code, reason, time and who must act',
      error('ERR-322'),
      {
        refusal: {
          code: 'ERR-322',
          reason: classifyRefusal('InsertOrder', 'ERR-322').reason,
          mustAct: 'merchant',
          at: T0,
        },
      },
    ],
    ['a missing field', error('ERR-511'), { then: 'refuse', suspectKey: true }],
    ['a bad customer', error('ERR-223'), { then: 'refuse', pauseContract: true, suspectKey: false }],
    ['an approval or key that is not valid', error('ERR-123'), { then: 'refuse', suspectKey: true }],
    ['there already', error('ERR-326'), { then: 'look-up' }],
    ['a code nobody knows', error('X'), { then: 'refuse', refusal: { mustAct: 'operator' } }],
  ])('%s', (_name, answer, means) => {
    expect(decide(answer, booking.waybillNumber)).toMatchObject(means);
  });

  it('brings the number of a shipment that has none', () => {
    expect(decide({ outcome: 'ok', value: booking })).toEqual({ then: 'accept', booking, drawn: true });
  });

  it('with another number than ours is for an operator, also the literal of a test order outside tests', () => {
    const test = { ...booking, waybillNumber: 'TESTREGINOAPI' };
    expect(decide({ outcome: 'ok', value: booking }, '6899900000000')).toMatchObject({
      then: 'park',
      refusal: { code: 'NUMBER-MISMATCH' },
    });
    expect(decide({ outcome: 'ok', value: test }, '6899900000000').then).toBe('park');
    expect(decide({ outcome: 'ok', value: test }, '6899900000000', true).then).toBe('accept');
    expect(decide({ outcome: 'ok', value: test }).then, 'no number drawn for a real order').toBe('park');
    expect(decide({ outcome: 'ok', value: test }, undefined, true)).toMatchObject({
      then: 'accept',
      drawn: true,
    });
    expect(decide({ outcome: 'ok', value: booking }, undefined, true).then, 'a test that booked').toBe(
      'park',
    );
  });
});

describe('what ePost holds', () => {
  const asked: string[] = [];
  const holding = (rows: object[]) => ({
    getResInfo: async ({ day }: { day: string }) => {
      asked.push(day);
      return { outcome: 'ok', value: day === '20261124' ? rows : [] } as never;
    },
  });
  const shipment = { shipmentId: 'S-1', attemptAt: T0 };
  const look = (rows: object[]) => lookUp(holding(rows), shipment, { customerNo: '0011223344' });
  const live = { ...booking, statusCode: '01' };

  it('is one parcel, none, or too many', async () => {
    expect(await look([live])).toMatchObject({ found: 'one', day: '20261124', booking });
    expect(await look([])).toEqual({ found: 'none', withdrawn: false });
    expect(await look([live, { ...live, reqNo: '9' }])).toEqual({ found: 'many' });
    expect(asked).toEqual(['20261124', '20261124', '20261124']);
  });

  it('is nothing when it was cancelled, at the portal too', async () => {
    expect(await look([{ ...live, statusCode: '05' }])).toEqual({ found: 'none', withdrawn: true });
    expect(await look([{ reqNo: '1', waybillNumber: '6899900123456' }])).toEqual({
      found: 'none',
      withdrawn: true,
    });
  });

  it.each(['01', '02', '03', '04'])('is live with status %s, its resNo given or not', async (statusCode) => {
    const { resNo: _none, ...bare } = live;
    expect(await look([{ ...bare, statusCode }])).toMatchObject({
      found: 'one',
      booking: { reqNo: '1', resNo: '' },
    });
  });

  it('is live with a resNo and a status nobody knows, not without either', async () => {
    const { statusCode: _status, ...unsaid } = live;
    const { resNo: _none, ...bare } = live;
    expect(await look([unsaid])).toMatchObject({ found: 'one' });
    expect(await look([{ ...live, statusCode: '99' }])).toMatchObject({ found: 'one' });
    expect(await look([{ ...bare, statusCode: '99' }])).toEqual({ found: 'none', withdrawn: true });
  });

  it('is the one that is live beside those that were withdrawn, and one parcel however often it is listed', async () => {
    const withdrawn = { ...live, reqNo: '8', statusCode: '05' };
    expect(await look([withdrawn, live, live])).toMatchObject({ found: 'one', booking: { reqNo: '1' } });
  });

  it.each<[object, string]>([
    [{ outcome: 'error', code: 'ERR-511', why: 'x' }, 'ERR-511'],
    [{ outcome: 'unknown', why: 'timeout' }, 'timeout'],
    [{ outcome: 'not-begun' }, 'not-begun'],
  ])('is not known, and why: %o', async (answer, why) => {
    const getResInfo = async () => answer as never;
    const { attemptAt: _none, ...bare } = shipment;
    expect(await lookUp({ getResInfo }, bare, { customerNo: '1' })).toEqual({ found: 'no-answer', why });
  });

  it('is asked for by customer, shipment and day', async () => {
    const questions: object[] = [];
    const getResInfo = async (question: object) => {
      questions.push(question);
      return { outcome: 'ok', value: [] } as never;
    };
    await lookUp({ getResInfo }, shipment, { customerNo: '0011223344' });
    expect(questions).toEqual([{ customerNo: '0011223344', shipmentId: 'S-1', day: '20261124' }]);
  });

  it('is not known when one of the days is not answered', async () => {
    const getResInfo = async ({ day }: { day: string }) =>
      (day === '20261125' ? { outcome: 'maintenance' } : { outcome: 'ok', value: [] }) as never;
    const atMidnight = { shipmentId: 'S-1', attemptAt: Date.parse('2026-11-24T14:59:00Z') };
    expect(await lookUp({ getResInfo }, atMidnight, { customerNo: '0011223344' })).toEqual({
      found: 'no-answer',
      why: 'maintenance',
    });
  });
});

describe('a pause', () => {
  it('is probed after 2, 4, 8, then every 10 minutes', () => {
    let [pause, now] = [openCarrierPause('unreachable', T0), T0];
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      waits.push((pause.until - now) / MINUTE);
      now = pause.until;
      pause = prolong(pause, now);
    }
    expect(waits).toEqual([2, 4, 8, 10, 10]);
    expect(pause.since).toBe(T0);
  });

  it('of a contract grows from a quarter to a whole hour', () => {
    const first = pauseContract(undefined, 'ERR-223', T0);
    const third = pauseContract(pauseContract(first, 'ERR-223', first.until), 'ERR-223', T0);
    expect([first.until, pauseContract(third, 'ERR-223', T0).until]).toEqual([
      T0 + 15 * MINUTE,
      T0 + 60 * MINUTE,
    ]);
  });

  it('is opened by five calls in a row without an answer, not by four', () => {
    const breaker = createBreaker();
    const four = () => Array.from({ length: 4 }, () => breaker('unknown'));
    expect(four()).toEqual([undefined, undefined, undefined, undefined]);
    expect(breaker('ok')).toBeUndefined();
    expect(four().at(-1)).toBeUndefined();
    expect(breaker('unreachable')).toBe('unreachable');
    expect(breaker('maintenance')).toBe('maintenance');
  });
});
