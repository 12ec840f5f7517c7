/** The deployed functions on this machine: each run is a fresh sandbox with the variables of the template. */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import { entries, type FunctionName } from '../../lib/parts/bundles.ts';
import { startEpostSimulator } from '../../local/epost-simulator/simulator.ts';
import { resources } from '../lib/template.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { startStandIn } from '../tracking/aws-stand-in.ts';
import type { Point } from './alarm-state.ts';
import { pointsIn } from './emf.ts';

export interface Run {
  /** every line printed */
  lines: string[];
  points: Point[];
  answer?: unknown;
  /** what the invocation failed with */
  error?: unknown;
}
export interface How {
  env?: Record<string, string>;
  /** Lambda's time limit as the function sees it, ms */
  left?: number;
}
export type Deployed = Awaited<ReturnType<typeof openDeployed>>;

const KEYS = { key: 'simulated-auth-key', securityKey: '1234567890abcdefghijkl', traceKey: 'trace' };
const TABLE_OF: Record<string, keyof TestTables['tables']> = {
  CONTRACTS_TABLE: 'contracts',
  APPLICATIONS_TABLE: 'applications',
  POOLS_TABLE: 'pools',
  LEDGER_TABLE: 'ledger',
  SHIPMENTS_TABLE: 'shipments',
  OPERATIONS_TABLE: 'operations',
  AUDIT_TABLE: 'audit',
  MESSAGES_TABLE: 'messages',
  SESSIONS_TABLE: 'sessions',
};

export const openDeployed = async () => {
  const carrier = { trace: (_number: string): string => '' };
  const [engine, aws, office] = await Promise.all([
    startTables(),
    startStandIn({ ...KEYS, dataGoKrKey: '' }, (number) => carrier.trace(number)),
    startEpostSimulator({ ...KEYS, now: () => Date.now() }),
  ]);

  /** A variable as a deploy would fill it in, pointed at what stands in for AWS and ePost here. */
  const filled = (name: string, value: unknown): string => {
    const table = TABLE_OF[name];
    if (table !== undefined) return engine.tables[table];
    if (name === 'EPOST_SHIP_URL') return office.url;
    if (name === 'BIZ_TRACE_URL' || name === 'DATA_GO_KR_URL') return aws.url;
    if (typeof value === 'string') return value;
    if (name.endsWith('_QUEUE_URL')) return `${aws.url}/000000000000/${name}`;
    if (name === 'KEY_ID')
      return 'arn:aws:kms:ap-northeast-2:111122223333:key/11111111-2222-3333-4444-555555555555';
    return name.toLowerCase();
  };
  const environmentOf = (service: FunctionName): Record<string, string> => {
    const [, fn] = resources('AWS::Lambda::Function').find(
      ([, { Properties: p }]) => p['Environment'].Variables.POWERTOOLS_SERVICE_NAME === service,
    )!;
    const variables = Object.entries(fn.Properties['Environment'].Variables);
    return {
      AWS_REGION: 'ap-northeast-2',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
      ...Object.fromEntries(variables.map(([name, value]) => [name, filled(name, value)])),
    };
  };

  /** One invocation; it fails as it would in Lambda, into `error`. */
  const run = async (service: FunctionName, event: unknown = {}, how: How = {}): Promise<Run> => {
    for (const [name, value] of Object.entries({ ...environmentOf(service), ...how.env }))
      vi.stubEnv(name, value);
    const lines: string[] = [];
    const print = (text: unknown) => void lines.push(...String(text).split('\n').filter(Boolean));
    const spies = [
      ...[process.stdout, process.stderr].map((stream) =>
        vi.spyOn(stream, 'write').mockImplementation((text) => (print(text), true)),
      ),
      ...(['log', 'info', 'warn', 'error'] as const).map((method) =>
        vi.spyOn(console, method).mockImplementation((...words) => print(words.join(' '))),
      ),
    ];
    const context = {
      functionName: service,
      awsRequestId: 'request-1',
      getRemainingTimeInMillis: () => how.left ?? 300_000,
    } as unknown as Context;
    vi.resetModules();
    try {
      const door = new URL(`../../${entries[service]}`, import.meta.url).pathname;
      const { handler } = (await import(door)) as { handler: (e: unknown, c: Context) => Promise<unknown> };
      const answer = await handler(event, context);
      return { lines, points: pointsIn(lines), answer };
    } catch (error) {
      return { lines, points: pointsIn(lines), error };
    } finally {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllEnvs();
    }
  };

  return {
    ...engine,
    aws,
    office,
    carrier,
    keys: KEYS,
    run,
    /** Forgets everything, so that one fault is not seen in the next. */
    clear: async () => {
      office.control.clearFaults();
      aws.messages.length = 0;
      aws.sms.doing = 'takes';
      carrier.trace = () => '';
      for (const table of Object.values(engine.tables)) await empty(engine, table);
    },
    close: async () => {
      await Promise.all([engine.stop(), aws.stop(), office.stop()]);
    },
  };
};

const empty = async ({ doc, client }: TestTables, TableName: string): Promise<void> => {
  const { Items = [] } = await doc.send(new ScanCommand({ TableName }));
  if (Items.length === 0) return;
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const names = Table?.KeySchema?.map(({ AttributeName }) => AttributeName ?? '') ?? [];
  const deletes = Items.map((item) => ({
    DeleteRequest: { Key: Object.fromEntries(names.map((name) => [name, item[name]])) },
  }));
  for (let i = 0; i < deletes.length; i += 25)
    await doc.send(new BatchWriteCommand({ RequestItems: { [TableName]: deletes.slice(i, i + 25) } }));
};
