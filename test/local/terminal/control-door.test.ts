import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../local/cloud/clock.ts';
import { type ControlDoor, startControlDoor } from '../../../local/demo/control-door.ts';
import { type EpostSimulator, startEpostSimulator } from '../../../local/epost-simulator/simulator.ts';

const clock = createClock({ start: Date.UTC(2026, 10, 24) });
let simulator: EpostSimulator;
let door: ControlDoor;

beforeAll(async () => {
  const keys = { key: 'k', securityKey: 'sixteen-letters!', traceKey: 't' };
  simulator = await startEpostSimulator({ ...keys, now: clock.now });
  const house = {
    clock,
    schedules: [{ logicalId: 'RoundSchedule', next: (after: number) => after + 3_600_000 }],
    settle: async () => undefined,
    transmissionWaits: async () => false,
  };
  const sms = [{ id: 'm-1', to: '+821000000000', text: '알림', at: clock.now() }];
  door = await startControlDoor({ port: 0, house, sms, simulatorUrl: simulator.url });
});
afterAll(async () => {
  await door.stop();
  await simulator.stop();
});

const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
  const answer = await fetch(door.url + path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('the control door', () => {
  it('advances the clock, and says what it is', async () => {
    const before = clock.now();
    const { status, body } = await ask('POST', '/clock', { advanceMs: 600_000 });
    expect(status).toBe(200);
    expect(Number(body['now'])).toBeGreaterThanOrEqual(before + 600_000);
    expect(Date.parse(String((await ask('GET', '/clock')).body['time']))).toBeGreaterThanOrEqual(
      Number(body['now']),
    );
  });

  it('shows the messages that went out', async () => {
    const { body } = await ask('GET', '/sms');
    expect(body['messages']).toMatchObject([{ to: '+821000000000', text: '알림' }]);
  });

  it('jumps to the next thing that happens', async () => {
    const before = clock.now();
    const { body } = await ask('POST', '/clock', { jump: true });
    expect(Number(body['jumpedTo'])).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  it('changes the speed', async () => {
    expect((await ask('POST', '/clock', { speed: 60 })).body['speed']).toBe(60);
    expect(clock.speed).toBe(60);
    clock.speed = 1;
  });

  it.each([
    {},
    { advanceMs: -1 },
    { advanceMs: '1' },
    { jump: false },
    { speed: 0 },
    { jump: true, speed: 1 },
  ])('refuses %j', async (body) => {
    expect((await ask('POST', '/clock', body)).status).toBe(400);
  });

  it('hands journeys, faults and state on to the simulator', async () => {
    expect((await ask('POST', '/journeys', { play: 'all' })).body).toEqual({ played: 0 });
    expect((await ask('POST', '/faults', { kind: 'maintenance' })).status).toBe(201);
    expect((await ask('GET', '/state')).body['faults']).toHaveLength(1);
    expect((await ask('DELETE', '/faults')).body).toEqual({ faults: [] });
  });

  it('names its paths where there is nothing', async () => {
    const { status, body } = await ask('GET', '/');
    expect(status).toBe(404);
    expect(body['paths']).toContain('/clock');
  });

  it('does nothing for a web page', async () => {
    const before = clock.now();
    const { status } = await ask('POST', '/clock', { advanceMs: 60_000 }, { origin: 'http://shop.example' });
    expect(status).toBe(403);
    expect(clock.now() - before).toBeLessThan(60_000);
  });
});
