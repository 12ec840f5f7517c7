/** A real local DynamoDB engine with the product's tables, one process per test file. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/cloud/engines/dynamodb-engine.ts';
import { tableSchemas } from './table-schemas.ts';

export interface TestTables {
  doc: DynamoDBDocumentClient;
  client: DynamoDBClient;
  tables: Record<keyof typeof tableSchemas, string>;
  endpoint: string;
  stop: () => Promise<void>;
}

/** Set to an engine that runs already, every test file gets its own tables in that one. */
export const ENDPOINT_VARIABLE = 'DYNAMODB_ENDPOINT';

/** Starts the engine and creates the tables; call `stop` in afterAll. */
export const startTables = async (): Promise<TestTables> => {
  const running = process.env[ENDPOINT_VARIABLE];
  const engine = running === undefined ? await startDynamoDb({}) : runningAt(running);
  const { client, endpoint } = engine;
  const prefix = running === undefined ? 'test' : `test-${process.pid}-${Date.now()}`;
  const tables = {} as Record<keyof typeof tableSchemas, string>;
  for (const [name, schema] of Object.entries(tableSchemas)) {
    const TableName = `${prefix}-${name}`;
    await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...schema }));
    tables[name as keyof typeof tableSchemas] = TableName;
  }
  const doc = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { doc, client, tables, endpoint, stop: async () => engine.stop() };
};

const runningAt = (endpoint: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: 'ap-northeast-2', credentials });
  return { client, endpoint, stop: () => client.destroy() };
};
