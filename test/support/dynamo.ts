/** A real local DynamoDB engine with the product's tables, one process per test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableSchemas } from './table-schemas.ts';

export interface TestTables {
  doc: DynamoDBDocumentClient;
  client: DynamoDBClient;
  tables: Record<keyof typeof tableSchemas, string>;
  endpoint: string;
  stop: () => Promise<void>;
}

/** Starts the engine and creates the tables; call `stop` in afterAll. */
export const startTables = async (): Promise<TestTables> => {
  const port = await freePort();
  const engine = spawn(engineBinary(), ['serve', '--port', String(port)], { stdio: 'ignore' });
  const stopOnExit = () => engine.kill('SIGKILL');
  process.once('exit', stopOnExit);
  const endpoint = `http://127.0.0.1:${port}`;
  await listening(port, engine);
  const client = new DynamoDBClient({
    endpoint,
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tables = {} as Record<keyof typeof tableSchemas, string>;
  for (const [name, schema] of Object.entries(tableSchemas)) {
    const TableName = `test-${name}`;
    await client.send(new CreateTableCommand({ TableName, BillingMode: 'PAY_PER_REQUEST', ...schema }));
    tables[name as keyof typeof tableSchemas] = TableName;
  }
  const doc = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const stop = async () => {
    process.removeListener('exit', stopOnExit);
    client.destroy();
    const gone = new Promise((resolve) => engine.once('exit', resolve));
    engine.kill('SIGKILL');
    await gone;
  };
  return { doc, client, tables, endpoint, stop };
};

const engineBinary = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  const folder = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  return path.join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });

const listening = async (port: number, engine: ChildProcess): Promise<void> => {
  for (;;) {
    if (engine.exitCode !== null) throw new Error(`The DynamoDB engine ended with ${engine.exitCode}`);
    const up = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
