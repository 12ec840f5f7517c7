/**
 * The fake against a real local engine: the same random operations, the same answers, the same tables in the end.
 * EQUIVALENCE_SEED repeats a run, EQUIVALENCE_RUNS (of fifty operations each) makes it longer.
 */
import {
  type AttributeValue,
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTables, type TestTables } from '../../../support/dynamo.ts';
import { tableSchemas } from '../../../support/table-schemas.ts';
import { createFakeAws } from '../fake-aws.ts';
import { createRequestHandler } from '../request-handler.ts';
import { type Answer, answerText, itemText } from './alike.ts';
import { explanationOf } from './explained.ts';
import { operation, type Operation } from './operations.ts';
import { type Item, SUBJECTS } from './values.ts';

const COMMANDS = {
  GetItem: GetItemCommand,
  BatchGetItem: BatchGetItemCommand,
  Query: QueryCommand,
  PutItem: PutItemCommand,
  UpdateItem: UpdateItemCommand,
  DeleteItem: DeleteItemCommand,
  TransactWriteItems: TransactWriteItemsCommand,
};
const OPERATIONS_A_RUN = 50;
const seed = Number(process.env['EQUIVALENCE_SEED'] ?? 20_261_124);
const numRuns = Number(process.env['EQUIVALENCE_RUNS'] ?? 20);

const tableName = (name: string) => engine.tables[name as keyof typeof tableSchemas];
let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const startFake = () => {
  const tables = Object.entries(tableSchemas).map(([name, shape]) => [tableName(name), shape] as const);
  const aws = createFakeAws({ clock: () => 0, serial: () => '', tables: Object.fromEntries(tables) });
  const client = new DynamoDBClient({
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: createRequestHandler(async ({ service, operation: name, input }) =>
      aws.call(service, name, input),
    ),
  });
  /** Through a read, so that bytes have the client's form. */
  const items = (table: string) =>
    Promise.all(
      aws.dynamo.items(tableName(table)).map(async (item) => {
        const { keyNames } = subjectOf(table);
        const Key = Object.fromEntries(keyNames.map((name) => [name, item[name] as AttributeValue]));
        const read = await client.send(new GetItemCommand({ TableName: tableName(table), Key }));
        return read.Item!;
      }),
    );
  const empty = () => SUBJECTS.forEach(({ table }) => aws.dynamo.restore(tableName(table), []));
  return { client, items, empty };
};

const subjectOf = (table: string) => SUBJECTS.find((one) => one.table === table)!;

/** What a client got: the output, or the error's name and what it tells about items. */
const answer = async (client: DynamoDBClient, { name, input }: Operation): Promise<Answer> => {
  try {
    const Command = COMMANDS[name] as unknown as typeof GetItemCommand;
    const { $metadata: _metadata, ...output } = await client.send(new Command(input as never));
    return output as Answer;
  } catch (error) {
    const { name: kind, message, Item: item, CancellationReasons } = error as Error & Record<string, unknown>;
    return { error: kind, message, Item: item, CancellationReasons } as Answer;
  }
};

const contents = async (client: DynamoDBClient): Promise<Record<string, Item[]>> => {
  const found = SUBJECTS.map(async ({ table }) => {
    const { Items } = await client.send(new ScanCommand({ TableName: tableName(table) }));
    return [table, Items ?? []] as const;
  });
  return Object.fromEntries(await Promise.all(found));
};

const empty = async (client: DynamoDBClient): Promise<void> => {
  for (const [table, items] of Object.entries(await contents(client)))
    for (const item of items) {
      const { keyNames } = subjectOf(table);
      const Key = Object.fromEntries(keyNames.map((name) => [name, item[name]!]));
      await client.send(new DeleteItemCommand({ TableName: tableName(table), Key }));
    }
};

describe('the fake and a real local engine', () => {
  it(
    `answer ${numRuns * OPERATIONS_A_RUN} random operations alike (seed ${seed})`,
    { timeout: 600_000 },
    async () => {
      const outcomes = new Map<string, number>();
      const explained = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(operation(tableName), {
            minLength: OPERATIONS_A_RUN,
            maxLength: OPERATIONS_A_RUN,
            size: 'max',
          }),
          async (operations) => {
            await empty(engine.client);
            const fake = startFake();
            for (const one of operations) {
              const [real, ours] = [await answer(engine.client, one), await answer(fake.client, one)];
              const outcome = `${one.name} ${ours.error ?? 'done'}`;
              outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
              if (answerText(ours) === answerText(real)) continue;
              const explanation = explanationOf(one, real, ours);
              if (explanation === undefined) expect({ one, ours }).toEqual({ one, ours: real });
              explained.set(explanation!, (explained.get(explanation!) ?? 0) + 1);
              if (real.error === undefined && ours.error !== undefined) {
                await empty(engine.client);
                fake.empty();
              }
            }
            for (const [table, items] of Object.entries(await contents(engine.client))) {
              const ours = await fake.items(table);
              expect(ours.map(itemText).toSorted()).toEqual(items.map(itemText).toSorted());
            }
          },
        ),
        { seed, numRuns, endOnFailure: true },
      );
      console.log(Object.fromEntries([...outcomes].toSorted()), Object.fromEntries(explained));
    },
  );
});
