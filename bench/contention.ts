/**
 * P4: many workers on one contract. A transaction holds its items for 10 ms; another that comes in that time is
 * refused with TransactionConflict, as DynamoDB does and no local engine.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { putContract } from '../functions/merchant/contract.store.ts';
import { takeBatch } from '../functions/order/take-batch.ts';
import { SHIPMENTS_PER_TRANSACTION as FULL } from '../functions/waybill/allocation.ts';
import { importBlock } from '../functions/waybill/import-block.store.ts';
import { createFakeAws } from '../test/simulation/aws/fake-aws.ts';
import { createRequestHandler } from '../test/simulation/aws/request-handler.ts';
import { aContract, anOrder, T0 } from '../test/support/builders.ts';
import { tableSchemas } from '../test/support/table-schemas.ts';
import { allocationPorts, orderRecord } from './allocation-ports.ts';
import { type Figure, progress } from './report.ts';
import { startVirtualTime, type VirtualTime } from './virtual-time.ts';

const HOLD_MS = 10;
const READ_MS = 3;
const WORKERS = 64;
const BATCHES = 128;

const tables = Object.fromEntries(Object.keys(tableSchemas).map((name) => [name, name])) as Record<
  keyof typeof tableSchemas,
  string
>;

export const benchContention = async (): Promise<Figure[]> => {
  const full = await run(WORKERS, FULL);
  const tens = await run(WORKERS, 10);
  const deployed = await run(2, FULL);
  const figure = (what: string, value: number, most?: number): Figure => ({
    id: 'P4',
    what,
    value,
    ...(most !== undefined && { budget: { most } }),
  });
  return [
    figure('rejected transactions per number, 64 workers on one contract', full.rejected / full.numbers, 0.1),
    figure('rejected transactions per number, 64 workers, ten orders a batch', tens.rejected / tens.numbers),
    figure('rejected transactions per number, two workers as deployed', deployed.rejected / deployed.numbers),
    figure('numbers not given in the first delivery, 64 workers, of 100', full.missed),
  ];
};

interface Outcome {
  numbers: number;
  rejected: number;
  /** per 100 orders */
  missed: number;
}

const run = async (workers: number, batchSize: number): Promise<Outcome> => {
  const time = startVirtualTime();
  try {
    const { doc, aws, rejected } = heldTables(time);
    const prepare = async () => {
      await putContract(doc, tables.contracts, aContract());
      const request = { kind: 'run', first: '6100000000000', last: '6100000499999' } as const;
      await importBlock(doc, tables, { contractId: 'sodam', request, by: 'bench', now: T0 });
    };
    await time.run(prepare());
    let next = 0;
    let missed = 0;
    const worker = async () => {
      const ports = allocationPorts({ doc, tables });
      for (let batch = next++; batch < BATCHES; batch = next++) {
        const records = Array.from({ length: batchSize }, (_, i) =>
          orderRecord(anOrder({ shipmentId: `S-${batch}-${i}` })),
        );
        missed += (await takeBatch(ports, records)).batchItemFailures.length;
        progress(`P4, ${workers} workers: batch ${batch + 1} of ${BATCHES}`);
      }
    };
    await time.run(Promise.all(Array.from({ length: workers }, worker)));
    const numbers = aws.dynamo.items('shipments').length;
    return { numbers, rejected: rejected(), missed: (100 * missed) / (BATCHES * batchSize) };
  } finally {
    time.stop();
  }
};

/** The tables in memory; a transaction reaches them after its hold, unless it met another one's. */
const heldTables = (time: VirtualTime) => {
  const held = new Set<string>();
  let conflicts: number[] = [];
  let rejections = 0;
  const aws = createFakeAws({
    clock: () => T0 + time.now(),
    serial: () => '',
    tables: tableSchemas,
    choices: { conflicts: () => conflicts },
  });
  const requestHandler = createRequestHandler(async ({ service, operation, input }) => {
    if (operation !== 'TransactWriteItems') {
      await time.sleep(READ_MS);
      return aws.call(service, operation, input);
    }
    const keys = keysOf(input as Transaction);
    const taken = keys.flatMap((key, i) => (held.has(key) ? [i] : []));
    for (const key of taken.length === 0 ? keys : []) held.add(key);
    await time.sleep(taken.length === 0 ? HOLD_MS : READ_MS);
    try {
      conflicts = taken;
      return aws.call(service, operation, input);
    } catch (error) {
      rejections += 1;
      throw error;
    } finally {
      conflicts = [];
      for (const key of taken.length === 0 ? keys : []) held.delete(key);
    }
  });
  const client = new DynamoDBClient({
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    maxAttempts: 1,
    requestHandler,
  });
  const doc = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { doc, aws, rejected: () => rejections };
};

interface Transaction {
  TransactItems: { Put: { TableName: keyof typeof tableSchemas; Item: Record<string, unknown> } }[];
}

const keysOf = ({ TransactItems }: Transaction): string[] =>
  TransactItems.map(({ Put: { TableName, Item } }) => {
    const names = tableSchemas[TableName].KeySchema?.map(({ AttributeName }) => AttributeName!) ?? [];
    return JSON.stringify([TableName, ...names.map((name) => Item[name])]);
  });
