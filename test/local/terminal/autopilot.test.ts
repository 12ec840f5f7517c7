import { describe, expect, it } from 'vitest';
import { createAutopilot } from '../../../local/demo/autopilot.ts';
import type { Piloted } from '../../../local/demo/pilot.ts';

const HOUR = 3_600_000;

/** A stack whose time moves only by jumps, an hour each; `onJump` may tell news. */
const stack = (onJump: (jumps: number) => void) => {
  let [now, jumps] = [0, 0];
  const piloted: Piloted = {
    clock: { now: () => now, advanceTo: (at) => ((now = at), onJump(++jumps)) },
    schedules: [{ logicalId: 'RoundSchedule', next: (after) => after + HOUR }],
    settle: async () => undefined,
    transmissionWaits: async () => false,
  };
  return { piloted, jumps: () => jumps };
};
const tell = (detailType: string, detail: object) => ({ detailType, detail, at: 0 });
const shipped = tell('OrderShipped', { shipmentId: 's-1', deliveryMethod: '우체국(자동)' });
const landed = async (jumps: () => number, count: number) => {
  await expect.poll(jumps, { interval: 5 }).toBe(count);
};

describe('the autopilot', () => {
  it('jumps until the parcel is delivered, and no further', async () => {
    const { piloted, jumps } = stack((count) => {
      if (count === 7)
        pilot.hear(tell('DeliveryStatusChanged', { shipmentId: 's-1', orderStatus: '배송완료' }));
    });
    const pilot = createAutopilot(piloted);
    pilot.hear(shipped);
    await landed(jumps, 7);
    await new Promise((resolve) => setImmediate(resolve));
    expect(jumps()).toBe(7);
  });

  it('stays where it is for a parcel that is not ours', async () => {
    const { piloted, jumps } = stack(() => undefined);
    createAutopilot(piloted).hear(tell('OrderShipped', { shipmentId: 's-1', deliveryMethod: '퀵' }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(jumps()).toBe(0);
  });

  it('gives up a parcel of which nothing is heard for two weeks, and flies again for the next', async () => {
    const { piloted, jumps } = stack(() => undefined);
    const pilot = createAutopilot(piloted);
    pilot.hear(shipped);
    await landed(jumps, 112);
    await new Promise((resolve) => setImmediate(resolve));
    expect(jumps()).toBe(112);
    pilot.hear(shipped);
    await landed(jumps, 224);
  });
});
