import { describe, expect, it } from 'vitest';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { BusEvent } from '../../../local/cloud/events/event-shape.ts';
import { runFixture, START } from './fixture/running.ts';

const seen: BusEvent[] = [];
const running = runFixture({
  onEvent: (event) => seen.push(event),
  env: { CARRIER_URL: 'http://127.0.0.1:1', UNDECLARED: 'x' },
});

describe('an event from outside', () => {
  it('goes through rule, queue and function into the table', async () => {
    const answer = await running.outside.put('OrderShipped', { id: 'a', amount: 1, channel: 'web' });
    expect(answer.FailedEntryCount).toBe(0);
    await running.stack.drain();
    expect(await running.outside.item('a')).toMatchObject({ status: 'DONE' });
    expect(seen.at(-1)).toMatchObject({ 'detail-type': 'OrderShipped', detail: { id: 'a' } });
  });

  it('goes nowhere when no rule matches it', async () => {
    const { outside, stack } = running;
    await outside.put(
      'OrderShipped',
      { id: 'b', amount: 0, channel: 'web' },
      { id: 'c', amount: 1, channel: 'spam' },
    );
    await outside.put('OrderShipped', { id: 'd', amount: 1, channel: 'spam', vip: true });
    await stack.drain();
    expect(await outside.item('b')).toBeUndefined();
    expect(await outside.item('c')).toBeUndefined();
    expect(await outside.item('d')).toBeDefined();
  });

  it('is in the target queue when it is answered', async () => {
    await running.outside.put('Audit', { id: 'q1' });
    expect(await running.stack.queueDepth(running.stack.outputs.FailedUrl ?? '')).toMatchObject({
      visible: 1,
    });
    const message = await running.outside.receive(running.stack.outputs.FailedUrl ?? '');
    expect(JSON.parse(message?.body ?? '')).toEqual({ kind: 'audit', id: 'q1' });
  });

  it('for a bus that does not exist is refused, naming the buses there are', async () => {
    const client = new EventBridgeClient({
      endpoint: running.stack.endpoints.eventbridge,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
    const entry = { EventBusName: 'elsewhere', Source: 'shop', DetailType: 'OrderShipped', Detail: '{}' };
    const ours = {
      ...entry,
      EventBusName: `arn:aws:events:us-east-1:1:event-bus/${running.stack.outputs.BusName}`,
    };
    const broken = { ...ours, Detail: 'no json' };
    const answer = await client.send(new PutEventsCommand({ Entries: [entry, ours, broken] }));
    client.destroy();
    expect(answer.FailedEntryCount).toBe(2);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'ResourceNotFoundException',
      undefined,
      'MalformedDetail',
    ]);
    expect(answer.Entries?.[0]?.ErrorMessage).toContain(running.stack.outputs.BusName);
  });
});

describe('a function', () => {
  it('lives in the virtual time and has its whole timeout before it', async () => {
    running.clock.advanceTo(START + 86_400_000);
    const { payload } = (await running.stack.invoke('Behave', {})) as { payload: Record<string, unknown> };
    expect(payload.now).toBeGreaterThanOrEqual(START + 86_400_000);
    expect(payload.now).toBeLessThan(START + 86_400_000 + 60_000);
    expect(payload.date).toMatch(/^2026-11-24T00:0/);
    expect(payload.remaining).toBeGreaterThan(1_500);
    expect(payload.remaining).toBeLessThanOrEqual(2_000);
    expect(payload.clock).toBeNull();
  });

  it('sees the given values of the variables it declares', async () => {
    const { payload } = (await running.stack.invoke('Behave', {})) as { payload: Record<string, unknown> };
    expect(payload.carrier).toBe('http://127.0.0.1:1');
  });

  it.each([
    ['throws', 'Behave', 'throw', 'TypeError', /boom/],
    ['runs out of time', 'Behave', 'hang', 'Sandbox.Timedout', /Task timed out after 2\.00 seconds/],
    ['ends its process', 'Behave', 'exit', 'Runtime.ExitError', /exit status 3/],
    ['takes more memory than it is given', 'Roomy', 'hoard', 'Runtime.ExitError', /signal: abrt|exit status/],
  ])('that %s fails as in Lambda, and the next invocation works', async (_, name, mode, error, message) => {
    const result = await running.stack.invoke(name, { mode });
    expect(result).toMatchObject({ outcome: 'failed', error });
    expect(JSON.stringify(result)).toMatch(message);
    expect(await running.stack.invoke(name, {})).toMatchObject({ outcome: 'done' });
  });

  it('whose handler is not there fails at its start', async () => {
    const result = await running.stack.invoke('Broken', {});
    expect(result).toMatchObject({ outcome: 'failed', error: 'Runtime.HandlerNotFound' });
  });

  it('that reserves one slot is throttled while it runs', async () => {
    const [first, second] = await Promise.all([
      running.stack.invoke('Single', {}),
      running.stack.invoke('Single', {}),
    ]);
    expect([first.outcome, second.outcome].toSorted()).toEqual(['done', 'throttled']);
  });

  it('reads secrets and sends text messages through the stack', async () => {
    expect(await running.stack.invoke('Behave', { mode: 'secret' })).toMatchObject({
      payload: 'from the template',
    });
    await running.stack.invoke('Behave', { mode: 'sms' });
    expect(running.stack.sms).toMatchObject([{ to: '+821000000000', text: '알림' }]);
  });

  it('puts events on the bus', async () => {
    await running.stack.invoke('Behave', { mode: 'tell', id: 'x1' });
    expect(seen.at(-1)).toMatchObject({ source: 'fixture', 'detail-type': 'Told', detail: { id: 'x1' } });
  });
});

describe('a function URL', () => {
  it('answers with status, headers and cookies of the function', async () => {
    const url = `${running.stack.outputs.PageUrl}parcels/1?x=1&x=2`;
    const response = await fetch(url, { method: 'POST', body: 'hello' });
    expect(response.status).toBe(201);
    expect(response.headers.get('set-cookie')).toBe('a=b');
    expect(await response.json()).toEqual({
      path: '/parcels/1',
      query: { x: '1,2' },
      body: 'hello',
      method: 'POST',
      protocol: 'http',
    });
  });

  it('with AWS_IAM lets nobody in without a signature', async () => {
    const url = running.stack.outputs.GuardedUrl ?? '';
    const forged =
      'AWS4-HMAC-SHA256 Credential=local/20261123/ap-northeast-2/lambda/aws4_request, SignedHeaders=host, ' +
      `Signature=${'0'.repeat(64)}`;
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { headers: { authorization: forged } })).status).toBe(403);
  });
});
