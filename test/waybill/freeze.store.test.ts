import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../functions/audit/audit.ts';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import type { Candidate } from '../../functions/waybill/allocation.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { freezePool, unfreezePool } from '../../functions/waybill/freeze.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { readHead } from '../../functions/waybill/pool.store.ts';
import { PoolFrozen } from '../../functions/waybill/pool.ts';
import { retireBlock } from '../../functions/waybill/retire-block.store.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

let db: TestTables;
let [nextRun, serial] = [6_000_000_000_000, 0];
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const by: Actor = { kind: 'operator', id: 'op-1', name: '김운영' };
const audit = () => createAudit(db.doc, db.tables);
const order = (contractId: string) => ({ contractId, by, reason: '복원 준비', now: T0 });
const freeze = (contractId: string) => freezePool(db.doc, db.tables.pools, audit(), order(contractId));
const unfreeze = (contractId: string) => unfreezePool(db.tables.pools, audit(), order(contractId));
const stock = (contractId: string, size: number) => {
  const [first, last] = [String(nextRun), String(nextRun + size - 1)];
  nextRun += size;
  const request = { kind: 'run', first, last } as const;
  return importBlock(db.doc, db.tables, { contractId, request, by: 'test', now: T0 });
};
const some = (contractId: string, count: number): Candidate[] =>
  Array.from({ length: count }, () => ({
    shipment: newShipment(anOrder({ shopId: contractId, shipmentId: `F-${serial++}` }), T0, 20),
    expect: 'new',
  }));
const head = (contractId: string) => readHead(db.doc, db.tables.pools, contractId);

describe('a frozen pool', () => {
  it('gives no number, and goes on where it stood when it is unfrozen', async () => {
    await stock('a', 10);
    const [warm, cold] = [0, 1].map(() => createAllocate(db.doc, db.tables, () => T0));
    const contract = aContract({ contractId: 'a' });
    await warm!(contract, some('a', 2));
    expect(await freeze('a')).toMatchObject({ outcome: 'frozen', already: false });
    for (const allocate of [warm!, cold!])
      await expect(allocate(contract, some('a', 1))).rejects.toBeInstanceOf(PoolFrozen);
    expect(await head('a')).toMatchObject({ available: 8, frozen: { by: '김운영', reason: '복원 준비' } });
    expect(await unfreeze('a')).toEqual({ outcome: 'unfrozen' });
    const { results } = await warm!(contract, some('a', 1));
    expect(results[0]?.outcome).toBe('allocated');
    expect(await head('a')).toMatchObject({ available: 7, seq: 3 });
  });

  it('keeps its first reason when frozen again, and says so when there is nothing to lift', async () => {
    await stock('b', 1);
    await freeze('b');
    expect(await freeze('b')).toMatchObject({ already: true, frozen: { at: T0 } });
    await unfreeze('b');
    expect(await unfreeze('b')).toEqual({ outcome: 'not-frozen' });
    const rows = await audit().of('pool#b');
    expect(rows.map(({ what }) => what)).toEqual(['pool.unfrozen', 'pool.frozen']);
  });

  it('takes in blocks but gives none back: nobody knows what is used', async () => {
    await stock('c', 5);
    await freeze('c');
    expect(await stock('c', 5)).toMatchObject({ outcome: 'imported', block: 2 });
    const retire = { contractId: 'c', block: 1, by, reason: '반납', now: T0 };
    expect(await retireBlock(db.doc, db.tables, audit(), retire)).toEqual({ outcome: 'frozen' });
    expect((await head('c')).frozen).toBeDefined();
  });

  it('can be frozen before it ever had a number', async () => {
    await freeze('d');
    await expect(
      createAllocate(db.doc, db.tables, () => T0)(aContract({ contractId: 'd' }), some('d', 1)),
    ).rejects.toBeInstanceOf(PoolFrozen);
    await unfreeze('d');
    expect(await stock('d', 3)).toMatchObject({ outcome: 'imported', block: 1 });
  });

  it('lets no running allocator slip through: nothing is given after the freeze has been written', async () => {
    await stock('e', 5000);
    const contract = aContract({ contractId: 'e' });
    const worker = async () => {
      const allocate = createAllocate(db.doc, db.tables, () => T0);
      try {
        for (;;) await allocate(contract, some('e', 3));
      } catch (error) {
        expect(error).toBeInstanceOf(PoolFrozen);
      }
    };
    const workers = Array.from({ length: 6 }, worker);
    await freeze('e');
    const seen = await head('e');
    await Promise.all(workers);
    expect(await head('e')).toEqual(seen);
    expect(seen.available).toBeLessThan(5000);
  });
});
