import { AwsError, NotModelled, onlyMembers } from '../aws-error.ts';
import type { AwsChoices } from '../choices.ts';
import { query, type QueryInput } from './query.ts';
import { batchGet, type BatchGetInput, type KeysInput, readKeys, type Unseen } from './read.ts';
import { createTable, type Table, type TableShape } from './table.ts';
import { outcomeOf, planTransaction, type TransactionInput } from './transaction.ts';
import type { Item } from './value.ts';
import { conditionFailed, planWrite, type Write, type WriteInput } from './write.ts';

/** DynamoDB as tests look at it. */
export interface FakeDynamo {
  call(operation: string, input: object): object;
  /** All items of a table in the order of their keys, in wire form. Not to be changed. */
  items(table: string): Item[];
  /** Replaces what a table holds, as a restore from a backup does. */
  restore(table: string, items: readonly Item[]): void;
}

type Operation = (input: never) => object;
interface Put extends WriteInput {
  ReturnValues?: 'NONE' | 'ALL_OLD' | 'ALL_NEW';
}

/** A client token that comes again within this time is the same request. */
const TOKEN_LIVES_MS = 10 * 60_000;

const words = (text: string): string[] => text.split(' ');
const EXPRESSIONS = words('ExpressionAttributeNames ExpressionAttributeValues');
const CONDITION = [...EXPRESSIONS, ...words('ConditionExpression ReturnValuesOnConditionCheckFailure')];
const KEYS = words('ConsistentRead ProjectionExpression ExpressionAttributeNames');
const ACTIONS: Record<string, string[]> = {
  Put: [...words('TableName Item'), ...CONDITION],
  Update: [...words('TableName Key UpdateExpression'), ...CONDITION],
  Delete: [...words('TableName Key'), ...CONDITION],
  ConditionCheck: [...words('TableName Key'), ...CONDITION],
};
const MEMBERS: Record<string, string[]> = {
  GetItem: [...words('TableName Key'), ...KEYS],
  BatchGetItem: ['RequestItems'],
  Query: [
    ...words('TableName IndexName KeyConditionExpression FilterExpression ProjectionExpression'),
    ...words('Limit ExclusiveStartKey ScanIndexForward Select ConsistentRead'),
    ...EXPRESSIONS,
  ],
  PutItem: ['ReturnValues', ...ACTIONS['Put']!],
  UpdateItem: ['ReturnValues', ...ACTIONS['Update']!],
  DeleteItem: ['ReturnValues', ...ACTIONS['Delete']!],
  TransactWriteItems: words('TransactItems ClientRequestToken'),
};

/** DynamoDB with these tables, each call applied whole. */
export const createDynamo = (
  shapes: Record<string, TableShape>,
  clock: () => number,
  choices: AwsChoices,
): FakeDynamo => {
  const tables = new Map(Object.entries(shapes).map(([name, shape]) => [name, createTable(name, shape)]));
  const tokens = new Map<string, { at: number; request: string }>();
  const tableOf = (name: string): Table => {
    const table = tables.get(name);
    if (table) return table;
    throw failure('ResourceNotFoundException', 'Requested resource not found');
  };
  const unseen: Unseen = (table, index) => {
    const ages = table.changes().map((at) => clock() - at);
    if (choices.unseen === undefined || ages.length === 0) return 0;
    return choices.unseen({ table: table.name, ...(index && { index: index.name }), ages });
  };
  const conflicts = (operation: string, writes: readonly Write[]): readonly number[] =>
    choices.conflicts?.({
      operation,
      items: writes.map(({ table, key }) => ({ table: table.name, key })),
    }) ?? [];
  const single = (operation: string, write: Write, returned: Put['ReturnValues']): object => {
    if (conflicts(operation, [write]).length > 0)
      throw failure('TransactionConflictException', 'Transaction is ongoing for the item');
    write.check();
    if (!write.holds) throw conditionFailed(write.failing);
    const after = write.after();
    write.table.set(write.key, after, clock());
    const shown = { ALL_OLD: write.before, ALL_NEW: after, NONE: undefined }[returned ?? 'NONE'];
    return shown ? { Attributes: shown } : {};
  };
  const isRepeated = ({ ClientRequestToken: token, TransactItems }: TransactionInput): boolean => {
    if (token === undefined) return false;
    const request = JSON.stringify(TransactItems);
    const known = tokens.get(token);
    if (known === undefined || known.at + TOKEN_LIVES_MS <= clock()) return false;
    if (known.request === request) return true;
    throw failure(
      'IdempotentParameterMismatchException',
      'Different parameters for one client request token',
    );
  };
  const OPERATIONS: Record<string, Operation> = {
    GetItem: (input: KeysInput & { TableName: string; Key: Item }) => {
      const [read] = readKeys(tableOf(input.TableName), [input.Key], input, unseen);
      return read?.item ? { Item: read.item } : {};
    },
    BatchGetItem: (input: BatchGetInput) => {
      for (const one of Object.values(input.RequestItems))
        onlyMembers('BatchGetItem', one, ['Keys', ...KEYS]);
      return batchGet(tableOf, input, unseen, (keys) => choices.unprocessed?.(keys) ?? 0);
    },
    Query: (input: QueryInput) => query(tableOf(input.TableName), input, unseen),
    PutItem: (input: Put) =>
      single('PutItem', planWrite('Put', tableOf(input.TableName), input), input.ReturnValues),
    UpdateItem: (input: Put) =>
      single('UpdateItem', planWrite('Update', tableOf(input.TableName), input), input.ReturnValues),
    DeleteItem: (input: Put) =>
      single('DeleteItem', planWrite('Delete', tableOf(input.TableName), input), input.ReturnValues),
    TransactWriteItems: (input: TransactionInput) => {
      for (const action of input.TransactItems)
        for (const [kind, write] of Object.entries(action)) onlyMembers(kind, write, ACTIONS[kind] ?? []);
      if (isRepeated(input)) return {};
      const writes = planTransaction(tableOf, input);
      const after = outcomeOf(writes, conflicts('TransactWriteItems', writes));
      for (const [i, { table, key }] of writes.entries()) table.set(key, after[i], clock());
      if (input.ClientRequestToken !== undefined)
        tokens.set(input.ClientRequestToken, { at: clock(), request: JSON.stringify(input.TransactItems) });
      return {};
    },
  };
  return {
    call: (operation, input) => {
      const work = OPERATIONS[operation];
      if (work === undefined) throw new NotModelled(`dynamodb ${operation}`);
      onlyMembers(operation, input, MEMBERS[operation] ?? []);
      const returned: unknown = Reflect.get(input, 'ReturnValues');
      if (!['NONE', 'ALL_OLD', 'ALL_NEW', undefined].includes(returned as string | undefined))
        throw new NotModelled(`${operation} with ReturnValues ${String(returned)}`);
      return work(input as never);
    },
    items: (table) => tableOf(table).items(),
    restore: (table, items) => tableOf(table).restore(items),
  };
};

const failure = (name: string, message: string): AwsError => new AwsError({ name, message, status: 400 });
