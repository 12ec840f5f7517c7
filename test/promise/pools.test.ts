import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putContract } from '../../functions/merchant/contract.store.ts';
import { createContractReader } from '../../functions/merchant/contract.store.ts';
import { newShipment } from '../../functions/order/new-shipment.ts';
import { createPace } from '../../functions/promise/pace.ts';
import { type PoolLevelPorts, watchPools } from '../../functions/promise/pool-levels.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { createAllocate } from '../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../functions/waybill/import-block.store.ts';
import { readHead } from '../../functions/waybill/pool.store.ts';
import { createPoolReader, type PoolReader } from '../../functions/waybill/pools.store.ts';
import { aContract, anOrder, T0 } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';

const DAY = 86_400_000;
let db: TestTables;
let pools: PoolReader;
let gauges: Record<string, number> = {};
let now = T0;
let nextRun = 5_000_000_000_000;

beforeAll(async () => {
  db = await startTables();
  pools = createPoolReader(db.doc, db.tables);
});
afterAll(() => db.stop());

const measure = async (owners?: string[], pace = createPace(pools, calendar, () => now)) => {
  gauges = {};
  const ports: PoolLevelPorts = {
    owners: owners ? async () => owners : pools.owners,
    contract: createContractReader(db.doc, db.tables.contracts, () => now),
    available: async (id) => (await readHead(db.doc, db.tables.pools, id)).available,
    pace,
    gauge: (name, value) => void (gauges[name] = value),
  };
  await watchPools(ports);
  return gauges;
};
const calendar = async () => createCalendar();

/** A shop with so many numbers, of which it uses some on a day some days ago. */
const aShop = async (contractId: string, numbers: number, used: number, daysAgo = 3) => {
  const contract = aContract({ contractId });
  await putContract(db.doc, db.tables.contracts, contract);
  const [first, last] = [String(nextRun), String(nextRun + numbers - 1)];
  nextRun += numbers;
  const importedAt = now - 30 * DAY;
  await importBlock(db.doc, db.tables, {
    contractId,
    request: { kind: 'run', first, last },
    by: 'test',
    now: importedAt,
  });
  const at = now - daysAgo * DAY;
  const candidates = Array.from({ length: used }, (_, i) => ({
    shipment: newShipment(anOrder({ shopId: contractId, shipmentId: `${contractId}-${i}` }), at, 20),
    expect: 'new' as const,
  }));
  await createAllocate(db.doc, db.tables, () => at)(contract, candidates);
};

describe('the watch over the numbers', () => {
  it('counts the business days that numbers last at the pace of the last 14 days', async () => {
    // 2026-11-10 … 24 holds 10 business days: 5 a day, 45 left.
    await aShop('nine-days', 95, 50);
    expect(await measure(['nine-days'])).toEqual({
      PoolDaysLeast: 9,
      PoolsUnder7Days: 0,
      PoolsUnder2Days: 0,
      PoolsEmpty: 0,
    });
  });

  it('tells pools under seven days, under two and empty ones apart', async () => {
    await aShop('six-days', 80, 50);
    await aShop('one-day', 55, 50);
    await aShop('empty', 50, 50);
    expect(await measure(['nine-days', 'six-days', 'one-day', 'empty'])).toEqual({
      PoolDaysLeast: 0,
      PoolsUnder7Days: 3,
      PoolsUnder2Days: 2,
      PoolsEmpty: 1,
    });
  });

  it('does not look back further than 14 days: what was used before says nothing about today', async () => {
    await aShop('once-busy', 60, 50, 20);
    expect(await measure(['once-busy'])).toMatchObject({ PoolDaysLeast: 365, PoolsUnder7Days: 0 });
  });

  it('leaves out contracts that are stopped, or whose parcels ePost numbers', async () => {
    await aShop('stopped', 50, 50);
    await putContract(db.doc, db.tables.contracts, aContract({ contractId: 'stopped', status: 'suspended' }));
    await aShop('numbered-by-epost', 50, 50);
    await putContract(
      db.doc,
      db.tables.contracts,
      aContract({ contractId: 'numbered-by-epost', numbering: 'carrier-issued' }),
    );
    expect(await measure(['stopped', 'numbered-by-epost', 'nobody'])).toMatchObject({ PoolsEmpty: 0 });
  });

  it('finds every contract by itself', async () => {
    expect(await measure()).toMatchObject({ PoolsUnder7Days: 3, PoolsEmpty: 1 });
  });

  it('asks for the pace of a contract four times a day, not at every look', async () => {
    let asked = 0;
    const counting = { ...pools, read: (id: string) => ((asked += 1), pools.read(id)) };
    const pace = createPace(counting, calendar, () => now);
    await measure(['nine-days'], pace);
    now += 5 * 3_600_000;
    await measure(['nine-days'], pace);
    expect(asked).toBe(1);
    now += 2 * 3_600_000;
    await measure(['nine-days'], pace);
    expect(asked).toBe(2);
    now = T0;
  });
});
