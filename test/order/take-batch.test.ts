import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeBatch } from '../../functions/order/take-batch.ts';
import { anOrder, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type Desk, message, openDesk, shipped } from './support/desk.ts';

let db: TestTables;
let desk: Desk;
let serial = 0;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());
beforeEach(() => {
  desk = openDesk(db);
});

describe('an order told as shipped', () => {
  it('gets its number, the platform is told, and the parcel is queued for ePost', async () => {
    const shopId = await desk.aShop();
    expect(await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'A-1' })])).toEqual({
      batchItemFailures: [],
    });
    const shipment = await desk.stored('A-1');
    expect(shipment).toMatchObject({ state: 'allocated', receivedAt: T0, deadline: T0 + 1_200_000 });
    expect(desk.told).toEqual([
      {
        detailType: 'WaybillAllocated',
        detail: {
          version: 1,
          shipmentId: 'A-1',
          orderId: '2026112409412',
          shopId,
          waybillNumber: shipment?.waybillNumber,
          carrier: 'epost',
          allocatedAt: '2026-11-24T05:20:00.000Z',
          deadline: '2026-11-24T05:40:00.000Z',
        },
      },
    ]);
    expect(desk.queued).toEqual(['A-1']);
  });

  it('keeps one number when told twenty times, in one batch and in later ones', async () => {
    const shopId = await desk.aShop();
    const twenty = () => Array.from({ length: 10 }, () => shipped({ shopId, shipmentId: 'T-1' }));
    await takeBatch(desk.ports, twenty());
    await takeBatch(desk.ports, twenty());
    const numbers = new Set(
      desk.told.map(({ detail }) => (detail as { waybillNumber?: string }).waybillNumber),
    );
    expect(desk.types()).toEqual(Array.from({ length: 20 }, () => 'WaybillAllocated'));
    expect([...numbers]).toEqual([(await desk.stored('T-1'))?.waybillNumber]);
    expect(desk.counts['ShipmentsAllocated']).toBe(1);
  });

  it('gives three parcels of one order three numbers', async () => {
    const shopId = await desk.aShop();
    await takeBatch(
      desk.ports,
      [1, 2, 3].map((number) => shipped({ shopId, shipmentId: `P-${number}`, box: { number, of: 3 } })),
    );
    const numbers = await Promise.all(
      ['P-1', 'P-2', 'P-3'].map(async (id) => (await desk.stored(id))?.waybillNumber),
    );
    expect(new Set(numbers).size).toBe(3);
    expect(new Set(desk.told.map(({ detail }) => (detail as { orderId: string }).orderId)).size).toBe(1);
  });

  it('uses the contract of the marketplace seller, not of the shop', async () => {
    const shopId = await desk.aShop();
    await desk.aShop({ contractId: `${shopId}/seller-7`, numbering: 'carrier-issued' }, 0);
    await takeBatch(desk.ports, [shipped({ shopId, sellerId: 'seller-7', shipmentId: 'M-1' })]);
    expect(await desk.stored('M-1')).toMatchObject({ contractId: `${shopId}/seller-7`, state: 'allocated' });
    expect(desk.told).toEqual([]);
    expect(desk.queued).toEqual(['M-1']);
  });

  it('is reported as a conflict when told with another body, and the first stands', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'C-1' })]);
    const first = await desk.stored('C-1');
    desk.told = [];
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'C-1', orderId: 'other', weightKg: 5 })]);
    expect(desk.told).toMatchObject([
      {
        detailType: 'ShipmentConflict',
        detail: { differingFields: ['orderId', 'weightKg'], waybillNumber: first?.waybillNumber },
      },
    ]);
    expect(await desk.stored('C-1')).toEqual(first);
  });

  it('conflicts with an earlier telling in the same batch too', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [
      shipped({ shopId, shipmentId: 'C-2' }),
      shipped({ shopId, shipmentId: 'C-2', weightKg: 9 }),
    ]);
    expect(desk.types()).toEqual(['WaybillAllocated', 'ShipmentConflict']);
    expect((await desk.stored('C-2'))?.parcel?.weightKg).toBeUndefined();
  });

  it('by another delivery method is counted and left alone, whatever else it lacks', async () => {
    await takeBatch(desk.ports, [message('OrderShipped', { deliveryMethod: '직접배송' })]);
    expect(desk.counts).toEqual({ OrdersIgnored: 1 });
    expect([desk.told, desk.queued, desk.quarantined]).toEqual([[], [], []]);
  });
});

describe('a malformed event', () => {
  it.each([
    ['not json', '{', 'must be a JSON object'],
    ['a wrong type', { ...anOrder(), shipmentId: 7 }, 'must be string'],
    ['an unknown key', { ...anOrder(), coupon: 1 }, 'unknown keys: coupon'],
    ['an unpaid order', { ...anOrder(), paid: false }, 'must be one of true'],
    ['an id ePost cannot carry', anOrder({ shipmentId: 'a&b=c' }), 'must match'],
  ])('(%s) is quarantined with the reason and blocks nobody', async (_, detail, rule) => {
    const shopId = await desk.aShop();
    const bad = message('OrderShipped', detail);
    if (typeof detail === 'string') bad.body = detail;
    const answer = await takeBatch(desk.ports, [bad, shipped({ shopId, shipmentId: `fine-${++serial}` })]);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(desk.quarantined).toMatchObject([
      { v: 1, problems: [{ rule: expect.stringContaining(rule) }], event: bad.body },
    ]);
    expect(desk.types()).toEqual(['WaybillAllocated']);
    expect(JSON.stringify((desk.quarantined[0] as { problems: unknown }).problems)).not.toContain('가나다');
  });
});

describe('when something fails on the way', () => {
  it('keeps the messages of the contract that failed and finishes the others', async () => {
    const [good, bad] = [await desk.aShop(), await desk.aShop()];
    const real = desk.ports.allocate;
    desk.ports.allocate = (contract, candidates) =>
      contract.contractId === bad
        ? Promise.reject(new Error('table unreachable'))
        : real(contract, candidates);
    const [one, two] = [
      shipped({ shopId: bad, shipmentId: 'F-1' }),
      shipped({ shopId: good, shipmentId: 'F-2' }),
    ];
    const answer = await takeBatch(desk.ports, [one, two]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: one.messageId }] });
    expect(desk.queued).toEqual(['F-2']);
  });

  it('tells the number and queues the parcel on the second try when the first died after the commit', async () => {
    const shopId = await desk.aShop();
    const publish = desk.ports.publish;
    desk.ports.publish = () => Promise.reject(new Error('bus unreachable'));
    const answer = await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'D-1' })]);
    expect(answer.batchItemFailures).toHaveLength(1);
    const number = (await desk.stored('D-1'))?.waybillNumber;
    [desk.ports.publish, desk.queued] = [publish, []];
    await takeBatch(desk.ports, [
      message('OrderShipped', anOrder({ shopId, shipmentId: 'D-1' }), { receives: 2 }),
    ]);
    expect(desk.told).toMatchObject([{ detailType: 'WaybillAllocated', detail: { waybillNumber: number } }]);
    expect(desk.queued).toEqual(['D-1']);
  });
});
