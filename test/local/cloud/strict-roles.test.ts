import { describe, expect, it } from 'vitest';
import { isAllowed } from '../../../local/cloud/edge/iam-policy.ts';
import { needsOf } from '../../../local/cloud/edge/iam-actions.ts';
import { runFixture } from './fixture/running.ts';

const running = runFixture({ iam: true });

describe('the strict mode', () => {
  it('lets functions do what their roles allow', async () => {
    const { stack, outside } = running;
    await outside.put('OrderShipped', { id: 'a', amount: 1, channel: 'web' });
    await stack.drain();
    expect(await outside.item('a')).toMatchObject({ status: 'DONE' });
    expect(await stack.invoke('Behave', { mode: 'secret' })).toMatchObject({ outcome: 'done' });
    expect(await stack.invoke('Behave', { mode: 'delayed', id: 'z' })).toMatchObject({ outcome: 'done' });
    expect(await stack.invoke('Behave', { mode: 'seal' })).toMatchObject({ outcome: 'done' });
    expect(stack.deniedCalls).toEqual([]);
  });

  it('denies and records the rest', async () => {
    const { stack } = running;
    const result = await stack.invoke('Behave', { mode: 'forbidden' });
    expect(result).toMatchObject({ outcome: 'failed', error: 'AccessDeniedException' });
    const sms = await stack.invoke('Behave', { mode: 'sms' });
    expect(sms.outcome).toBe('failed');
    expect(await stack.invoke('Behave', { mode: 'open' })).toMatchObject({
      outcome: 'failed',
      error: 'AccessDeniedException',
    });
    const arn = `arn:aws:dynamodb:ap-northeast-2:000000000000:table/${stack.outputs.TableName}`;
    expect(stack.deniedCalls).toMatchObject([
      { function: expect.stringContaining('Behave') as string, action: 'dynamodb:GetItem', resource: arn },
      { action: 'sns:Publish' },
      { action: 'kms:Decrypt', resource: stack.outputs.KeyArn },
    ]);
  });
});

describe('a policy', () => {
  const allow = { Effect: 'Allow', Action: 'dynamodb:*Item', Resource: 'arn:t/*' } as const;

  it('allows what a statement matches and nothing else', () => {
    expect(isAllowed([allow], 'dynamodb:PutItem', 'arn:t/a')).toBe(true);
    expect(isAllowed([allow], 'dynamodb:Scan', 'arn:t/a')).toBe(false);
    expect(isAllowed([allow], 'dynamodb:PutItem', 'arn:other')).toBe(false);
    expect(isAllowed([], 'dynamodb:PutItem', 'arn:t/a')).toBe(false);
  });

  it('denies where any statement denies', () => {
    const deny = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' } as const;
    expect(isAllowed([allow, deny], 'dynamodb:DeleteItem', 'arn:t/a')).toBe(false);
  });

  it('needs each item action of a transaction', () => {
    const body = { TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }] };
    expect(needsOf('DynamoDB_20120810.TransactWriteItems', body)).toEqual([
      { action: 'dynamodb:PutItem', resource: expect.stringMatching(/table\/a$/) as string },
      { action: 'dynamodb:ConditionCheckItem', resource: expect.stringMatching(/table\/b$/) as string },
    ]);
  });
});
