import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TraceAnswer } from '../../functions/epost/trace-reply.ts';
import { createMeter } from '../../functions/tracking/meter.ts';
import { emptyTally, type Run } from '../../functions/tracking/run.ts';
import { runLeg, type SyncPorts } from '../../functions/tracking/sync.ts';
import type { Followed } from '../../functions/tracking/whom-to-ask.ts';
import type { LedgerEntry } from '../../functions/waybill/ledger.ts';
import { numberOf, PERIOD } from './world.ts';

/** The least a round can do: a work list made up as it is read, so that only what tracking holds is held. */
const madeUp = (parcels: number, readMs: number, ask: () => Promise<TraceAnswer>) => {
  const perEntry = 97;
  const entries = Math.ceil(parcels / perEntry);
  const later = () => new Promise((resolve) => setTimeout(resolve, readMs));
  const entryAt = (seq: number): LedgerEntry => ({
    contractId: 'sodam',
    seq,
    kind: 'allocated',
    at: Date.now(),
    shipmentIds: Array.from(
      { length: Math.min(perEntry, parcels - seq * perEntry) },
      (_, i) => `S-${seq * perEntry + i}`,
    ),
  });
  const read = async (ids: readonly string[]): Promise<Followed[]> => {
    await later();
    return ids.map((shipmentId) => ({
      shipmentId,
      orderId: `O-${shipmentId}`,
      contractId: 'sodam',
      state: 'accepted',
      waybillNumber: numberOf(shipmentId),
      receivedAt: Date.now(),
      booking: { reqNo: '1', resNo: '2', at: Date.now() },
      scans: Array.from({ length: 12 }, (_, i) => [i, '도착', '서울중앙우체국']),
    }));
  };
  const ports: SyncPorts = {
    clock: () => Date.now(),
    store: { read, write: async () => 'written' },
    ledger: {
      slots: ['0'],
      openEntries: async (_slot, cursor, limit = 25) => {
        await later();
        const from = (cursor?.from as number | undefined) ?? 0;
        const to = Math.min(from + limit, entries);
        const page = Array.from({ length: to - from }, (_, i) => entryAt(from + i));
        return to < entries ? { entries: page, cursor: { from: to } } : { entries: page };
      },
      close: async () => {},
    },
    records: { save: async () => 'saved' },
    publish: async () => {},
    sources: [{ name: 'biz', ask, meter: unlimited() }],
  };
  return ports;
};

const unlimited = () =>
  createMeter({
    counter: { used: async () => 0, reserve: async () => 0, release: async () => {} },
    source: 'biz',
    limit: undefined,
    budget: undefined,
    clock: () => 0,
  });

const aRun = (): Run => ({
  runId: 'r',
  startedAt: 0,
  source: 'biz',
  round: 1,
  shares: { moving: 1, quiet: 1, silent: 1, fresh: 1 },
  leg: 1,
  busyUntil: 0,
  beatAt: 0,
  tally: emptyTally(),
  nextDueAt: PERIOD,
});

describe('a round', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['calls of 200 ms', () => 200],
    ['a long tail of 100 to 1,500 ms', (i: number) => 100 + 1400 * ((i * 0.618) % 1) ** 3],
  ])('keeps all lanes busy: %s', async (_, timeOf) => {
    const parcels = 5000;
    const lanes = 20;
    let calls = 0;
    let total = 0;
    let inFlight = 0;
    let most = 0;
    const ports = madeUp(parcels, 20, async () => {
      const ms = timeOf(calls++);
      total += ms;
      most = Math.max(most, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, ms));
      inFlight--;
      return { outcome: 'not-yet' };
    });
    const began = Date.now();
    const leg = runLeg(ports, aRun(), { callsInFlight: lanes, beginUntil: Infinity });
    await vi.runAllTimersAsync();
    expect(await leg).toBe('finished');
    expect([calls, most]).toEqual([parcels, lanes]);
    expect((Date.now() - began) / (total / lanes)).toBeLessThanOrEqual(1.03);
  });
});

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  const heapAtPeak = async (parcels: number): Promise<number> => {
    let calls = 0;
    let peak = 0;
    const ports = madeUp(parcels, 0, async () => {
      if (++calls % 1000 === 0) {
        collect();
        peak = Math.max(peak, process.memoryUsage().heapUsed);
      }
      return { outcome: 'not-yet' };
    });
    await runLeg(ports, aRun(), { callsInFlight: 20, beginUntil: Infinity });
    expect(calls).toBe(parcels);
    return peak;
  };

  it('does not grow with the number of parcels: 10,000 or 50,000', async () => {
    await heapAtPeak(5000);
    const few = await heapAtPeak(10_000);
    const many = await heapAtPeak(50_000);
    expect(many / few).toBeLessThanOrEqual(1.2);
  });
});
