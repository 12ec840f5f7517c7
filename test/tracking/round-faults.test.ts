import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, HOUR, numberOf, PERIOD, START, type World } from './world.ts';

const START_MESSAGE = { v: 1, kind: 'start' } as const;
let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.state.now = START + PERIOD;
});
afterEach(() => world.stop());

const bookMany = async (count: number, journey: Parameters<World['book']>[1] = []) => {
  for (let i = 0; i < count; i += 5) {
    await world.book(
      Array.from({ length: Math.min(5, count - i) }, (_, j) => `S-${i + j + 1}`),
      journey,
    );
  }
  world.state.now += 2 * HOUR;
};
const askedTimes = () => {
  const times = new Map<string, number>();
  for (const { number } of world.asked) times.set(number, (times.get(number) ?? 0) + 1);
  return times;
};
const once = <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) => {
  let failed = false;
  return (...args: Args): Promise<Answer> => {
    if (failed) return call(...args);
    failed = true;
    return Promise.reject(new Error('killed'));
  };
};

describe('a crash', () => {
  it('between telling and writing tells again, and loses nothing', async () => {
    await bookMany(1, [[HOUR, '접수']]);
    const { store } = world.ports;
    world.ports.store = { ...store, write: once(store.write) };
    const sentAt = world.state.now;
    await expect(world.deliver(START_MESSAGE, 'm1', sentAt)).rejects.toThrow('killed');
    expect((await world.shipment('S-1')).tracked).toBeUndefined();
    world.state.now += 6 * 60_000;
    await world.deliver(START_MESSAGE, 'm1', sentAt);
    expect(world.events.map(({ rawText }) => rawText)).toEqual(['접수', '접수']);
    expect((await world.shipment('S-1')).tracked?.status).toBe('collected');
    expect(await world.runs()).toHaveLength(1);
  });

  it('before telling leaves the news for the next time', async () => {
    await bookMany(1, [[HOUR, '접수']]);
    world.ports.publish = once(world.ports.publish);
    const sentAt = world.state.now;
    await expect(world.deliver(START_MESSAGE, 'm1', sentAt)).rejects.toThrow('killed');
    world.state.now += 6 * 60_000;
    await world.deliver(START_MESSAGE, 'm1', sentAt);
    expect(world.events).toHaveLength(1);
  });

  it('in the middle of a round goes on from the last saved position', async () => {
    await bookMany(200);
    world.state.perCall = 2000;
    world.carrier.answer = () => {
      if (world.asked.length > 180) throw new Error('killed');
      return undefined;
    };
    const sentAt = world.state.now;
    await expect(world.deliver(START_MESSAGE, 'm1', sentAt, HOUR)).rejects.toThrow('killed');
    delete world.carrier.answer;
    world.state.now += HOUR;
    await world.deliver(START_MESSAGE, 'm1', sentAt, HOUR);
    const times = askedTimes();
    expect(times.size).toBe(200);
    // Positions are saved once a minute: 30 calls, and what was begun then.
    expect(world.asked.length).toBeLessThan(200 + 90);
    expect((await world.runs())[0]?.outcome).toBe('done');
  });
});

describe('a round longer than an invocation', () => {
  it.each([2000, 2900, 7000])('is handed on and asks every parcel exactly once: %d ms a call', async (ms) => {
    await bookMany(120);
    world.state.perCall = ms;
    const outcomes = await world.round(100_000);
    expect(outcomes.length).toBeGreaterThan(2);
    expect([...askedTimes().values()]).toEqual(Array(120).fill(1));
    const [run] = await world.runs();
    expect(run).toMatchObject({
      outcome: 'done',
      leg: outcomes.length,
      tally: { asked: 120, notYet: 120, uncovered: 0 },
    });
    expect(run?.position).toBeUndefined();
  });

  it('comes to its end even when every invocation is late from the start', async () => {
    await bookMany(20);
    const outcomes = await world.round(0);
    expect(outcomes.length).toBeLessThanOrEqual(6);
    expect([...askedTimes().values()]).toEqual(Array(20).fill(1));
  });

  it('is not begun again while it runs, nor worked on twice at once', async () => {
    await bookMany(10);
    const inside: string[] = [];
    const sentAt = world.state.now;
    world.carrier.answer = (number) => {
      if (number !== numberOf('S-1')) return undefined;
      pending.push(
        world.deliver(START_MESSAGE, 'm1', sentAt),
        world.deliver(START_MESSAGE, 'm2', sentAt + 1),
      );
      return undefined;
    };
    const pending: ReturnType<World['deliver']>[] = [];
    const { ports } = world;
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const [asker] = ports.askers;
    ports.askers = [
      {
        name: 'data-go-kr',
        ask: async (number) => (await asker!.ask(number), await gate, { outcome: 'not-yet' }),
      },
    ];
    const first = world.deliver(START_MESSAGE, 'm1', sentAt);
    while (pending.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const result of await Promise.all(pending))
      inside.push(result.outcome === 'skipped' ? result.why : result.outcome);
    release();
    expect((await first).outcome).toBe('leg');
    expect(inside).toEqual(['busy', 'overlap']);
    expect(world.asked).toHaveLength(10);
  });

  it('told again after its end does nothing', async () => {
    await bookMany(3);
    const sentAt = world.state.now;
    await world.deliver(START_MESSAGE, 'm1', sentAt);
    expect(await world.deliver(START_MESSAGE, 'm1', sentAt)).toEqual({ outcome: 'skipped', why: 'ended' });
    expect(world.asked).toHaveLength(3);
  });

  it('begun late, behind a newer one, is left alone', async () => {
    await bookMany(3);
    const sentAt = world.state.now;
    await world.deliver(START_MESSAGE, 'm2', sentAt + PERIOD);
    expect(await world.deliver(START_MESSAGE, 'm1', sentAt)).toEqual({
      outcome: 'skipped',
      why: 'superseded',
    });
    expect(world.asked).toHaveLength(3);
  });

  it('overtaken by a later round gives up', async () => {
    await bookMany(60);
    world.state.perCall = 2000;
    await world.deliver(START_MESSAGE, 'm1', world.state.now, 60_000);
    const left = world.queue.shift()!;
    world.state.now += PERIOD;
    await world.round(HOUR);
    expect(await world.deliver(left.message, 'm9', world.state.now)).toEqual({
      outcome: 'skipped',
      why: 'superseded',
    });
  });
});

describe('a carrier that does not answer', () => {
  it('in maintenance is asked no more, waited for, and the round is completed', async () => {
    await bookMany(100, [[HOUR, '접수']]);
    const back = world.state.now + 25 * 60_000;
    world.carrier.answer = () => (world.state.now < back ? { outcome: 'maintenance' } : undefined);
    const outcomes = await world.round();
    expect(outcomes.map((item) => item.outcome === 'leg' && item.end)).toEqual([
      'maintenance',
      'maintenance',
      'maintenance',
      'finished',
    ]);
    const failed = (await world.runs())[0]?.tally.failed['maintenance'] ?? 0;
    expect(failed).toBeLessThanOrEqual(3 * world.settings.callsInFlight);
    expect(world.events).toHaveLength(100);
  });

  it('loses no parcel to the question that found it out', async () => {
    for (let i = 1; i <= 30; i++) await world.book([`S-${i}`], [[HOUR, '접수']]);
    world.state.now += 2 * HOUR;
    world.carrier.answer = () => (world.asked.length === 12 ? { outcome: 'maintenance' } : undefined);
    await world.round();
    expect((await world.runs())[0]).toMatchObject({ outcome: 'done', tally: { failed: { maintenance: 1 } } });
    expect(world.events).toHaveLength(30);
  });

  it('for the whole interval ends the round as interrupted, before the next is due', async () => {
    await bookMany(10);
    world.carrier.answer = () => ({ outcome: 'maintenance' });
    await world.round();
    const [run] = await world.runs();
    expect(run?.outcome).toBe('interrupted');
    expect(run?.endedAt).toBeLessThan(run?.nextDueAt ?? 0);
    expect(world.events).toEqual([]);
  });

  it('a wrong key stops the round after a few questions instead of spending the day on it', async () => {
    await bookMany(200);
    world.carrier.answer = () => ({ outcome: 'error', code: 'ERR-123' });
    await world.deliver(START_MESSAGE, 'm1', world.state.now);
    expect(world.asked.length).toBeLessThanOrEqual(20 + world.settings.callsInFlight);
    expect(world.queue).toHaveLength(1);
  });

  it('a waiting round makes room for the next one', async () => {
    await bookMany(10);
    world.carrier.answer = () => ({ outcome: 'maintenance' });
    await world.deliver(START_MESSAGE, 'm1', world.state.now);
    delete world.carrier.answer;
    world.state.now += 60_000;
    expect((await world.deliver(START_MESSAGE, 'm2', world.state.now)).outcome).toBe('leg');
    expect(new Set(world.asked.map(({ number }) => number)).size).toBe(10);
  });

  it('a second source is asked when the first has no usable answer, and only then', async () => {
    await bookMany(4, [[HOUR, '접수']]);
    const fallback: string[] = [];
    world.carrier.answer = (number) =>
      number === numberOf('S-2') ? { outcome: 'unknown', why: 'timeout' } : undefined;
    world.ports.askers = [
      ...world.ports.askers,
      {
        name: 'biz',
        ask: async (number) => (
          fallback.push(number),
          { outcome: 'found', scans: [{ at: '2026-11-24T05:00:00+09:00', office: '', word: '발송' }] }
        ),
      },
    ];
    await world.round();
    expect(fallback).toEqual([numberOf('S-2')]);
    expect(world.events.map(({ rawText }) => rawText).toSorted()).toEqual(['발송', '접수', '접수', '접수']);
  });
});
