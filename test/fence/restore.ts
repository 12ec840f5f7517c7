/** Snapshots of tables, and putting them back as a restore does. */
import { isDeepStrictEqual } from 'node:util';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
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
