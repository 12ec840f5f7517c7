import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { createFindNumber } from '../../functions/waybill/find-number.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { retireBlock } from '../../functions/waybill/retire-block.store.ts';
import { aContract, aShipment } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const by = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
const lend = (contractId: string, first: string, last: string) =>
  importBlock(db.doc, db.tables, { contractId, request: { kind: 'run', first, last }, by: '김운영', now: 1 });
const allocate = (contractId: string, ids: readonly string[]) =>
  createAllocate(
    db.doc,
    db.tables,
    () => 7,
  )(
    aContract({ contractId }),
    ids.map((shipmentId) => {
      const { waybillNumber: _n, ledgerSeq: _s, allocatedAt: _a, state: _st, ...rest } = aShipment();
      return { shipment: { ...rest, shipmentId, contractId }, expect: 'new' as const };
    }),
  );
const find = (number: string) => createFindNumber(db.doc, db.tables)(number);
const retire = (contractId: string, block: number) =>
  retireBlock(db.doc, db.tables, createAudit(db.doc, db.tables), {
    contractId,
    block,
    by,
    reason: '관할 우체국에 반납',
    now: 9,
  });

describe('where a waybill number is', () => {
  beforeAll(async () => {
    await lend('a', '6100000000000', '6100000000004');
    for (let i = 0; i < 3; i++) await allocate('a', [`A-${i}`]);
    await lend('a', '6100000000010', '6100000000019');
    // crosses from the first block into the second
    await allocate('a', ['A-3', 'A-4', 'A-5', 'A-6']);
    for (let i = 7; i < 12; i++) await allocate('a', [`A-${i}`]);
  });
  it('names the shipment that has it, across blocks and entries', async () => {
    const numbers = [
      ...Array.from({ length: 5 }, (_, i) => `610000000000${i}`),
      ...Array.from({ length: 7 }, (_, i) => `610000000001${i}`),
    ];
    for (const [i, number] of numbers.entries())
      expect({ number, ...(await find(number)) }).toMatchObject({
        outcome: 'given',
        shipmentId: `A-${i}`,
        at: 7,
      });
  });
  it('says that a number is still free, and where it lies', async () => {
    expect(await find('6100000000017')).toEqual({
      outcome: 'free',
      contractId: 'a',
      block: 2,
      position: 7,
    });
  });
  it('knows nothing of a number that was never lent', async () => {
    expect(await find('6100000000005')).toEqual({ outcome: 'not-ours' });
  });
  it('says so where the ledger does not explain a number below the cursor', async () => {
    await lend('skipped', '6300000000000', '6300000000009');
    const head = { contractId: 'skipped', item: 'head', seq: 1, block: 1, position: 4, lastBlock: 1 };
    await db.doc.send(
      new PutCommand({
        TableName: db.tables.pools,
        Item: { ...head, available: 6, fullMark: 10, revision: 1 },
      }),
    );
    expect(await find('6300000000002')).toMatchObject({ outcome: 'unexplained', position: 2 });
  });
});

describe('giving a block back', () => {
  beforeAll(async () => {
    await lend('b', '6200000000000', '6200000000009');
    await lend('b', '6200000000020', '6200000000029');
    await allocate('b', ['B-0', 'B-1', 'B-2']);
  });
  it('voids what no parcel has and goes on with the next block', async () => {
    expect(await retire('b', 1)).toEqual({ outcome: 'retired', removed: 7, available: 10 });
    expect(await find('6200000000005')).toMatchObject({ outcome: 'retired', by: '김운영' });
    expect(await find('6200000000001')).toMatchObject({ outcome: 'given', shipmentId: 'B-1' });
    const { results } = await allocate('b', ['B-3']);
    expect(results).toMatchObject([{ outcome: 'allocated', shipment: { waybillNumber: '6200000000020' } }]);
    expect(await find('6200000000020')).toMatchObject({ outcome: 'given', shipmentId: 'B-3' });
  });
  it('does nothing a second time and says who did it', async () => {
    expect(await retire('b', 1)).toEqual({ outcome: 'already-retired', at: 9, by: '김운영' });
  });
  it('refuses a block without free numbers and one that is not there', async () => {
    await lend('c', '6400000000000', '6400000000001');
    await allocate('c', ['C-0', 'C-1']);
    expect(await retire('c', 1)).toEqual({ outcome: 'used-up' });
    expect(await retire('c', 2)).toEqual({ outcome: 'not-found' });
  });
  it('leaves exactly one audit row', async () => {
    const rows = await createAudit(db.doc, db.tables).of('block#b#1');
    expect(rows).toMatchObject([{ what: 'block.retired', by, after: { removed: 7 } }]);
  });
  it('never voids a number that is given at the same time', async () => {
    await lend('d', '6500000000000', '6500000000199');
    const [, ...given] = await Promise.all([
      retire('d', 1),
      ...Array.from({ length: 20 }, (_, i) => allocate('d', [`D-${i}`])),
    ]);
    for (const { results } of given)
      for (const one of results)
        if (one.outcome === 'allocated')
          expect(await find(one.shipment.waybillNumber ?? '')).toMatchObject({
            outcome: 'given',
            shipmentId: one.shipment.shipmentId,
          });
  });
});
