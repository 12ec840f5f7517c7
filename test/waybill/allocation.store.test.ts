import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newShipment } from '../../functions/order/new-shipment.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import type { Candidate } from '../../functions/waybill/allocation.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { type StoredLedgerEntry } from '../../functions/waybill/ledger.store.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
let nextRun = 6_000_000_000_000;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const stock = async (contractId: string, size: number) => {
  const first = String(nextRun);
  nextRun += size;
  const request = { kind: 'run', first, last: String(nextRun - 1) } as const;
  const answer = await importBlock(db.doc, db.tables, { contractId, request, by: 'test', now: T0 });
  expect(answer.outcome).toBe('imported');
};
const candidates = (contractId: string, from: number, count: number): Candidate[] =>
  Array.from({ length: count }, (_, i) => ({
    shipment: newShipment(anOrder({ shopId: contractId, shipmentId: `${contractId}-${from + i}` }), T0, 20),
    expect: 'new',
  }));
const allocator = () => createAllocate(db.doc, db.tables, () => T0);
const stored = async (shipmentId: string) =>
  (await db.doc.send(new GetCommand({ TableName: db.tables.shipments, Key: { shipmentId } })))
    .Item as Shipment;
const everything = async (table: string, contractId: string) => {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.doc.send(
      new ScanCommand({ TableName: table, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items.filter((item) => item['contractId'] === contractId);
};

describe('allocating waybill numbers', () => {
  it('stores the number with the shipment and explains it in the ledger', async () => {
    await stock('one', 10);
    const allocate = allocator();
    const { results } = await allocate(aContract({ contractId: 'one' }), candidates('one', 0, 3));
    expect(results.map(({ outcome }) => outcome)).toEqual(['allocated', 'allocated', 'allocated']);
    const second = await stored('one-1');
    expect(second).toMatchObject({ state: 'allocated', ledgerSeq: 2, allocatedAt: T0, attempt: 0 });
    const [entry] = (await everything(db.tables.ledger, 'one')).filter(({ seq }) => seq === 2);
    expect(entry).toMatchObject({
      kind: 'allocated',
      ids: 'one-0\none-1\none-2',
      segments: [{ block: 1, from: 0, count: 3 }],
      openSince: T0,
    } satisfies Partial<StoredLedgerEntry>);
  });

  it('keeps the number of a shipment that is told again, and burns none', async () => {
    await stock('again', 10);
    const allocate = allocator();
    const contract = aContract({ contractId: 'again' });
    await allocate(contract, candidates('again', 0, 2));
    const first = await stored('again-0');
    const { results } = await allocate(contract, candidates('again', 0, 3));
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['allocated', 'already', 'already']);
    const repeat = results.find((one) => one.outcome === 'already');
    expect(repeat?.outcome === 'already' && repeat.existing.waybillNumber).toBe(first.waybillNumber);
    const head = (await everything(db.tables.pools, 'again')).find(({ item }) => item === 'head');
    expect(head).toMatchObject({ available: 7, position: 3 });
  });

  it('serves what the pool has and lets the rest wait', async () => {
    await stock('dry', 2);
    const allocate = allocator();
    const contract = aContract({ contractId: 'dry' });
    const { results } = await allocate(contract, candidates('dry', 0, 5));
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'allocated',
      'allocated',
      'waiting',
      'waiting',
      'waiting',
    ]);
    await stock('dry', 5);
    const after = await allocate(contract, candidates('dry', 2, 3));
    expect(after.results.every(({ outcome }) => outcome === 'allocated')).toBe(true);
  });

  it('needs no number where ePost draws them, and still keeps the ledger', async () => {
    const contract = aContract({ contractId: 'drawn', numbering: 'carrier-issued' });
    const { results } = await allocator()(contract, candidates('drawn', 0, 2));
    expect(
      results.every((one) => one.outcome === 'allocated' && one.shipment.waybillNumber === undefined),
    ).toBe(true);
    expect(await everything(db.tables.ledger, 'drawn')).toHaveLength(1);
  });

  it('gives 2,000 numbers to 2,000 shipments with eight workers on one contract, none twice, none left out', async () => {
    await stock('hot', 1200);
    await stock('hot', 900);
    const contract = aContract({ contractId: 'hot' });
    const batches = Array.from({ length: 40 }, (_, i) => candidates('hot', i * 50, 50));
    const overlapping = [...batches, ...batches.filter((_, i) => i % 5 === 0)];
    await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        const allocate = allocator();
        for (let i = worker; i < overlapping.length; i += 8) await allocate(contract, overlapping[i]!);
      }),
    );
    const shipments = await everything(db.tables.shipments, 'hot');
    const numbers = shipments.map(({ waybillNumber }) => String(waybillNumber));
    expect(shipments).toHaveLength(2000);
    expect(new Set(numbers).size).toBe(2000);
    const head = (await everything(db.tables.pools, 'hot')).find(({ item }) => item === 'head');
    expect(head).toMatchObject({ available: 100, block: 2, position: 800 });
    const ids = (await everything(db.tables.ledger, 'hot')).flatMap(({ ids: joined }) =>
      typeof joined === 'string' ? joined.split('\n') : [],
    );
    expect(ids.toSorted()).toEqual(shipments.map(({ shipmentId }) => String(shipmentId)).toSorted());
  });

  it('goes on where another process left the pool', async () => {
    await stock('moved', 5);
    const [ours, theirs] = [allocator(), allocator()];
    const contract = aContract({ contractId: 'moved' });
    await ours(contract, candidates('moved', 0, 1));
    await theirs(contract, candidates('moved', 1, 1));
    await stock('moved', 5);
    await ours(contract, candidates('moved', 2, 6));
    const numbers = (await everything(db.tables.shipments, 'moved')).map(
      ({ waybillNumber }) => waybillNumber,
    );
    expect(new Set(numbers).size).toBe(8);
  });
});
