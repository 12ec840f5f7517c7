import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeBatch } from '../../functions/order/take-batch.ts';
import { T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type Desk, message, openDesk, shipped } from './support/desk.ts';

let db: TestTables;
let desk: Desk;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());
beforeEach(() => {
  desk = openDesk(db);
});

describe('a cancellation', () => {
  const cancel = (shopId: string, shipmentId: string) =>
    message('ShipmentCancelled', { shipmentId, shopId, reason: '고객 변심' });

  it('ends a shipment ePost does not have yet, and is answered again when told again', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'X-1' })]);
    await takeBatch(desk.ports, [cancel(shopId, 'X-1')]);
    await takeBatch(desk.ports, [cancel(shopId, 'X-1')]);
    expect(await desk.stored('X-1')).toMatchObject({
      state: 'cancelled',
      cancel: { at: T0, reason: '고객 변심' },
    });
    expect(desk.types()).toEqual(['WaybillAllocated', 'CancellationAccepted', 'CancellationAccepted']);
  });

  it('of a shipment that never got a number leaves no recipient behind, as retention comes by numbers', async () => {
    const shopId = await desk.aShop({}, 0);
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'X-0' })]);
    expect((await desk.stored('X-0'))?.parcel).toBeDefined();
    await takeBatch(desk.ports, [cancel(shopId, 'X-0')]);
    const cancelled = await desk.stored('X-0');
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect(cancelled).not.toHaveProperty('parcel');
  });

  it('told before its order keeps the parcel from ever going out', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [cancel(shopId, 'X-2')]);
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'X-2' })]);
    expect(await desk.stored('X-2')).toMatchObject({ state: 'cancelled' });
    expect(desk.types()).toEqual(['CancellationAccepted']);
    expect(desk.queued).toEqual([]);
  });

  it.each(['sending', 'unknown', 'accepted'] as const)(
    'of a shipment that is %s is handed to the drain',
    async (state) => {
      const shopId = await desk.aShop();
      const id = `X-${state}`;
      await takeBatch(desk.ports, [shipped({ shopId, shipmentId: id })]);
      await desk.become(id, state);
      desk.queued = [];
      await takeBatch(desk.ports, [cancel(shopId, id)]);
      expect(await desk.stored(id)).toMatchObject({ state, cancel: { reason: '고객 변심' } });
      expect(desk.queued).toEqual([id]);
    },
  );

  it.each([
    ['closed', '배송이 끝난'],
    ['parked', '운영자가 확인'],
  ] as const)('of a shipment that is %s is refused with the reason', async (state, reason) => {
    const shopId = await desk.aShop();
    const id = `X-${state}`;
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: id })]);
    await desk.become(id, state);
    desk.told = [];
    await takeBatch(desk.ports, [cancel(shopId, id)]);
    expect(desk.told).toMatchObject([
      { detailType: 'CancellationRefused', detail: { reason: expect.stringContaining(reason) } },
    ]);
  });

  it('by another shop is refused', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'X-9' })]);
    await takeBatch(desk.ports, [cancel('elsewhere', 'X-9')]);
    expect(desk.types().at(-1)).toBe('CancellationRefused');
    expect((await desk.stored('X-9'))?.state).toBe('allocated');
  });
});
