/** P8: one bad message never delays others, and only what failed is answered as failed. */
import type { SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { takeBatch } from '../../functions/order/take-batch.ts';
import { freezePool } from '../../functions/waybill/freeze.store.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type Desk, openDesk, shipped } from './support/desk.ts';

let db: TestTables;
let desk: Desk;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());
beforeEach(() => {
  desk = openDesk(db);
});

const failedOf = async (records: SQSRecord[]) =>
  (await takeBatch(desk.ports, records)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const kim = { kind: 'operator', id: 'op-1', name: '김운영' } as const;

/** Passes every check of an event, and can be stored by nobody: no DynamoDB number is that large. */
const poison = (shopId: string, shipmentId: string) => shipped({ shopId, shipmentId, weightKg: 1e300 });

describe('one poison in ten', () => {
  it('fails alone, in the first delivery; the other nine have their numbers', async () => {
    const shopId = await desk.aShop();
    const bad = poison(shopId, 'bad');
    const good = Array.from({ length: 9 }, (_, i) => shipped({ shopId, shipmentId: `good-${i}` }));
    expect(await failedOf([...good.slice(0, 4), bad, ...good.slice(4)])).toEqual([bad.messageId]);
    for (let i = 0; i < 9; i++) expect(await desk.stored(`good-${i}`)).toMatchObject({ state: 'allocated' });
    expect(desk.queued.filter((id) => id.startsWith('good')).toSorted()).toEqual(
      Array.from({ length: 9 }, (_, i) => `good-${i}`),
    );
  });

  it('does not touch another shop in the same batch', async () => {
    const [sick, well] = [await desk.aShop(), await desk.aShop()];
    const bad = poison(sick, 'bad-2');
    expect(await failedOf([bad, shipped({ shopId: well, shipmentId: 'well' })])).toEqual([bad.messageId]);
    expect(await desk.stored('well')).toMatchObject({ state: 'allocated' });
  });
});

describe('a store that cannot be reached', () => {
  it('leaves every message of the batch queued, and is not asked for each of them', async () => {
    const shopId = await desk.aShop();
    let asked = 0;
    desk.ports.allocate = () => {
      asked += 1;
      return Promise.reject(new Error('unreachable'));
    };
    const records = Array.from({ length: 50 }, (_, i) => shipped({ shopId, shipmentId: `down-${i}` }));
    expect(await failedOf(records)).toEqual(records.map(({ messageId }) => messageId));
    expect(asked).toBe(3);
  });
});

describe('orders of a frozen pool', () => {
  it('stay queued and are counted; other shops go on', async () => {
    const [frozen, open] = [await desk.aShop(), await desk.aShop()];
    const order = { contractId: frozen, by: kim, reason: '복원', now: desk.now };
    await freezePool(db.doc, db.tables.pools, createAudit(db.doc, db.tables), order);
    const held = [1, 2].map((i) => shipped({ shopId: frozen, shipmentId: `held-${i}` }));
    const failed = await failedOf([...held, shipped({ shopId: open, shipmentId: 'free' })]);
    expect(failed).toEqual(held.map(({ messageId }) => messageId));
    expect(desk.counts['OrdersHeldByFreeze']).toBe(2);
    expect(await desk.stored('held-1')).toBeUndefined();
    expect(await desk.stored('free')).toMatchObject({ state: 'allocated' });
  });
});
