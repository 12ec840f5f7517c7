import { afterEach, describe, expect, it } from 'vitest';
import { koreanDay } from '../../functions/shipment/korean-day.ts';
import { nextScheduled } from '../../functions/tracking/run.ts';
import { createWorld, HOUR, numberOf, PERIOD, START, type World } from './world.ts';

let world: World;
afterEach(() => world.stop());

const worldWith = async (quota: number, parcels: number) => {
  world = await createWorld({ quota });
  for (let i = 0; i < parcels; i += 25) {
    await world.book(Array.from({ length: Math.min(25, parcels - i) }, (_, j) => `S-${i + j + 1}`));
  }
};
const callsOn = (day: string) => world.asked.filter(({ at }) => koreanDay(at) === day).length;

describe('a quota too small', () => {
  it('is never exceeded, spread over the day, and the rounds say whom they did not cover', async () => {
    await worldWith(400, 100);
    for (let i = 1; i <= 16; i++) {
      world.state.now = START + PERIOD * i;
      await world.round();
    }
    const runs = await world.runs();
    for (const day of ['20261124', '20261125']) {
      expect(callsOn(day)).toBeLessThanOrEqual(380);
      expect(callsOn(day)).toBeGreaterThan(300);
      expect(await world.quotaUsed(day)).toBe(callsOn(day));
    }
    for (const { tally } of runs) expect(tally.asked + tally.uncovered).toBe(100);
    expect(runs.every(({ tally }) => tally.asked > 0 && tally.uncovered > 0)).toBe(true);
  });

  it('leaves no parcel out: each has its turns', async () => {
    await worldWith(400, 100);
    for (let i = 1; i <= 8; i++) {
      world.state.now = START + PERIOD * i;
      await world.round();
    }
    expect(new Set(world.asked.map(({ number }) => number)).size).toBe(100);
  });

  it('goes first to what is likely to move, once a round has seen what there is', async () => {
    world = await createWorld({ quota: 800 });
    const still = Array.from({ length: 90 }, (_, i) => `S-${i + 1}`);
    const moving = Array.from({ length: 50 }, (_, i) => `S-${i + 101}`);
    await world.book(still);
    const later = START + 30 * 24 * HOUR;
    world.state.now = later - 2 * HOUR;
    await world.book(moving);
    for (let i = 0; i < 8; i++) {
      world.state.now = later + PERIOD * i;
      await world.round();
    }
    const times = (ids: string[]) =>
      ids.map((id) => world.asked.filter(({ number }) => number === numberOf(id)).length);
    expect(Math.min(...times(moving))).toBeGreaterThanOrEqual(7);
    expect(Math.min(...times(still))).toBeGreaterThanOrEqual(1);
    expect(times(still).reduce((sum, n) => sum + n, 0) / still.length).toBeLessThan(5);
    expect(world.asked.length).toBeLessThanOrEqual(760);
  });

  it('keeps a reserve for checks by hand, and they too end with the quota', async () => {
    await worldWith(40, 50);
    world.state.now = START + 22 * HOUR;
    await world.round();
    expect(world.asked).toHaveLength(38);
    const check = () => world.deliver({ v: 1, kind: 'one', shipmentId: 'S-1' }, 'm', world.state.now);
    expect([await check(), await check()]).toEqual(
      Array(2).fill({ outcome: 'checked', checked: { outcome: 'not-yet' } }),
    );
    expect(await check()).toEqual({ outcome: 'checked', checked: { outcome: 'no-quota' } });
    expect(world.asked).toHaveLength(40);
  });

  it('said by the service itself ends the asking for this round', async () => {
    await worldWith(4000, 100);
    world.state.now = START + PERIOD;
    let answered = 0;
    world.carrier.answer = () => (++answered > 30 ? { outcome: 'quota' } : undefined);
    await world.round();
    expect(world.asked.length).toBeLessThanOrEqual(30 + world.settings.callsInFlight);
    expect((await world.runs())[0]).toMatchObject({ outcome: 'done', tally: { uncovered: 70 } });
  });
});

describe('a quota large enough', () => {
  it('lets every parcel be asked in every round', async () => {
    await worldWith(2000, 100);
    for (let i = 0; i < 8; i++) {
      world.state.now = START + PERIOD * i + HOUR;
      await world.round();
    }
    expect(world.asked).toHaveLength(800);
  });

  it('counts each day for itself, a round over midnight too', async () => {
    await worldWith(2000, 100);
    world.state.now = START + 24 * HOUR - 50_000;
    world.state.perCall = 1000;
    await world.round();
    expect(world.asked).toHaveLength(100);
    expect(await world.quotaUsed('20261124')).toBe(callsOn('20261124'));
    expect(await world.quotaUsed('20261125')).toBe(callsOn('20261125'));
    expect(callsOn('20261125')).toBeGreaterThan(40);
  });

  it('holds when two invocations count at once', async () => {
    await worldWith(50, 1);
    const { counter } = world.ports;
    const granted = await Promise.all(
      Array.from({ length: 20 }, () => counter.reserve('biz', '20261124', 7, 50, START)),
    );
    expect(granted.reduce((sum, calls) => sum + calls, 0)).toBe(50);
  });
});

describe('a round asked for by hand', () => {
  const asked = (messageId: string) =>
    world.deliver({ v: 1, kind: 'start', by: '김운영' }, messageId, world.state.now);

  it('may use what scheduled rounds leave alone, and asks nobody once the quota is used up', async () => {
    await worldWith(400, 50);
    world.state.now = START + 22 * HOUR;
    const use = (calls: number) =>
      world.ports.counter.reserve('data-go-kr', '20261124', calls, 400, world.state.now);
    await use(380);
    await world.round();
    expect(world.asked).toHaveLength(0);
    world.state.now += HOUR;
    await asked('by-hand-1');
    const calls = world.asked.length;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThanOrEqual(20);
    await use(20 - calls);
    world.state.now += HOUR / 2;
    await asked('by-hand-2');
    expect(world.asked).toHaveLength(calls);
    expect((await world.runs()).at(-1)).toMatchObject({
      askedBy: '김운영',
      outcome: 'done',
      tally: { asked: 0, uncovered: 50 },
    });
  });

  it('leaves the schedule where it is', async () => {
    await worldWith(4000, 1);
    world.state.now = START + PERIOD;
    await world.round();
    world.state.now += HOUR;
    await asked('by-hand');
    const [scheduled, byHand] = await world.runs();
    expect(byHand?.nextDueAt).toBe(scheduled?.nextDueAt);
    expect(nextScheduled([byHand!, scheduled!], world.state.now, PERIOD)).toBe(START + 2 * PERIOD);
    expect(nextScheduled([byHand!, scheduled!], START + 2 * PERIOD, PERIOD)).toBe(START + 3 * PERIOD);
    expect(nextScheduled([byHand!], world.state.now, PERIOD)).toBeUndefined();
  });
});

describe('a check by hand', () => {
  it('tells and writes like a round, and asks for nothing that has no parcel', async () => {
    world = await createWorld();
    await world.book(['S-1'], [[0, '접수']]);
    await world.book(['S-2'], [], { state: 'allocated' });
    const one = (shipmentId: string) =>
      world.deliver({ v: 1, kind: 'one', shipmentId }, 'm', world.state.now);
    expect(await one('S-1')).toMatchObject({ checked: { outcome: 'changed' } });
    expect(await one('S-1')).toMatchObject({ checked: { outcome: 'unchanged' } });
    expect([await one('S-2'), await one('S-404')]).toEqual(
      Array(2).fill({ outcome: 'skipped', why: 'not-followed' }),
    );
    expect(world.events).toHaveLength(1);
    expect(world.asked.map(({ number }) => number)).toEqual(Array(2).fill(numberOf('S-1')));
  });
});
