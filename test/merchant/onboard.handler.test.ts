import type { Context, SQSBatchResponse } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApplications } from '../../functions/merchant/application.store.ts';
import { startEpostSimulator } from '../../local/epost-simulator/simulator.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type StandIn, startStandIn } from '../tracking/aws-stand-in.ts';
import { opened } from './desk.ts';

const KEYS = { key: 'simulated-auth-key', securityKey: '1234567890abcdefghijkl', traceKey: 'trace' };
let engine: TestTables;
let standIn: StandIn;
let office: Awaited<ReturnType<typeof startEpostSimulator>>;
let handler: (event: object, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  [engine, standIn, office] = await Promise.all([
    startTables(),
    startStandIn({ ...KEYS, dataGoKrKey: '' }, () => ''),
    startEpostSimulator({ ...KEYS, now: () => Date.now() }),
  ]);
  const environment = {
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: standIn.url,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    POWERTOOLS_SERVICE_NAME: 'onboard',
    POWERTOOLS_METRICS_NAMESPACE: 'EpostParcel',
    APPLICATIONS_TABLE: engine.tables.applications,
    AUDIT_TABLE: engine.tables.audit,
    MESSAGES_TABLE: engine.tables.messages,
    CONTRACTS_TABLE: engine.tables.contracts,
    OPERATIONS_TABLE: engine.tables.operations,
    POOLS_TABLE: engine.tables.pools,
    BUS_NAME: 'parcels',
    ONBOARDING_QUEUE_URL: `${standIn.url}/000000000000/onboarding`,
    EPOST_SECRET_ID: 'epost/test',
    EPOST_SHIP_URL: office.url,
    CARRIER_TIMEOUT_MS: '2000',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation(() => true);
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(() => undefined);
  ({ handler } = (await import('../../functions/merchant/onboard.handler.ts')) as never);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([engine.stop(), standIn.stop(), office.stop()]);
});

const call = (event: object) =>
  handler(event, {
    getRemainingTimeInMillis: () => 60_000,
    functionName: 'onboard',
    awsRequestId: 'r',
  } as never);

describe('the onboarding function', () => {
  it('checks what the queue names; only what it cannot read comes back', async () => {
    const applications = createApplications(engine.doc, engine.tables);
    const move = opened();
    await applications.submit(move);
    const { applicationId } = move.application;
    const bodies = ['not json', JSON.stringify({ v: 1, kind: 'check', applicationId }), '{"v":2}'];
    const Records = bodies.map((body, i) => ({ messageId: `m-${i}`, body }));
    expect(await call({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-0' }, { itemIdentifier: 'm-2' }],
    });
    const checked = await applications.read(applicationId);
    expect(checked?.status).toBe('reviewing');
    expect(checked?.checks).toHaveLength(6);
  });

  it.each(['due', 'expiry', 'heartbeat'])("takes the clock's own call for %s", async (kind) => {
    expect(await call({ v: 1, kind })).toEqual({ batchItemFailures: [] });
  });

  it('fails whole when the clock calls for something else, so that the alarm rings', async () => {
    await expect(call({ v: 1, kind: 'tea' })).rejects.toThrow(/invalid/i);
  });
});
