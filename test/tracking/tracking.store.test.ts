import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { createTrackingStore, type TrackingStore } from '../../functions/shipment/tracking.store.ts';
import { whatIsNew } from '../../functions/tracking/what-is-new.ts';
import { aShipment, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let engine: TestTables;
let store: TrackingStore;
beforeAll(async () => {
  engine = await startTables();
  store = createTrackingStore(engine.doc, engine.tables.shipments);
});
afterAll(() => engine.stop());

const put = (over: Partial<Shipment>) =>
  engine.doc.send(
    new PutCommand({ TableName: engine.tables.shipments, Item: aShipment({ state: 'accepted', ...over }) }),
  );
const read = async (id: string) => (await store.read([id]))[0]!;
const news = (known: Parameters<typeof whatIsNew>[0], ...words: string[]) => {
  const scans = words.map((word, i) => ({
    at: new Date(T0 + i * 60_000).toISOString(),
    office: '서울중앙',
    word,
  }));
  const found = whatIsNew(known, scans, T0);
  if (found.outcome === 'none') throw new Error('the test needs news');
  return found;
};

describe('the tracking store', () => {
  it('reads more than a hundred shipments at once, without their parcels, and leaves out the unknown', async () => {
    const ids = Array.from({ length: 230 }, (_, i) => `many-${i}`);
    await Promise.all(ids.map((shipmentId) => put({ shipmentId })));
    const found = await store.read([...ids, 'nobody']);
    expect(new Set(found.map(({ shipmentId }) => shipmentId))).toEqual(new Set(ids));
    expect(found.every((shipment) => !('parcel' in shipment))).toBe(true);
  });

  it('writes a change, leaves the rest of the record alone, and closes at the end', async () => {
    await put({ shipmentId: 'whole' });
    const first = await read('whole');
    expect(await store.write(first, news(first, '접수'))).toBe('written');
    const second = await read('whole');
    expect(second).toMatchObject({ state: 'accepted', tracked: { status: 'collected', scans: 1 } });
    expect(await store.write(second, news(second, '접수', '배달완료'))).toBe('written');
    expect(await read('whole')).toMatchObject({
      state: 'closed',
      tracked: { orderStatus: '배송완료', scans: 2 },
    });
  });

  it('is overtaken, not overwriting, when another run wrote meanwhile', async () => {
    await put({ shipmentId: 'raced' });
    const mine = await read('raced');
    expect(await store.write(mine, news(mine, '접수', '발송'))).toBe('written');
    expect(await store.write(mine, news(mine, '접수'))).toBe('overtaken');
    expect((await read('raced')).tracked?.status).toBe('in-transit');
    const stale = { ...(await read('raced')), tracked: { ...(await read('raced')).tracked!, scans: 1 } };
    expect(await store.write(stale, news({}, '접수'))).toBe('overtaken');
  });

  it('does not bring back a shipment that was cancelled or removed meanwhile', async () => {
    await put({ shipmentId: 'gone' });
    const before = await read('gone');
    await engine.doc.send(
      new UpdateCommand({
        TableName: engine.tables.shipments,
        Key: { shipmentId: 'gone' },
        UpdateExpression: 'SET #state = :cancelled',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':cancelled': 'cancelled' },
      }),
    );
    expect(await store.write(before, news(before, '배달완료'))).toBe('overtaken');
    expect((await read('gone')).state).toBe('cancelled');
    expect(await store.write({ ...before, shipmentId: 'never' }, news({}, '접수'))).toBe('overtaken');
    expect(await store.read(['never'])).toEqual([]);
  });
});
