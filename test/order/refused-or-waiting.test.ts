import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeBatch } from '../../functions/order/take-batch.ts';
import { acceptedEvents } from '../../functions/transmission/told.ts';
import { anOrder, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type Desk, message, openDesk, ours, shipped } from './support/desk.ts';

let db: TestTables;
let desk: Desk;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());
beforeEach(() => {
  desk = openDesk(db);
});

describe('an order ePost would refuse', () => {
  const noPhone = (shopId: string) =>
    anOrder({
      shopId,
      shipmentId: 'R-1',
      recipient: { name: '가나다', zip: '04524', address1: '세종대로 110' },
    });

  it('is refused before a number is spent, naming the field and who must act', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [
      message('OrderShipped', noPhone(shopId)),
      shipped({ shopId, shipmentId: 'R-2' }),
    ]);
    expect(await desk.stored('R-1')).toMatchObject({
      state: 'refused',
      refusal: { code: 'FIELD', mustAct: 'merchant' },
    });
    expect((await desk.stored('R-1'))?.waybillNumber).toBeUndefined();
    expect(desk.told.find(({ detailType }) => detailType === 'ShipmentRefused')?.detail).toMatchObject({
      shipmentId: 'R-1',
      field: expect.stringMatching(/^recipient\.(mobile|tel)$/),
    });
    expect(desk.queued).toEqual(['R-2']);
  });

  it('gets its number once the shop has corrected it', async () => {
    const shopId = await desk.aShop();
    const id = 'R-3';
    await takeBatch(desk.ports, [message('OrderShipped', { ...noPhone(shopId), shipmentId: id })]);
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: id })]);
    const shipment = await desk.stored(id);
    expect(shipment).toMatchObject({
      state: 'allocated',
      parcel: { recipient: { mobile: '010-0000-0000' } },
    });
    expect(shipment).not.toHaveProperty('refusal');
    expect(shipment).not.toHaveProperty('attentionSlot');
  });

  it('keeps its number when it was ePost that refused it and the shop corrects the body', async () => {
    const shopId = await desk.aShop();
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'R-4' })]);
    const first = (await desk.stored('R-4'))!;
    const refusal = { code: 'ERR-323', reason: '…', mustAct: 'merchant', at: desk.now } as const;
    await desk.become('R-4', 'refused', { refusal, attempt: 1 });
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'R-4', message: '문 앞에 놓아 주세요' })]);
    expect(await desk.stored('R-4')).toMatchObject({
      state: 'allocated',
      waybillNumber: first.waybillNumber,
      attempt: 0,
    });
    expect(desk.queued).toEqual(['R-4', 'R-4']);
  });

  it('is told its number as well when it is told again: the first time may never have arrived', async () => {
    const shopId = await desk.aShop();
    const event = shipped({ shopId, shipmentId: 'R-5' });
    desk.ports.publish = () => Promise.reject(new Error('throttled'));
    expect((await takeBatch(desk.ports, [event])).batchItemFailures).toHaveLength(1);
    const refusal = { code: 'ERR-323', reason: '…', mustAct: 'merchant', at: desk.now } as const;
    await desk.become('R-5', 'refused', { refusal, attempt: 1 });
    desk.ports.publish = async (events) => void desk.told.push(...events);
    expect((await takeBatch(desk.ports, [event])).batchItemFailures).toEqual([]);
    expect(desk.types()).toEqual(['WaybillAllocated', 'ShipmentRefused']);
  });
});

describe('a shipment that cannot be numbered yet', () => {
  it('waits for an empty pool, says so once, and is served when numbers arrive', async () => {
    const shopId = await desk.aShop({}, 1);
    await takeBatch(desk.ports, [
      shipped({ shopId, shipmentId: 'W-1' }),
      shipped({ shopId, shipmentId: 'W-2' }),
    ]);
    const waiting = [(await desk.stored('W-1'))!, (await desk.stored('W-2'))!].filter(
      ({ state }) => state === 'waiting',
    );
    expect(waiting).toHaveLength(1);
    expect(desk.types().toSorted()).toEqual(['ShipmentWaiting', 'WaybillAllocated', 'WaybillPoolLow']);
    await desk.stock(shopId, 5);
    desk.told = [];
    const ready = ours('WaybillBlockImported', shopId);
    await takeBatch(desk.ports, [ready]);
    await takeBatch(desk.ports, [ready]);
    expect(desk.types()).toEqual(['WaybillAllocated']);
    expect(await desk.stored(waiting[0]!.shipmentId)).toMatchObject({
      state: 'allocated',
      deadline: T0 + 1_200_000,
    });
    expect(desk.queued.toSorted()).toEqual(['W-1', 'W-2']);
  });

  it('waits for an unknown contract and for one not in use, each with its reason', async () => {
    const suspended = await desk.aShop({ status: 'suspended' });
    await takeBatch(desk.ports, [
      shipped({ shopId: 'nobody', shipmentId: 'U-1' }),
      shipped({ shopId: suspended, shipmentId: 'U-2' }),
    ]);
    expect(desk.told.map(({ detail }) => (detail as { reason?: string }).reason).toSorted()).toEqual([
      'contract-not-active',
      'contract-unknown',
    ]);
    await desk.aShop({ contractId: suspended }, 0);
    desk.now += 31_000;
    await takeBatch(desk.ports, [ours('ContractChanged', suspended)]);
    expect(await desk.stored('U-2')).toMatchObject({ state: 'allocated' });
  });

  it('is told that it is refused when that shows only on being served, before it is written', async () => {
    const recipient = { ...anOrder().recipient, zip: '12' };
    const shopId = await desk.aShop({ status: 'suspended' });
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'W-3', recipient })]);
    await desk.aShop({ contractId: shopId }, 0);
    desk.now += 31_000;
    desk.told = [];
    const publish = desk.ports.publish;
    desk.ports.publish = async (events) => {
      if (events.length > 0) expect((await desk.stored('W-3'))?.state).toBe('waiting');
      return publish(events);
    };
    await takeBatch(desk.ports, [ours('ContractChanged', shopId)]);
    expect(await desk.stored('W-3')).toMatchObject({ state: 'refused' });
    expect(desk.types()).toEqual(['ShipmentRefused']);
  });

  it('has its number told by the drain too, as no order is kept that would tell it after a crash', async () => {
    const shopId = await desk.aShop({}, 0);
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'W-4' })]);
    await desk.stock(shopId, 1);
    await takeBatch(desk.ports, [ours('WaybillBlockImported', shopId)]);
    const booking = { reqNo: '1', resNo: '2', at: desk.now };
    const accepted = { ...(await desk.stored('W-4'))!, booking };
    const types = acceptedEvents(accepted).map(({ detailType }) => detailType);
    expect(types).toEqual(['WaybillAllocated', 'ShipmentTransmitted']);
  });

  it('has its message for ePost before it has its number, as nobody would send one after a crash', async () => {
    const shopId = await desk.aShop({}, 0);
    await takeBatch(desk.ports, [shipped({ shopId, shipmentId: 'W-5' })]);
    await desk.stock(shopId, 1);
    const { allocate } = desk.ports;
    desk.ports.allocate = async (...asked) => {
      await allocate(...asked);
      throw new Error('died after the commit');
    };
    const ready = ours('WaybillBlockImported', shopId);
    expect((await takeBatch(desk.ports, [ready])).batchItemFailures).toHaveLength(1);
    desk.ports.allocate = allocate;
    expect((await takeBatch(desk.ports, [ready])).batchItemFailures).toEqual([]);
    expect(await desk.stored('W-5')).toMatchObject({ state: 'allocated' });
    expect(desk.queued).toEqual(['W-5']);
  });

  it('serves more than one page of waiting shipments', async () => {
    const shopId = await desk.aShop({}, 0);
    const ids = Array.from({ length: 230 }, (_, i) => `many-${i}`);
    await takeBatch(
      desk.ports,
      ids.map((shipmentId) => shipped({ shopId, shipmentId })),
    );
    await desk.stock(shopId, 500);
    await takeBatch(desk.ports, [ours('WaybillBlockImported', shopId)]);
    const shipments = [...(await desk.ports.shipments.read(ids)).values()];
    expect(shipments.filter(({ state }) => state === 'allocated')).toHaveLength(230);
  });
});
