import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { anOrder } from '../support/builders.ts';
import { carrierState, control, jumpUntil, npmStart, type Running } from './npm-start.ts';

const SHOPS = [
  { shopId: 'sodam-market' },
  { shopId: 'haneul-books' },
  { shopId: 'onnuri-garden' },
  { shopId: 'hanbit-plaza', sellerId: 'dalbit-bakery' },
  { shopId: 'hanbit-plaza', sellerId: 'badaro-fish' },
];
const ORDERS = 1000;
const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };

let folder: string;
let running: Running;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'thousand-'));
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

/** 1,000 parcels of five contracts, one in ten told twice, in a fixed but mixed order. */
const events = (): Record<string, unknown>[] => {
  const orders = Array.from({ length: ORDERS }, (_, i) =>
    anOrder({ ...SHOPS[i % SHOPS.length]!, shipmentId: `S-${i}`, orderId: `O-${i}` }),
  );
  const all = [...orders, ...orders.filter((_, i) => i % 10 === 0)];
  return all
    .map((order, i) => ({ order, at: (i * 7919) % all.length }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ order }) => order);
};

const tell = async ({ ready }: Running, details: readonly Record<string, unknown>[]) => {
  const bus = new EventBridgeClient({
    endpoint: ready.endpoints.eventbridge,
    region: ready.region,
    credentials,
  });
  for (let i = 0; i < details.length; i += 10) {
    const answer = await bus.send(
      new PutEventsCommand({
        Entries: details.slice(i, i + 10).map((detail) => ({
          EventBusName: ready.busName,
          Source: 'shop.platform',
          DetailType: 'OrderShipped',
          Detail: JSON.stringify(detail),
        })),
      }),
    );
    expect(answer.FailedEntryCount).toBe(0);
  }
  bus.destroy();
};

const shipments = async ({ ready }: Running): Promise<Shipment[]> => {
  const client = new DynamoDBClient({
    endpoint: ready.endpoints.dynamodb,
    region: ready.region,
    credentials,
  });
  const found: Shipment[] = [];
  for await (const page of paginateScan({ client }, { TableName: ready.tables['shipments']! }))
    found.push(...(page.Items ?? []).map((item) => unmarshall(item) as Shipment));
  client.destroy();
  return found;
};
const toldTo = (all: Running[], type: string): Set<unknown> =>
  new Set(
    all.flatMap(({ told }) =>
      told.flatMap(({ detailType, detail }) => (detailType === type ? [detail['shipmentId']] : [])),
    ),
  );

it('numbers, books and delivers 1,000 shuffled orders exactly once although the process is killed in the middle', async () => {
  const all = events();
  const first = await npmStart('--data', folder, '--port', '4710');
  running = first;
  await tell(first, all.slice(0, 600));
  await control(first, '/clock', { jump: true });
  await first.kill();

  running = await npmStart('--data', folder, '--port', '4710');
  await tell(running, all.slice(600));
  await jumpUntil(running, async () => (await carrierState(running)).bookings >= ORDERS);
  await jumpUntil(running, async () => (await shipments(running)).every(({ state }) => state === 'accepted'));

  await control(running, '/journeys', { play: 'all' });
  await jumpUntil(running, async () => (await shipments(running)).every(({ state }) => state === 'closed'));

  const stored = await shipments(running);
  expect(stored).toHaveLength(ORDERS);
  expect(new Set(stored.map(({ waybillNumber }) => waybillNumber)).size).toBe(ORDERS);
  expect(stored.every(({ tracked }) => tracked?.orderStatus === '배송완료')).toBe(true);
  expect(await carrierState(running)).toMatchObject({
    bookings: ORDERS,
    secondRegistrations: 0,
    distinctNumbers: ORDERS,
  });
  expect(toldTo([first, running], 'DeliveryStatusChanged').size).toBe(ORDERS);
});
