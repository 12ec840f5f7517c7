/** A parcel's journeys over the running stack, as a platform lives them: events in, events out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOrder } from '../support/builders.ts';
import { carrierState, control, jumpUntil, npmStart, type Running } from './npm-start.ts';
import { openPlatform, type Platform } from './platform.ts';

const MINUTE = 60_000;
let running: Running;
let platform: Platform;
beforeAll(async () => {
  running = await npmStart('--port', '4720');
  platform = openPlatform(running);
});
afterAll(async () => {
  platform.close();
  await running.stop();
});

describe('an order', () => {
  it('is numbered, booked within 20 minutes, turns 배송중 and then 배송완료', async () => {
    await platform.ship({ shipmentId: 'J-1' });
    await platform.until('J-1', 'ShipmentTransmitted');
    const { waybillNumber, deadline } = platform.last('J-1', 'WaybillAllocated') as Record<string, string>;
    expect(waybillNumber).toMatch(/^68999\d{8}$/);
    const transmitted = platform.last('J-1', 'ShipmentTransmitted') as Record<string, string>;
    expect(transmitted['waybillNumber']).toBe(waybillNumber);
    expect(Date.parse(transmitted['transmittedAt']!)).toBeLessThan(Date.parse(deadline!));
    await jumpUntil(
      running,
      () => platform.last('J-1', 'DeliveryStatusChanged')?.['orderStatus'] === '배송완료',
    );
    const orders = platform
      .heard('J-1')
      .flatMap(({ detail }) => (detail['orderStatus'] ? [detail['orderStatus']] : []));
    expect(orders[0]).toBe('배송중');
    expect(orders.at(-1)).toBe('배송완료');
    expect(orders.toSorted()).toEqual(orders.toReversed().toSorted());
    expect(JSON.stringify(running.told)).not.toContain('가나다');
  });

  it('told twenty times gets one number and one booking', async () => {
    const before = (await carrierState(running)).bookings;
    await platform.ship(...Array.from({ length: 20 }, () => ({ shipmentId: 'J-2' })));
    await platform.until('J-2', 'ShipmentTransmitted');
    expect(new Set(platform.heard('J-2').map(({ detail }) => detail['waybillNumber'])).size).toBe(1);
    expect((await carrierState(running)).bookings).toBe(before + 1);
  });

  it('in three parcels gets three numbers', async () => {
    const boxes = [1, 2, 3].map((number) => ({
      shipmentId: `J-3-${number}`,
      orderId: 'O-3',
      box: { number, of: 3 },
    }));
    await platform.ship(...boxes);
    for (const { shipmentId } of boxes) await platform.until(shipmentId, 'ShipmentTransmitted');
    expect(
      new Set(
        boxes.map(({ shipmentId }) => platform.last(shipmentId, 'ShipmentTransmitted')?.['waybillNumber']),
      ).size,
    ).toBe(3);
  });

  it('of a marketplace seller uses the numbers of that seller', async () => {
    await platform.ship({ shipmentId: 'J-4', shopId: 'hanbit-plaza', sellerId: 'badaro-fish' });
    await platform.until('J-4', 'ShipmentTransmitted');
    expect(platform.last('J-4', 'WaybillAllocated')).toMatchObject({
      sellerId: 'badaro-fish',
      waybillNumber: expect.stringMatching(/^689994/),
    });
  });

  it('of a contract whose numbers ePost draws gets its number when ePost has booked it', async () => {
    await platform.ship({ shipmentId: 'J-5', shopId: 'narae-tea' });
    await platform.until('J-5', 'ShipmentTransmitted');
    expect(platform.types('J-5')).toEqual(['WaybillAllocated', 'ShipmentTransmitted']);
    expect(platform.last('J-5', 'WaybillAllocated')?.['waybillNumber']).toBe(
      platform.last('J-5', 'ShipmentTransmitted')?.['waybillNumber'],
    );
  });

  it('that ePost would refuse is refused at once, naming the field, and goes out once corrected', async () => {
    const { mobile: _none, ...recipient } = anOrder().recipient;
    await platform.ship({ shipmentId: 'J-6', recipient });
    await jumpUntil(running, () => platform.types('J-6').includes('ShipmentRefused'));
    expect(platform.last('J-6', 'ShipmentRefused')).toMatchObject({
      mustAct: 'merchant',
      field: expect.stringContaining('recipient.'),
    });
    await platform.ship({ shipmentId: 'J-6' });
    await platform.until('J-6', 'ShipmentTransmitted');
  });

  it('cancelled after booking is taken back at ePost', async () => {
    await platform.ship({ shipmentId: 'J-7' });
    await platform.until('J-7', 'ShipmentTransmitted');
    await platform.tell('ShipmentCancelled', { shipmentId: 'J-7', shopId: 'sodam-market' });
    await platform.until('J-7', 'CancellationAccepted');
  });
});

describe('an ePost that fails', () => {
  it.each(['timeout-after', 'reset-before', 'http-500-after', 'garbled'] as const)(
    'with %s leaves one booking per shipment, within 20 minutes',
    async (kind) => {
      const id = `F-${kind}`;
      const before = await carrierState(running);
      const slow = kind === 'timeout-after' ? { delayMs: 50 } : {};
      await control(running, '/faults', {
        kind,
        operation: 'InsertOrder',
        times: 1,
        match: { orderNo: id },
        ...slow,
      });
      const told = await platform.now();
      await platform.ship({ shipmentId: id });
      await platform.until(id, 'ShipmentTransmitted');
      expect((await platform.now()) - told).toBeLessThan(20 * MINUTE);
      const after = await carrierState(running);
      expect(after.bookings - before.bookings).toBe(1);
      expect(after.secondRegistrations).toBe(before.secondRegistrations);
    },
  );

  it('for an hour loses nothing and has everything booked within 20 minutes of its return', async () => {
    await control(running, '/faults', { kind: 'maintenance' });
    const ids = Array.from({ length: 12 }, (_, i) => `H-${i}`);
    await platform.ship(...ids.map((shipmentId) => ({ shipmentId })));
    const back = (await platform.now()) + 60 * MINUTE;
    await jumpUntil(running, async () => (await platform.now()) >= back);
    expect(ids.flatMap(platform.types).filter((type) => type !== 'WaybillAllocated')).toEqual([]);
    await fetch(new URL('/faults', running.ready.control), { method: 'DELETE' });
    await jumpUntil(running, () => ids.every((id) => platform.types(id).includes('ShipmentTransmitted')));
    const latest = Math.max(
      ...ids.map((id) => Date.parse(String(platform.last(id, 'ShipmentTransmitted')?.['transmittedAt']))),
    );
    expect(latest - back).toBeLessThan(20 * MINUTE);
    expect((await carrierState(running)).secondRegistrations).toBe(0);
  });
});

it('a malformed event blocks nobody', async () => {
  await platform.tell('OrderShipped', {
    ...anOrder({ shopId: 'sodam-market', shipmentId: 'M-1' }),
    recipient: 'nobody',
  });
  await platform.ship({ shipmentId: 'M-2' });
  await platform.until('M-2', 'ShipmentTransmitted');
  expect(platform.heard('M-1')).toEqual([]);
});
