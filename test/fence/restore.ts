/** Snapshots of tables, and putting them back as a restore does. */
import { isDeepStrictEqual } from 'node:util';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { readBlock, readHead } from '../../functions/waybill/pool.store.ts';
import { numberAt } from '../../functions/waybill/pool.ts';
import type { TestTables } from '../support/dynamo.ts';

type Name = 'pools' | 'ledger' | 'shipments';
type Item = Record<string, unknown>;
export type Snapshot = Record<Name, Item[]>;

const itemsOf = async (db: TestTables, name: Name): Promise<Item[]> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await db.doc.send(
      new ScanCommand({
        TableName: db.tables[name],
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};

export const snapshot = async (db: TestTables): Promise<Snapshot> => ({
  pools: await itemsOf(db, 'pools'),
  ledger: await itemsOf(db, 'ledger'),
  shipments: await itemsOf(db, 'shipments'),
});

/** The table as it was: later items are gone, changed ones are as before. */
export const restore = async (db: TestTables, before: Snapshot, ...names: Name[]): Promise<void> => {
  for (const name of names) {
    const { Table } = await db.client.send(new DescribeTableCommand({ TableName: db.tables[name] }));
    const keys = Table?.KeySchema?.map(({ AttributeName }) => AttributeName ?? '') ?? [];
    const keyOf = (item: Item) => Object.fromEntries(keys.map((key) => [key, item[key]]));
    const wanted = new Map(before[name].map((item) => [JSON.stringify(keyOf(item)), item]));
    for (const item of await itemsOf(db, name)) {
      const key = JSON.stringify(keyOf(item));
      const old = wanted.get(key);
      wanted.delete(key);
      if (old === undefined)
        await db.doc.send(new DeleteCommand({ TableName: db.tables[name], Key: keyOf(item) }));
      else if (!isDeepStrictEqual(old, item))
        await db.doc.send(new PutCommand({ TableName: db.tables[name], Item: old }));
    }
    for (const item of wanted.values())
      await db.doc.send(new PutCommand({ TableName: db.tables[name], Item: item }));
  }
};

/** Every void number of a contract. */
export const voidOf = async (db: TestTables, contractId: string) => {
  const numbers: string[] = [];
  for (let no = 1; no <= (await readHead(db.doc, db.tables.pools, contractId)).lastBlock; no++) {
    const block = await readBlock(db.doc, db.tables.pools, contractId, no);
    for (const { from, count } of block.voided ?? [])
      for (let i = 0; i < count; i++) numbers.push(numberAt(block, from + i));
  }
  return numbers;
};
/** Numbers between the first and the last of these that are not among them. */
export const gapsIn = (numbers: readonly string[]) => {
  const known = new Set(numbers);
  const [first, last] = [Math.min(...numbers.map(Number)), Math.max(...numbers.map(Number))];
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i)).filter(
    (one) => !known.has(one),
  );
};

/** A client whose n-th call does not come back: not sent, or sent and its answer lost. */
export const dyingAt = (db: TestTables, at: number, after: boolean) => {
  let calls = 0;
  const send = async (command: never) => {
    calls += 1;
    if (calls === at && !after) throw new Error('died');
    const answer = await db.doc.send(command);
    if (calls === at) throw new Error('died');
    return answer;
  };
  return { doc: { send } as unknown as DynamoDBDocumentClient, calls: () => calls };
};
