/** P12: snapshot, allocate 100, restore, fence, allocate 100: nothing twice, and the gaps are exactly the void numbers. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import type { RestoredTable } from '../../functions/fence/evidence.ts';
import { type FenceRun, restoreFence } from '../../functions/fence/restore-fence.store.ts';
import { UNTOLD } from '../../functions/fence/plan.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { createFindNumber } from '../../functions/waybill/find-number.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { readBlock, readHead } from '../../functions/waybill/pool.store.ts';
import { PoolFrozen } from '../../functions/waybill/pool.ts';
import { retireBlock } from '../../functions/waybill/retire-block.store.ts';
import { aContract, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { audit as auditOf, candidates, give, lend, names } from '../ledger-audit/support.ts';
import { dyingAt, gapsIn, restore, snapshot, voidOf } from './restore.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const kim = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
const fence = (contractId: string, over: Partial<FenceRun> = {}, doc: DynamoDBDocumentClient = db.doc) =>
  restoreFence(doc, db.tables, createAudit(doc, db.tables), {
    contractIds: [contractId],
    restored: ['pools', 'ledger'],
    by: kim,
    reason: '복원',
    now: T0 + 5,
    apply: true,
    keepFrozen: false,
    ...over,
  });
describe('the drill', { timeout: 120_000 }, () => {
  it.each<[string, RestoredTable[], number]>([
    ['only the pools', ['pools'], 0],
    ['only the ledger', ['ledger'], 0],
    ['pools and ledger', ['pools', 'ledger'], 0],
    // The surviving table knows the numbers; nobody has the parcels any more, so their numbers are void.
    ['only the shipments', ['shipments'], 100],
    ['ledger and shipments', ['ledger', 'shipments'], 100],
    ['pools and shipments', ['pools', 'shipments'], 100],
    ['all three, the last number told being known', ['pools', 'ledger', 'shipments'], 100 + UNTOLD],
  ])('%s restored: 200 parcels, no number twice, gaps exactly the void ones', async (_, restored, voided) => {
    const shop = `drill-${restored.join('-')}`;
    await lend(db, shop, 60);
    await lend(db, shop, 3_000);
    const before = await give(db, shop, names(`${shop}-a`, 50));
    const then = await snapshot(db);
    const lost = await give(db, shop, names(`${shop}-b`, 100));
    await restore(db, then, ...restored);
    const told = restored.length === 3 ? { told: lost.at(-1)! } : {};
    const [answer] = await fence(shop, { restored, ...told });
    expect(answer).toMatchObject({ outcome: 'fenced' });
    const after = await give(db, shop, names(`${shop}-c`, 100));
    const all = [...before, ...lost, ...after];
    expect(new Set(all).size).toBe(250);
    const dead = await voidOf(db, shop);
    expect(dead).toHaveLength(voided);
    const alive = restored.includes('shipments') ? [...before, ...after] : all;
    expect(gapsIn(alive)).toEqual(dead.toSorted());
    expect((await auditOf(db, shop)).findings).toEqual([]);
    expect((await readHead(db.doc, db.tables.pools, shop)).frozen).toBeUndefined();
  });

  it('says who made a number void, when and why, and leaves one audit row', async () => {
    const shop = 'drill-pools-ledger-shipments';
    const [number] = await voidOf(db, shop);
    const find = createFindNumber(db.doc, db.tables);
    expect(await find(number!)).toMatchObject({ outcome: 'void', by: '김운영', reason: '복원', at: T0 + 5 });
    const rows = await createAudit(db.doc, db.tables).of(`pool#${shop}`);
    expect(rows.map(({ what }) => what)).toEqual(['pool.fenced', 'pool.frozen']);
    expect(rows[0]).toMatchObject({
      by: kim,
      reason: '복원',
      after: { voided: 100 + UNTOLD, frozen: false },
    });
  });
});

describe('a fence', { timeout: 120_000 }, () => {
  it('writes nothing when it is only asked what it would do', async () => {
    await lend(db, 'dry', 300);
    await give(db, 'dry', names('dry', 20));
    const then = await snapshot(db);
    await give(db, 'dry', names('dry-b', 20));
    await restore(db, then, 'pools', 'ledger');
    const rewound = await snapshot(db);
    const [answer] = await fence('dry', { apply: false });
    expect(answer).toMatchObject({ outcome: 'would-fence', rebuilt: 2, after: { position: 40, seq: 6 } });
    expect(await snapshot(db)).toEqual(rewound);
  });

  it('does nothing the second time', async () => {
    await lend(db, 'again', 300);
    await give(db, 'again', names('again', 20));
    const then = await snapshot(db);
    await give(db, 'again', names('again-b', 20));
    await restore(db, then, 'pools', 'ledger');
    await fence('again');
    const once = (await snapshot(db)).pools;
    expect((await fence('again'))[0]).toMatchObject({ outcome: 'in-order' });
    expect((await snapshot(db)).pools).toEqual(once);
  });

  it('refuses when no table remembers and nobody says which number was told last; the pool stays frozen', async () => {
    await lend(db, 'blind', 300);
    const [number] = await give(db, 'blind', names('blind', 20));
    const restored: RestoredTable[] = ['pools', 'ledger', 'shipments'];
    expect((await fence('blind', { restored }))[0]).toMatchObject({ problem: { kind: 'no-evidence' } });
    const stranger = { restored, told: '9999999999999' };
    expect((await fence('blind', stranger))[0]).toMatchObject({ problem: { kind: 'told-unknown' } });
    const some = candidates('blind', ['blind-x']);
    const contract = aContract({ contractId: 'blind' });
    const refused = createAllocate(db.doc, db.tables, () => T0)(contract, some);
    await expect(refused).rejects.toBeInstanceOf(PoolFrozen);
    expect((await fence('blind', { restored, told: number! }))[0]).toMatchObject({ outcome: 'fenced' });
  });

  it.each<[string, RestoredTable[]]>([
    ['pools', ['pools']],
    ['pools and ledger', ['pools', 'ledger']],
  ])('asks for a block that the restored %s forgot, takes it in, and goes on', async (_, restored) => {
    const shop = `block-${restored.length}`;
    await lend(db, shop, 20);
    const then = await snapshot(db);
    const first = await lend(db, shop, 100);
    const given = await give(db, shop, names(shop, 50));
    await restore(db, then, ...restored);
    const [answer] = await fence(shop, { restored });
    expect(answer).toMatchObject({ outcome: 'refused', problem: { kind: 'blocks-missing' } });
    const request = { kind: 'run', first, last: String(Number(first) + 99) } as const;
    const order = { contractId: shop, request, by: 'test', now: T0 };
    expect(await importBlock(db.doc, db.tables, order)).toMatchObject({ outcome: 'imported', block: 2 });
    expect((await fence(shop, { restored }))[0]).toMatchObject({ outcome: 'fenced' });
    const after = await give(db, shop, names(`${shop}-after`, 50));
    expect(new Set([...given, ...after]).size).toBe(100);
    expect((await auditOf(db, shop)).findings).toEqual([]);
  });

  it('keeps what was given back to ePost: its block has forgotten it, the ledger has not', async () => {
    await lend(db, 'back', 20);
    await lend(db, 'back', 20);
    await give(db, 'back', names('back', 5));
    const then = await snapshot(db);
    const order = { contractId: 'back', block: 1, by: kim, reason: '반납', now: T0 };
    await retireBlock(db.doc, db.tables, createAudit(db.doc, db.tables), order);
    await restore(db, then, 'pools');
    await fence('back', { restored: ['pools'] });
    expect((await readBlock(db.doc, db.tables.pools, 'back', 1)).retired).toMatchObject({
      from: 5,
      reason: '반납',
    });
    await give(db, 'back', names('back-b', 5));
    expect(await readHead(db.doc, db.tables.pools, 'back')).toMatchObject({
      block: 2,
      position: 5,
      available: 15,
    });
    expect((await auditOf(db, 'back')).findings).toEqual([]);
  });

  it('stays frozen when told to, for somebody to look first', async () => {
    await lend(db, 'keep', 20);
    const then = await snapshot(db);
    await give(db, 'keep', names('keep', 5));
    await restore(db, then, 'pools', 'ledger');
    await fence('keep', { keepFrozen: true });
    expect(await readHead(db.doc, db.tables.pools, 'keep')).toMatchObject({
      position: 5,
      frozen: { by: '김운영' },
    });
  });
});

describe('while a fence is at work', { timeout: 120_000 }, () => {
  it('allocators keep trying: they get nothing before it ends, and nothing twice after', async () => {
    const shop = 'busy';
    await lend(db, shop, 2_000);
    const given = await give(db, shop, names('busy-a', 50));
    const then = await snapshot(db);
    given.push(...(await give(db, shop, names('busy-b', 100))));
    await restore(db, then, 'pools');
    const wanted = given.length + 30;
    let serial = 0;
    const worker = async () => {
      const allocate = createAllocate(db.doc, db.tables, () => T0);
      while (given.length < wanted) {
        try {
          const { results } = await allocate(
            aContract({ contractId: shop }),
            candidates(shop, names('busy-c', 3, (serial += 3))),
          );
          for (const one of results)
            if (one.outcome === 'allocated') given.push(one.shipment.waybillNumber ?? '');
        } catch {
          // Frozen, or behind its own ledger: the message stays queued.
        }
      }
    };
    const workers = [worker(), worker(), worker()];
    await fence(shop, { restored: ['pools'] });
    await Promise.all(workers);
    expect(new Set(given).size).toBe(given.length);
    expect((await auditOf(db, shop)).findings).toEqual([]);
  });

  it(
    'may die before or after any of its calls: run again, it comes to the same end',
    { timeout: 240_000 },
    async () => {
      let calls = Infinity;
      for (const after of [false, true])
        for (let at = 1; at <= calls; at++) {
          const shop = `crash-${after}-${at}`;
          await lend(db, shop, 2_000);
          const given = await give(db, shop, names(shop, 4), 4);
          const then = await snapshot(db);
          given.push(...(await give(db, shop, names(`${shop}-b`, 4), 4)));
          await restore(db, then, 'pools', 'ledger', 'shipments');
          const how = { restored: ['pools', 'ledger', 'shipments'] as const, told: given.at(-1)! };
          const dying = dyingAt(db, at, after);
          const died = await fence(shop, how, dying.doc).then(
            () => false,
            () => true,
          );
          if (!died) calls = dying.calls();
          await fence(shop, how);
          given.push(...(await give(db, shop, names(`${shop}-c`, 4), 4)));
          expect(new Set(given).size).toBe(12);
          expect(await voidOf(db, shop)).toHaveLength(4 + UNTOLD);
          const rows = await createAudit(db.doc, db.tables).of(`pool#${shop}`);
          expect(rows.filter(({ what }) => what === 'pool.fenced')).toHaveLength(1);
          expect((await readHead(db.doc, db.tables.pools, shop)).frozen).toBeUndefined();
        }
      expect(calls).toBeGreaterThan(10);
    },
  );
});
