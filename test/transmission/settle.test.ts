/** Asking ePost what became of an attempt, with every store replaced by what it is asked and answers. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking, Reservation } from '../../functions/epost/carrier-answer.ts';
import type { OutgoingEvent } from '../../functions/events.ts';
import type { Contract } from '../../functions/merchant/contract.ts';
import type { Attempts, Change } from '../../functions/shipment/attempt.store.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import type { Gated } from '../../functions/transmission/decide-answer.ts';
import type { TouchPorts } from '../../functions/transmission/endings.ts';
import { settle } from '../../functions/transmission/settle.ts';
import { PARKED } from '../../functions/transmission/words.ts';
import { aContract, aShipment, T0 } from '../support/builders.ts';

const MINUTE = 60_000;
const SETTLE = 210_000;
const live: Reservation = { reqNo: '1', resNo: '2', waybillNumber: '6899900123456', statusCode: '01' };

let now: number;
let contract: Contract | undefined;
let rows: Gated<Reservation[]>;
let claims: 'claimed' | 'not-claimed';
let committed: { states: readonly string[]; change: Change }[];
let told: OutgoingEvent[];
let counts: Record<string, number>;
let resent: Shipment[];

beforeEach(() => {
  [now, contract, rows, claims] = [T0 + SETTLE, aContract(), { outcome: 'ok', value: [] }, 'claimed'];
  [committed, told, counts, resent] = [[], [], {}, []];
});

const attempts: Attempts = {
  read: () => Promise.reject(new Error('not read here')),
  claim: () => Promise.reject(new Error('not claimed here')),
  claimAgain: async (settled, at) =>
    claims === 'claimed'
      ? {
          outcome: 'claimed',
          shipment: { ...(settled as Shipment), attempt: settled.attempt + 1, attemptAt: at },
        }
      : { outcome: 'not-claimed', existing: undefined },
  commit: async (fence, states, change) => {
    committed.push({ states, change });
    return { outcome: 'written', shipment: { ...(fence as Shipment), ...change.set } };
  },
};
const portsNow = (): TouchPorts =>
  ({
    clock: () => now,
    attempts,
    contract: async () => contract,
    carrier: { getResInfo: async () => rows },
    contractGate: { taken: () => false, unsaid: () => undefined },
    publish: async (events: OutgoingEvent[]) => void told.push(...events),
    count: (name: string, value = 1) => void (counts[name] = (counts[name] ?? 0) + value),
    warn: () => undefined,
    settleMs: SETTLE,
    maxAttempts: 5,
  }) as unknown as TouchPorts;
const ask = (over: Partial<Shipment> = {}) =>
  settle(
    portsNow(),
    aShipment({ state: 'unknown', attempt: 1, attemptAt: T0, ...over }),
    async (claimed, under) => {
      expect(under).toBe(contract);
      resent.push(claimed);
      return { then: 'remove' };
    },
  );
const types = () => told.map(({ detailType }) => detailType);

describe('what ePost says of an attempt without an answer', () => {
  it('is not asked for a contract that is not known, and comes again in five minutes', async () => {
    contract = undefined;
    expect(await ask()).toEqual({ then: 'back', delayMs: 5 * MINUTE });
    expect([committed, resent]).toEqual([[], []]);
  });

  it('holds it: accepted, and counted as found', async () => {
    rows = { outcome: 'ok', value: [live] };
    expect(await ask()).toEqual({ then: 'remove' });
    expect(committed[0]).toMatchObject({
      states: ['sending', 'unknown'],
      change: { set: { state: 'accepted' } },
    });
    expect(counts).toEqual({ TransmissionSettled: 1, Transmitted: 1 });
    expect(types()).toEqual(['ShipmentTransmitted']);
  });

  it('holds it under another number: for an operator, with the booking, and not counted as found', async () => {
    rows = { outcome: 'ok', value: [{ ...live, waybillNumber: '7000000000000' }] };
    await ask();
    expect(committed[0]?.change.set).toMatchObject({
      state: 'parked',
      refusal: { ...PARKED['NUMBER-MISMATCH'], at: now },
      booking: { reqNo: '1' },
    });
    expect(counts).toEqual({ TransmissionParked: 1, NumberMismatch: 1 });
  });

  it('holds it twice: for an operator', async () => {
    rows = { outcome: 'ok', value: [live, { ...live, reqNo: '9' }] };
    expect(await ask()).toEqual({ then: 'remove' });
    expect(committed[0]?.change.set.refusal).toEqual({ ...PARKED['DOUBLE-BOOKING'], at: now });
    expect(committed[0]?.change.set.booking).toBeUndefined();
  });

  it('does not hold it: sent once more by the attempt that is claimed for it', async () => {
    expect(await ask()).toEqual({ then: 'remove' });
    expect(resent).toMatchObject([{ attempt: 2, attemptAt: now }]);
    expect(counts).toEqual({});
    claims = 'not-claimed';
    expect(await ask(), 'another invocation was faster').toEqual({ then: 'back', delayMs: 0 });
    expect(resent).toHaveLength(1);
  });

  it('held one that was withdrawn there: sent once more, and counted', async () => {
    rows = { outcome: 'ok', value: [{ ...live, statusCode: '05' }] };
    await ask();
    expect(counts).toEqual({ FoundWithdrawn: 1 });
    expect(resent).toHaveLength(1);
  });

  it('does not hold what is to be taken back: it ends there', async () => {
    expect(await ask({ cancel: { at: T0 } })).toEqual({ then: 'remove' });
    expect(committed[0]).toMatchObject({ states: ['unknown'], change: { set: { state: 'cancelled' } } });
    expect(types()).toEqual(['CancellationAccepted']);
    expect(resent).toEqual([]);
  });

  it('does not hold it after the last attempt: for an operator', async () => {
    await ask({ attempt: 4 });
    expect(resent).toHaveLength(1);
    await ask({ attempt: 5 });
    expect(committed[0]?.change.set.refusal).toEqual({ ...PARKED.ATTEMPTS, at: now });
    expect(counts).toEqual({ TransmissionParked: 1, AttemptsUsedUp: 1 });
    expect(resent).toHaveLength(1);
  });

  it('does not hold it, and the contract is not in use: it waits', async () => {
    contract = aContract({ status: 'suspended' });
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
    rows = { outcome: 'maintenance' };
    now = T0 + SETTLE + waited;
    expect(await ask()).toEqual({ then: 'back', delayMs });
    expect(counts).toEqual({ SettleUnanswered: 1 });
  });

  it('is not to be had of a record without a time: not sooner than any other', async () => {
    rows = { outcome: 'maintenance' };
    const { attemptAt: _none, ...bare } = aShipment({ state: 'unknown' });
    expect(await settle(portsNow(), bare, () => Promise.reject(new Error('not sent')))).toEqual({
      then: 'back',
      delayMs: 5 * MINUTE,
    });
  });

  it('was not asked for, as the run was over: asked at once next time, and not counted', async () => {
    rows = { outcome: 'not-begun' };
    expect(await ask()).toEqual({ then: 'back', delayMs: 0 });
    expect(counts).toEqual({});
  });

  it('takes the number ePost drew for a parcel that has none, and the test literal for a test order', async () => {
    rows = { outcome: 'ok', value: [live] };
    const { waybillNumber: _none, ...bare } = aShipment({ state: 'unknown', attempt: 1, attemptAt: T0 });
    await settle(portsNow(), bare, () => Promise.reject(new Error('not sent')));
    expect(committed[0]?.change.set).toMatchObject({ waybillNumber: live.waybillNumber, allocatedAt: now });
    contract = aContract({ testOrders: true });
    const test: Booking = { reqNo: '1', resNo: '2', waybillNumber: 'TESTREGINOAPI' };
    rows = { outcome: 'ok', value: [{ ...test, statusCode: '01' }] };
    await ask();
    expect(committed[1]?.change.set.state).toBe('accepted');
  });
});
