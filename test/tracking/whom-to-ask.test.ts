import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Followed,
  isTurn,
  paceOf,
  type PerPace,
  planRound,
  roundBudget,
  scheduledQuota,
  standingOf,
} from '../../functions/tracking/whom-to-ask.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-24T00:00:00+09:00');
const parcel = (over: Partial<Followed> = {}): Followed => ({
  shipmentId: 'S-1',
  orderId: 'O-1',
  contractId: 'sodam',
  state: 'accepted',
  waybillNumber: '6899900123456',
  receivedAt: NOW - DAY,
  booking: { reqNo: '1', resNo: '2', at: NOW - DAY },
  ...over,
});
const seenAt = (
  changedAt: number,
  status: 'in-transit' | 'cancelled' = 'in-transit',
): Pick<Followed, 'tracked'> => ({
  tracked: { status, word: '발송', at: changedAt, scans: 1, orderStatus: null, changedAt },
});
const refusedAt = (at: number): Partial<Followed> => ({
  state: 'refused',
  refusal: { code: 'FIELD', reason: '우편번호를 확인해 주세요', mustAct: 'merchant', at },
});

describe('who needs tracking', () => {
  it.each<[string, Partial<Followed>, string]>([
    ['a booked parcel is asked', {}, 'ask'],
    ['a delivered one never again', { state: 'closed' }, 'ended'],
    ['a cancelled one never again', { state: 'cancelled' }, 'ended'],
    ['one not yet with ePost waits', { state: 'sending' }, 'wait'],
    ['a refused one waits for its correction', refusedAt(NOW - 29 * DAY), 'wait'],
    ['a refused one older than 30 days will not be sent again', refusedAt(NOW - 31 * DAY), 'ended'],
    ['a test order has no parcel', { waybillNumber: 'TESTREGINOAPI' }, 'ended'],
    [
      'a parcel two months without a scan is given up',
      { booking: { reqNo: '1', resNo: '2', at: NOW - 61 * DAY } },
      'silent',
    ],
    [
      'a parcel seen last week is not',
      { booking: { reqNo: '1', resNo: '2', at: NOW - 61 * DAY }, ...seenAt(NOW - 7 * DAY) },
      'ask',
    ],
    ['접수취소 may be a correction', seenAt(NOW - 6 * DAY, 'cancelled'), 'ask'],
    ['접수취소 of last week is final', seenAt(NOW - 8 * DAY, 'cancelled'), 'silent'],
  ])('%s', (_, over, expected) => {
    expect(standingOf(parcel(over), NOW)).toBe(expected);
  });

  it.each<[string, Partial<Followed>, string]>([
    ['booked within the hour', { booking: { reqNo: '1', resNo: '2', at: NOW - HOUR / 2 } }, 'fresh'],
    ['booked yesterday', {}, 'moving'],
    ['last changed three days ago', seenAt(NOW - 3 * DAY), 'quiet'],
    ['last changed ten days ago', seenAt(NOW - 10 * DAY), 'silent'],
  ])('%s', (_, over, expected) => {
    expect(paceOf(parcel(over), NOW)).toBe(expected);
  });
});

describe('the plan of a round', () => {
  it('asks everybody when calls suffice, and when there is no quota', () => {
    const demand = { moving: 800, quiet: 200, silent: 100, fresh: 87 };
    const all = { moving: 1, quiet: 1, silent: 1, fresh: 1 };
    expect([planRound(1187, demand), planRound(undefined, demand)]).toEqual([all, all]);
  });

  it('asks what moves first and what cannot have moved last', () => {
    const shares = planRound(1000, { moving: 900, quiet: 200, silent: 200, fresh: 200 });
    expect(shares).toMatchObject({ moving: 1, fresh: 0 });
    expect(shares.quiet).toBeGreaterThan(shares.silent);
    expect(shares.silent).toBeGreaterThanOrEqual(1 / 8);
  });

  it('never plans more calls than the budget', () => {
    const count = fc.nat(200_000);
    const anyDemand: fc.Arbitrary<PerPace> = fc.record({
      moving: count,
      quiet: count,
      silent: count,
      fresh: count,
    });
    fc.assert(
      fc.property(fc.nat(100_000), anyDemand, (budget, demand) => {
        const shares = planRound(budget, demand);
        const calls = (Object.keys(shares) as (keyof PerPace)[]).reduce(
          (sum, pace) => sum + shares[pace] * demand[pace],
          0,
        );
        expect(calls).toBeLessThanOrEqual(budget + 1e-6);
      }),
    );
  });

  it('shares a day of 10,000 calls over eight rounds and keeps a reserve', () => {
    expect(scheduledQuota(10_000)).toBe(9500);
    expect(roundBudget(10_000, 0, NOW, 3 * HOUR)).toBe(1187);
    expect(roundBudget(10_000, 9000, NOW + 21 * HOUR, 3 * HOUR)).toBe(500);
    expect(roundBudget(10_000, 9900, NOW + 21 * HOUR, 3 * HOUR)).toBe(0);
  });
});

describe('turns', () => {
  it.each([1 / 2, 1 / 4, 1 / 8, 1 / 32])('of a share of %d come exactly so often, spread evenly', (share) => {
    const ids = Array.from({ length: 4000 }, (_, i) => `S-${i}`);
    const rounds = 1 / share;
    const perRound = Array.from({ length: rounds }, (_, r) =>
      ids.filter((id) => isTurn(id, 165_000 + r, share)),
    );
    expect(new Set(perRound.flat()).size).toBe(ids.length);
    expect(perRound.flat()).toHaveLength(ids.length);
    for (const asked of perRound)
      expect(Math.abs(asked.length / (ids.length * share) - 1)).toBeLessThan(0.25);
  });

  it('leave nobody waiting longer than the share says', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 31 }), fc.nat(1_000_000), (id, steps, round) => {
        const share = steps / 32;
        const longest = Math.ceil(1 / share);
        expect(Array.from({ length: longest }, (_, r) => isTurn(id, round + r, share))).toContain(true);
      }),
    );
  });
});
