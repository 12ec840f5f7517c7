import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { createWorld, type World } from './world.ts';

const CANARY = '01000009182';

let engine: TestTables;
let w: World;
let handler: (event: unknown, context: Context) => Promise<void>;
const asked: URLSearchParams[] = [];
const printed: string[] = [];
/** SNS as far as this function goes. */
const sns = createServer((request, response) => {
  let body = '';
  request
    .on('data', (part) => (body += part))
    .on('end', () => {
      asked.push(new URLSearchParams(body));
      response.end(
        '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>',
      );
    });
});

beforeAll(async () => {
  engine = await startTables();
  w = createWorld(engine);
  await new Promise<void>((resolve) => sns.listen(0, '127.0.0.1', resolve));
  const environment = {
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${(sns.address() as AddressInfo).port}`,
    POWERTOOLS_SERVICE_NAME: 'send-sms',
    POWERTOOLS_METRICS_NAMESPACE: 'EpostParcel',
    MESSAGES_TABLE: engine.tables.messages,
    SMS_REGION: 'ap-northeast-1',
    SMS_SENDER_ID: '',
    SMS_QUIET_HOURS: 'off',
    SMS_PRICE_MICRO_USD: '30000',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.join(' ')));
  ({ handler } = (await import('../../functions/notification/send-sms.handler.ts')) as never);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  sns.closeAllConnections();
  sns.close();
  await engine.stop();
});

const invoke = (leftMs: number) =>
  handler({}, { awsRequestId: 'r-1', getRemainingTimeInMillis: () => leftMs } as unknown as Context);

describe('the function that sends', () => {
  it('takes nothing when too little time is left to end it well', async () => {
    const id = await w.owe({ to: CANARY, sendAt: Date.now() - 1_000 });
    await invoke(20_000);
    expect(asked).toEqual([]);
    expect((await w.stored(id)).state).toBe('pending');
    await w.clear();
  });

  it('sends what is due and tells figures only: no number and no text is printed', async () => {
    const id = await w.owe({ to: CANARY, sendAt: Date.now() - 1_000 });
    await invoke(55_000);
    expect(asked.map((form) => form.get('PhoneNumber'))).toEqual(['+821000009182']);
    expect(await w.stored(id)).toMatchObject({ state: 'sent', providerId: 'm-1' });
    const all = printed.join('\n');
    expect(all).toContain('"SmsSent":1');
    expect(all).toContain('"SmsSpendMicroUsd":30000');
    expect(all).not.toContain('9182');
    expect(all).not.toContain('퍼스트몰');
  });
});
