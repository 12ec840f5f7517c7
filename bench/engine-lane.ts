/**
 * `npm run lane:engine [-- 20000]`: so many parallel allocations on a real local DynamoDB engine, by 64 workers over
 * several contracts, through the use case and the stores as they are deployed. One message in ten is told twice.
 * Exit code 1 when a number was used twice or one below a cursor has no shipment (P1, P4).
 */
import type { SQSRecord } from 'aws-lambda';
import { putContract } from '../functions/merchant/contract.store.ts';
import { takeBatch } from '../functions/order/take-batch.ts';
import { importBlock } from '../functions/waybill/import-block.store.ts';
import { aContract, anOrder, T0 } from '../test/support/builders.ts';
import { startTables, type TestTables } from '../test/support/dynamo.ts';
import { allocationPorts, orderRecord } from './allocation-ports.ts';
import { auditNumbers } from './engine-audit.ts';
import { type Figure, progress, renderFigure, within } from './report.ts';

const WORKERS = 64;
const CONTRACTS = 8;
const BATCH = 97;
const wanted = Number(process.argv[2] ?? 20_000);

interface Batch {
  records: SQSRecord[];
  receives: number;
}

/** A batch is of one contract, so that eight workers at a time want numbers of the same pool. */
const contractOf = (i: number): string => contractId(Math.floor(i / BATCH));
const contractId = (i: number): string => `shop-${i % CONTRACTS}`;

const main = async (): Promise<Figure[]> => {
  const db = await startTables();
  try {
    await stock(db);
    const batches = shuffledBatches();
    const told = batches.reduce((sum, { records }) => sum + records.length, 0);
    const started = performance.now();
    const retried = await workOff(db, batches);
    const seconds = (performance.now() - started) / 1000;
    const audit = await auditNumbers(
      db,
      Array.from({ length: CONTRACTS }, (_, i) => contractId(i)),
    );
    progress('');
    const count = (what: string, value: number, budget?: Figure['budget'], id = ''): Figure => ({
      id,
      what,
      value,
      digits: 0,
      ...(budget && { budget }),
    });
    return [
      count(`shipments numbered, of ${wanted} told ${told} times`, audit.numbered, { least: wanted }, 'P3'),
      count('numbers used twice', audit.twice, { most: 0 }, 'P1'),
      count('numbers below a cursor that no shipment has', audit.unexplained, { most: 0 }, 'P4'),
      count('shipments whose number the ledger gives to another', audit.disagreeing, { most: 0 }, 'P4'),
      count('messages that went back to the queue', retried),
      count('allocations a second on this machine', wanted / seconds),
    ];
  } finally {
    await db.stop();
  }
};

/** Blocks small enough that allocations cross from one into the next, with a few numbers to spare. */
const stock = async (db: TestTables): Promise<void> => {
  const each = Math.ceil(wanted / CONTRACTS / BATCH) * BATCH;
  const size = Math.ceil(each / 3) + 7;
  for (let i = 0; i < CONTRACTS; i++) {
    await putContract(db.doc, db.tables.contracts, aContract({ contractId: contractId(i) }));
    for (let block = 0; block < 3; block++) {
      const first = 6_100_000_000_000 + i * 10_000_000 + block * 1_000_000;
      const request = { kind: 'run', first: String(first), last: String(first + size - 1) } as const;
      await importBlock(db.doc, db.tables, { contractId: contractId(i), request, by: 'lane', now: T0 });
    }
  }
};

/** Each tenth message comes once more, in a later batch of many contracts. */
const shuffledBatches = (): Batch[] => {
  const records = Array.from({ length: wanted }, (_, i) => record(i));
  const again = records
    .filter((_, i) => i % 10 === 3)
    .map((one) => ({ ...one, messageId: `${one.messageId}-2` }));
  const all = [...records, ...again.toReversed()];
  const count = Math.ceil(all.length / BATCH);
  return Array.from({ length: count }, (_, i) => ({
    records: all.slice(i * BATCH, (i + 1) * BATCH),
    receives: 1,
  }));
};

const record = (i: number): SQSRecord =>
  orderRecord(anOrder({ shipmentId: `S-${i}`, orderId: `O-${i}`, shopId: contractOf(i) }));

/** 64 workers, each a sandbox of its own: its own clients' memory of heads and blocks. */
const workOff = async (db: TestTables, batches: Batch[]): Promise<number> => {
  const left = [...batches];
  let done = 0;
  let retried = 0;
  const worker = async () => {
    const ports = allocationPorts(db);
    for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
      const { records, receives } = batch;
      const { batchItemFailures } = await takeBatch(ports, records);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      retried += failed.size;
      done += records.length - failed.size;
      if (failed.size > 0) {
        const again = records.filter(({ messageId }) => failed.has(messageId)).map(received(receives + 1));
        left.push({ records: again, receives: receives + 1 });
      }
      progress(`${done} messages taken, ${retried} went back to the queue`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return retried;
};

const received =
  (times: number) =>
  (one: SQSRecord): SQSRecord => ({
    ...one,
    attributes: { ...one.attributes, ApproximateReceiveCount: String(times) },
  });

const figures = await main();
for (const figure of figures) console.log(renderFigure(figure));
process.exitCode = figures.every(within) ? 0 : 1;
