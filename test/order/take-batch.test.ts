import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrderShipped, OutgoingEvent } from '../../functions/events.ts';
import { createContractReader, putContract } from '../../functions/merchant/contract.store.ts';
import type { Contract } from '../../functions/merchant/contract.ts';
import { takeBatch, type TakePorts } from '../../functions/order/take-batch.ts';
import { createShipments } from '../../functions/shipment/shipment.store.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

let now = T0;
let told: OutgoingEvent[] = [];
let queued: string[] = [];
let quarantined: unknown[] = [];
let counts: Record<string, number> = {};
let ports: TakePorts;
let contractNo = 0;
let nextRun = 6_000_000_000_000;

beforeEach(() => {
  [now, told, queued, quarantined, counts] = [T0, [], [], [], {}];
  const clock = () => now;
  ports = {
    contract: createContractReader(db.doc, db.tables.contracts, clock),
    shipments: createShipments(db.doc, db.tables.shipments),
    allocate: createAllocate(db.doc, db.tables, clock),
    publish: async (events) => void told.push(...events),
    transmission: {
      send: async (messages) =>
        void queued.push(...messages.map(({ body }) => (body as Shipment).shipmentId)),
    },
    quarantine: { send: async (messages) => void quarantined.push(...messages.map(({ body }) => body)) },
    clock,
    count: (name, value = 1) => void (counts[name] = (counts[name] ?? 0) + value),
    warn: () => undefined,
    promiseMinutes: 20,
  };
});

const aShop = async (over: Partial<Contract> = {}, numbers = 50): Promise<string> => {
  const contractId = over.contractId ?? `shop-${contractNo++}`;
  await putContract(db.doc, db.tables.contracts, aContract({ ...over, contractId }));
  if (numbers > 0) await stock(contractId, numbers);
  return contractId;
};
const stock = async (contractId: string, size: number) => {
  const [first, last] = [String(nextRun), String(nextRun + size - 1)];
  nextRun += size;
  await importBlock(db.doc, db.tables, {
    contractId,
    request: { kind: 'run', first, last },
    by: 'test',
    now,
  });
};
let messageNo = 0;
const message = (
  detailType: string,
  detail: unknown,
  over: { source?: string; receives?: number } = {},
): SQSRecord =>
  ({
    messageId: `m-${messageNo++}`,
    body: JSON.stringify({ source: over.source ?? 'shop.platform', 'detail-type': detailType, detail }),
    attributes: { SentTimestamp: String(now), ApproximateReceiveCount: String(over.receives ?? 1) },
  }) as SQSRecord;
const shipped = (over: Partial<OrderShipped>) => message('OrderShipped', anOrder(over));
const stored = async (id: string) => (await ports.shipments.read([id])).get(id);
const types = () => told.map(({ detailType }) => detailType);

describe('an order told as shipped', () => {
  it('gets its number, the platform is told, and the parcel is queued for ePost', async () => {
    const shopId = await aShop();
    expect(await takeBatch(ports, [shipped({ shopId, shipmentId: 'A-1' })])).toEqual({
      batchItemFailures: [],
    });
    const shipment = await stored('A-1');
    expect(shipment).toMatchObject({ state: 'allocated', receivedAt: T0, deadline: T0 + 1_200_000 });
    expect(told).toEqual([
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
    expect(queued).toEqual(['A-1']);
  });

  it('keeps one number when told twenty times, in one batch and in later ones', async () => {
    const shopId = await aShop();
    const twenty = () => Array.from({ length: 10 }, () => shipped({ shopId, shipmentId: 'T-1' }));
    await takeBatch(ports, twenty());
    await takeBatch(ports, twenty());
    const numbers = new Set(told.map(({ detail }) => (detail as { waybillNumber?: string }).waybillNumber));
    expect(types()).toEqual(Array.from({ length: 20 }, () => 'WaybillAllocated'));
    expect([...numbers]).toEqual([(await stored('T-1'))?.waybillNumber]);
    expect(counts['ShipmentsAllocated']).toBe(1);
  });

  it('gives three parcels of one order three numbers', async () => {
    const shopId = await aShop();
    await takeBatch(
      ports,
      [1, 2, 3].map((number) => shipped({ shopId, shipmentId: `P-${number}`, box: { number, of: 3 } })),
    );
    const numbers = await Promise.all(
      ['P-1', 'P-2', 'P-3'].map(async (id) => (await stored(id))?.waybillNumber),
    );
    expect(new Set(numbers).size).toBe(3);
    expect(new Set(told.map(({ detail }) => (detail as { orderId: string }).orderId)).size).toBe(1);
  });

  it('uses the contract of the marketplace seller, not of the shop', async () => {
    const shopId = await aShop();
    await aShop({ contractId: `${shopId}/seller-7`, numbering: 'carrier-issued' }, 0);
    await takeBatch(ports, [shipped({ shopId, sellerId: 'seller-7', shipmentId: 'M-1' })]);
    expect(await stored('M-1')).toMatchObject({ contractId: `${shopId}/seller-7`, state: 'allocated' });
    expect(told).toEqual([]);
    expect(queued).toEqual(['M-1']);
  });

  it('is reported as a conflict when told with another body, and the first stands', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'C-1' })]);
    const first = await stored('C-1');
    told = [];
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'C-1', orderId: 'other', weightKg: 5 })]);
    expect(told).toMatchObject([
      {
        detailType: 'ShipmentConflict',
        detail: { differingFields: ['orderId', 'weightKg'], waybillNumber: first?.waybillNumber },
      },
    ]);
    expect(await stored('C-1')).toEqual(first);
  });

  it('conflicts with an earlier telling in the same batch too', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [
      shipped({ shopId, shipmentId: 'C-2' }),
      shipped({ shopId, shipmentId: 'C-2', weightKg: 9 }),
    ]);
    expect(types()).toEqual(['WaybillAllocated', 'ShipmentConflict']);
    expect((await stored('C-2'))?.parcel?.weightKg).toBeUndefined();
  });

  it('by another delivery method is counted and left alone, whatever else it lacks', async () => {
    await takeBatch(ports, [message('OrderShipped', { deliveryMethod: '직접배송' })]);
    expect(counts).toEqual({ OrdersIgnored: 1 });
    expect([told, queued, quarantined]).toEqual([[], [], []]);
  });
});

describe('an order ePost would refuse', () => {
  const noPhone = (shopId: string) =>
    anOrder({
      shopId,
      shipmentId: 'R-1',
      recipient: { name: '가나다', zip: '04524', address1: '세종대로 110' },
    });

  it('is refused before a number is spent, naming the field and who must act', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [
      message('OrderShipped', noPhone(shopId)),
      shipped({ shopId, shipmentId: 'R-2' }),
    ]);
    expect(await stored('R-1')).toMatchObject({
      state: 'refused',
      refusal: { code: 'FIELD', mustAct: 'merchant' },
    });
    expect((await stored('R-1'))?.waybillNumber).toBeUndefined();
    expect(told.find(({ detailType }) => detailType === 'ShipmentRefused')?.detail).toMatchObject({
      shipmentId: 'R-1',
      field: expect.stringMatching(/^recipient\.(mobile|tel)$/),
    });
    expect(queued).toEqual(['R-2']);
  });

  it('gets its number once the shop has corrected it', async () => {
    const shopId = await aShop();
    const id = 'R-3';
    await takeBatch(ports, [message('OrderShipped', { ...noPhone(shopId), shipmentId: id })]);
    await takeBatch(ports, [shipped({ shopId, shipmentId: id })]);
    const shipment = await stored(id);
    expect(shipment).toMatchObject({
      state: 'allocated',
      parcel: { recipient: { mobile: '010-0000-0000' } },
    });
    expect(shipment).not.toHaveProperty('refusal');
    expect(shipment).not.toHaveProperty('attentionSlot');
  });

  it('keeps its number when it was ePost that refused it and the shop corrects the body', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'R-4' })]);
    const first = (await stored('R-4'))!;
    const refusal = { code: 'ERR-323', reason: '…', mustAct: 'merchant', at: now } as const;
    const still = { state: 'allocated', fingerprint: first.fingerprint } as const;
    await ports.shipments.put({ ...first, state: 'refused', refusal, attempt: 1 }, still);
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'R-4', message: '문 앞에 놓아 주세요' })]);
    expect(await stored('R-4')).toMatchObject({
      state: 'allocated',
      waybillNumber: first.waybillNumber,
      attempt: 0,
    });
    expect(queued).toEqual(['R-4', 'R-4']);
  });
});

describe('a shipment that cannot be numbered yet', () => {
  it('waits for an empty pool, says so once, and is served when numbers arrive', async () => {
    const shopId = await aShop({}, 1);
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'W-1' }), shipped({ shopId, shipmentId: 'W-2' })]);
    const waiting = [(await stored('W-1'))!, (await stored('W-2'))!].filter(
      ({ state }) => state === 'waiting',
    );
    expect(waiting).toHaveLength(1);
    expect(types().toSorted()).toEqual(['ShipmentWaiting', 'WaybillAllocated', 'WaybillPoolLow']);
    await stock(shopId, 5);
    told = [];
    const ready = message('WaybillBlockImported', { contractId: shopId }, { source: 'epost-parcel' });
    await takeBatch(ports, [ready]);
    await takeBatch(ports, [ready]);
    expect(types()).toEqual(['WaybillAllocated']);
    expect(await stored(waiting[0]!.shipmentId)).toMatchObject({
      state: 'allocated',
      deadline: T0 + 1_200_000,
    });
    expect(queued.toSorted()).toEqual(['W-1', 'W-2']);
  });

  it('waits for an unknown contract and for one not in use, each with its reason', async () => {
    const suspended = await aShop({ status: 'suspended' });
    await takeBatch(ports, [
      shipped({ shopId: 'nobody', shipmentId: 'U-1' }),
      shipped({ shopId: suspended, shipmentId: 'U-2' }),
    ]);
    expect(told.map(({ detail }) => (detail as { reason?: string }).reason).toSorted()).toEqual([
      'contract-not-active',
      'contract-unknown',
    ]);
    await aShop({ contractId: suspended }, 0);
    now += 31_000;
    await takeBatch(ports, [
      message('ContractChanged', { contractId: suspended }, { source: 'epost-parcel' }),
    ]);
    expect(await stored('U-2')).toMatchObject({ state: 'allocated' });
  });

  it('serves more than one page of waiting shipments', async () => {
    const shopId = await aShop({}, 0);
    const ids = Array.from({ length: 230 }, (_, i) => `many-${i}`);
    await takeBatch(
      ports,
      ids.map((shipmentId) => shipped({ shopId, shipmentId })),
    );
    await stock(shopId, 500);
    await takeBatch(ports, [
      message('WaybillBlockImported', { contractId: shopId }, { source: 'epost-parcel' }),
    ]);
    const shipments = [...(await ports.shipments.read(ids)).values()];
    expect(shipments.filter(({ state }) => state === 'allocated')).toHaveLength(230);
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
    const shopId = await aShop();
    const bad = message('OrderShipped', detail);
    if (typeof detail === 'string') bad.body = detail;
    const answer = await takeBatch(ports, [bad, shipped({ shopId, shipmentId: `fine-${messageNo}` })]);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(quarantined).toMatchObject([
      { v: 1, problems: [{ rule: expect.stringContaining(rule) }], event: bad.body },
    ]);
    expect(types()).toEqual(['WaybillAllocated']);
    expect(JSON.stringify((quarantined[0] as { problems: unknown }).problems)).not.toContain('가나다');
  });
});

describe('when something fails on the way', () => {
  it('keeps the messages of the contract that failed and finishes the others', async () => {
    const [good, bad] = [await aShop(), await aShop()];
    const real = ports.allocate;
    ports.allocate = (contract, candidates) =>
      contract.contractId === bad
        ? Promise.reject(new Error('table unreachable'))
        : real(contract, candidates);
    const [one, two] = [
      shipped({ shopId: bad, shipmentId: 'F-1' }),
      shipped({ shopId: good, shipmentId: 'F-2' }),
    ];
    const answer = await takeBatch(ports, [one, two]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: one.messageId }] });
    expect(queued).toEqual(['F-2']);
  });

  it('tells the number and queues the parcel on the second try when the first died after the commit', async () => {
    const shopId = await aShop();
    const publish = ports.publish;
    ports.publish = () => Promise.reject(new Error('bus unreachable'));
    const answer = await takeBatch(ports, [shipped({ shopId, shipmentId: 'D-1' })]);
    expect(answer.batchItemFailures).toHaveLength(1);
    const number = (await stored('D-1'))?.waybillNumber;
    [ports.publish, queued] = [publish, []];
    await takeBatch(ports, [
      message('OrderShipped', anOrder({ shopId, shipmentId: 'D-1' }), { receives: 2 }),
    ]);
    expect(told).toMatchObject([{ detailType: 'WaybillAllocated', detail: { waybillNumber: number } }]);
    expect(queued).toEqual(['D-1']);
  });
});

describe('a cancellation', () => {
  const cancel = (shopId: string, shipmentId: string) =>
    message('ShipmentCancelled', { shipmentId, shopId, reason: '고객 변심' });

  it('ends a shipment ePost does not have yet, and is answered again when told again', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'X-1' })]);
    await takeBatch(ports, [cancel(shopId, 'X-1')]);
    await takeBatch(ports, [cancel(shopId, 'X-1')]);
    expect(await stored('X-1')).toMatchObject({
      state: 'cancelled',
      cancel: { at: T0, reason: '고객 변심' },
    });
    expect(types()).toEqual(['WaybillAllocated', 'CancellationAccepted', 'CancellationAccepted']);
  });

  it('told before its order keeps the parcel from ever going out', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [cancel(shopId, 'X-2')]);
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'X-2' })]);
    expect(await stored('X-2')).toMatchObject({ state: 'cancelled' });
    expect(types()).toEqual(['CancellationAccepted']);
    expect(queued).toEqual([]);
  });

  it.each(['sending', 'unknown', 'accepted'] as const)(
    'of a shipment that is %s is handed to the drain',
    async (state) => {
      const shopId = await aShop();
      const id = `X-${state}`;
      await takeBatch(ports, [shipped({ shopId, shipmentId: id })]);
      const first = (await stored(id))!;
      await ports.shipments.put({ ...first, state }, { state: 'allocated', fingerprint: first.fingerprint });
      queued = [];
      await takeBatch(ports, [cancel(shopId, id)]);
      expect(await stored(id)).toMatchObject({ state, cancel: { reason: '고객 변심' } });
      expect(queued).toEqual([id]);
    },
  );

  it.each([
    ['closed', '배송이 끝난'],
    ['parked', '운영자가 확인'],
  ] as const)('of a shipment that is %s is refused with the reason', async (state, reason) => {
    const shopId = await aShop();
    const id = `X-${state}`;
    await takeBatch(ports, [shipped({ shopId, shipmentId: id })]);
    const first = (await stored(id))!;
    await ports.shipments.put({ ...first, state }, { state: 'allocated', fingerprint: first.fingerprint });
    told = [];
    await takeBatch(ports, [cancel(shopId, id)]);
    expect(told).toMatchObject([
      { detailType: 'CancellationRefused', detail: { reason: expect.stringContaining(reason) } },
    ]);
  });

  it('by another shop is refused', async () => {
    const shopId = await aShop();
    await takeBatch(ports, [shipped({ shopId, shipmentId: 'X-9' })]);
    await takeBatch(ports, [cancel('elsewhere', 'X-9')]);
    expect(types().at(-1)).toBe('CancellationRefused');
    expect((await stored('X-9'))?.state).toBe('allocated');
  });
});
