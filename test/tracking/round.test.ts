import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANARY, createWorld, HOUR, numberOf, PERIOD, START, WHOLE_JOURNEY, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

const day = async (rounds = 8) => {
  for (let i = 0; i < rounds; i++) {
    world.state.now = START + PERIOD * (i + 1);
    await world.round();
  }
};
const asksOf = (id: string) => world.asked.filter(({ number }) => number === numberOf(id)).length;

describe('a day of rounds', () => {
  it('asks each undelivered parcel exactly eight times, and never again after delivery', async () => {
    await world.book(['S-1', 'S-2']);
    await world.book(['S-3'], [[4 * HOUR, '배달완료']]);
    await day();
    expect([asksOf('S-1'), asksOf('S-2'), asksOf('S-3')]).toEqual([8, 8, 2]);
  });

  it('writes nothing for a parcel without news', async () => {
    await world.book(['S-1'], [[HOUR, '접수']]);
    await day(1);
    expect(world.writes[world.tables.shipments]).toBe(1);
    await day(8);
    expect(world.writes[world.tables.shipments]).toBe(1);
    expect(world.writes[world.tables.ledger]).toBeUndefined();
    expect(world.events).toHaveLength(1);
  });

  it('brings an order from 접수 to 배송완료, in order, and closes its ledger entry', async () => {
    await world.book(['S-1'], WHOLE_JOURNEY);
    await day();
    expect(world.events.map(({ rawText, orderStatus }) => [rawText, orderStatus])).toEqual([
      ['발송', '배송중'],
      ['도착', '배송중'],
      ['배달준비', '배송중'],
      ['배달완료 ( 배달 )', '배송완료'],
    ]);
    expect(world.events[0]).toMatchObject({
      shipmentId: 'S-1',
      shopId: 'sodam',
      waybillNumber: numberOf('S-1'),
      status: 'in-transit',
      asOf: '2026-11-23T18:00:00.000Z',
      observedAt: '2026-11-23T18:00:00.000Z',
      nextCheckAt: '2026-11-23T21:00:00.000Z',
    });
    expect(world.events.at(-1)?.nextCheckAt).toBeNull();
    expect(await world.shipment('S-1')).toMatchObject({
      state: 'closed',
      tracked: { orderStatus: '배송완료', scans: 5 },
    });
    expect(await world.openEntries()).toEqual([]);
  });

  it('keeps an entry open until its last parcel has ended', async () => {
    await world.book(['S-1'], [[HOUR, '배달완료']]);
    await world.book(['S-2', 'S-3'], [[HOUR, '접수']]);
    await world.book(['S-4'], [], { state: 'cancelled' });
    await world.book(['S-5'], [], { state: 'sending' });
    await day(1);
    expect((await world.openEntries()).toSorted()).toEqual([2, 4]);
    expect(asksOf('S-4') + asksOf('S-5')).toBe(0);
  });
});

describe('an answer that is no status', () => {
  it('a number without a scan is counted, told to nobody and asked again', async () => {
    await world.book(['S-1']);
    await day(2);
    expect(world.events).toEqual([]);
    expect((await world.runs()).map(({ tally }) => [tally.notYet, tally.notFound])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('a number that was known and is not found any more is counted apart', async () => {
    await world.book(['S-1'], [[HOUR, '접수']]);
    await day(1);
    world.carrier.answer = () => ({ outcome: 'not-yet' });
    await day(2);
    expect((await world.runs()).at(-1)?.tally).toMatchObject({ notYet: 1, notFound: 1 });
    expect((await world.shipment('S-1')).tracked?.status).toBe('collected');
  });

  it('an unknown word is kept raw, counted, and leaves the order alone', async () => {
    await world.book(
      ['S-1'],
      [
        [HOUR, '접수'],
        [4 * HOUR, '드론이륙'],
      ],
    );
    await day(2);
    expect((await world.runs()).map(({ tally }) => tally.unknownWords)).toEqual([0, 1]);
    expect(await world.shipment('S-1')).toMatchObject({
      state: 'accepted',
      tracked: { status: 'collected', orderStatus: '배송중' },
    });
    expect(world.events.at(-1)).toMatchObject({ status: 'unknown', rawText: '드론이륙', orderStatus: null });
  });

  it('a failed question is counted by its cause and asked again in the next round', async () => {
    await world.book(['S-1', 'S-2'], [[HOUR, '접수']]);
    world.carrier.answer = (number) =>
      number === numberOf('S-1') ? { outcome: 'error', code: 'ERR-321' } : undefined;
    await day(1);
    expect((await world.runs())[0]?.tally).toMatchObject({ asked: 2, changed: 1, failed: { 'ERR-321': 1 } });
    delete world.carrier.answer;
    await day(2);
    expect((await world.shipment('S-1')).tracked?.status).toBe('collected');
  });
});

describe('what leaves tracking', () => {
  it('holds no person: not in events, not in run records, not in messages, not in what is read', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `S-${i + 1}`);
    for (const id of ids) await world.book([id], WHOLE_JOURNEY);
    world.state.perCall = 5000;
    await day(4);
    const read = await world.ports.store.read(ids);
    const left = [world.events, await world.everything(world.tables.operations), read, world.queue];
    expect(world.events.length).toBeGreaterThan(30);
    expect(read).toHaveLength(30);
    expect(JSON.stringify(left)).not.toContain(CANARY);
    expect((await world.shipment('S-1')).parcel?.recipient.name).toBe(CANARY);
  });

  it('a round says what it did, and when the next is due', async () => {
    await world.book(['S-1'], [[HOUR, '접수']]);
    await world.book(['S-2']);
    await day(1);
    expect((await world.runs())[0]).toMatchObject({
      startedAt: START + PERIOD,
      endedAt: START + PERIOD,
      outcome: 'done',
      source: 'data-go-kr',
      nextDueAt: START + 2 * PERIOD,
      tally: { asked: 2, changed: 1, notYet: 1, uncovered: 0, failed: {}, changes: [['S-1', 'collected']] },
    });
  });
});
