/** P1–P3: what an allocation costs on one hot contract, through `takeBatch` as the deployed function runs it. */
import type { SQSRecord } from 'aws-lambda';
import { putContract } from '../functions/merchant/contract.store.ts';
import { takeBatch, type TakePorts } from '../functions/order/take-batch.ts';
import { SHIPMENTS_PER_TRANSACTION as FULL } from '../functions/waybill/allocation.ts';
import { importBlock } from '../functions/waybill/import-block.store.ts';
import { readHead } from '../functions/waybill/pool.store.ts';
import { aContract, anOrder, T0 } from '../test/support/builders.ts';
import { allocationPorts, orderRecord } from './allocation-ports.ts';
import { type Meter, startMeteredTables } from './metered-tables.ts';
import { type Figure, progress } from './report.ts';

const BATCHES = 200;
type Db = Awaited<ReturnType<typeof startMeteredTables>>;

export const benchAllocation = async (): Promise<Figure[]> => {
  const db = await startMeteredTables();
  try {
    const ports = await preparePorts(db);
    await takeBatch(ports, fullBatch(-1));
    const fresh = await measure(db.meter, 'P1 P2 fresh', (i) => takeBatch(ports, fullBatch(i)));
    const duplicates = await measure(db.meter, 'P2 duplicates', (i) => takeBatch(ports, withDuplicates(i)));
    const before = (await readHead(db.doc, db.tables.pools, 'sodam')).available;
    const redelivered = await measure(db.meter, 'P3', (i) => takeBatch(ports, fullBatch(i, 2)));
    const burnt = before - (await readHead(db.doc, db.tables.pools, 'sodam')).available;
    const again = await measure(db.meter, 'P3 single', (i) => takeBatch(ports, fullBatch(i).slice(0, 1)));
    const freshOnes = BATCHES * FULL;
    const distinct = BATCHES * (FULL - Math.round(FULL * 0.05));
    return [
      {
        id: 'P1',
        what: 'write units per allocation, full batches of one contract',
        value: fresh.writeUnits / freshOnes,
        budget: { most: 2.2 },
      },
      {
        id: 'P2',
        what: 'DynamoDB requests per allocation, full batches',
        value: fresh.requests / freshOnes,
        budget: { most: 0.012 },
        digits: 4,
      },
      {
        id: 'P2',
        what: 'DynamoDB requests per allocation, 5 % of the batch told before',
        value: duplicates.requests / distinct,
        budget: { most: 0.025 },
        digits: 4,
      },
      { id: 'P3', what: 'numbers burnt by redelivered events', value: burnt, budget: { most: 0 }, digits: 0 },
      {
        id: 'P3',
        what: 'write units per event redelivered by the queue',
        value: redelivered.writeUnits / freshOnes,
        budget: { most: 0 },
      },
      {
        id: 'P3',
        what: 'write units per event told again on its own',
        value: again.writeUnits / BATCHES,
        budget: { most: 0 },
      },
    ];
  } finally {
    await db.stop();
  }
};

const preparePorts = async (db: Db): Promise<TakePorts> => {
  await putContract(db.doc, db.tables.contracts, aContract());
  const request = { kind: 'run', first: '6100000000000', last: '6100000499999' } as const;
  await importBlock(db.doc, db.tables, { contractId: 'sodam', request, by: 'bench', now: T0 });
  return allocationPorts(db);
};

const measure = async (
  meter: Meter,
  label: string,
  run: (batch: number) => Promise<unknown>,
): Promise<Meter> => {
  const before = { ...meter };
  for (let i = 0; i < BATCHES; i++) {
    await run(i);
    if (i % 50 === 49) progress(`${label}: ${i + 1} of ${BATCHES} batches`);
  }
  return {
    requests: meter.requests - before.requests,
    writeUnits: meter.writeUnits - before.writeUnits,
    cancelled: meter.cancelled - before.cancelled,
  };
};

const record = (shipmentId: string, receives = 1): SQSRecord => orderRecord(order(shipmentId), receives);

/** Ids as long as a platform's may be (50), and an address of ordinary length: the ledger's worst case. */
const order = (shipmentId: string) =>
  anOrder({
    shipmentId,
    goods: { name: '핸드메이드 머그컵 2개입 선물세트', quantity: 2 },
    message: '문 앞에 놓아 주세요',
  });
const id = (text: string): string => `SHIPMENT-20261124-${text}`.padEnd(50, '0');

const fullBatch = (batch: number, receives = 1): SQSRecord[] =>
  Array.from({ length: FULL }, (_, i) => record(id(`${batch}.${i}.`), receives));

/** One in twenty of the batch was told in the batch before. */
const withDuplicates = (batch: number): SQSRecord[] => {
  const repeats = Math.round(FULL * 0.05);
  return Array.from({ length: FULL }, (_, i) =>
    record(i < repeats ? id(`d${batch - 1}.${FULL - 1 - i}.`) : id(`d${batch}.${i}.`)),
  );
};
