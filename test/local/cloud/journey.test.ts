import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from '../../../local/cloud/stack.ts';
import type { LocalStack } from '../../../local/cloud/stack-options.ts';
import { synthesizeFixture } from './fixture/app.ts';
import { outsideOf, temporaryFolder } from './fixture/world.ts';
import type { Outside } from './fixture/world.ts';

const folder = temporaryFolder();
let stack: LocalStack;
let outside: Outside;

beforeAll(async () => {
  const assembly = synthesizeFixture(folder.path);
  stack = await startStack({ assembly });
  outside = outsideOf(stack);
});
afterAll(async () => {
  outside?.stop();
  await stack?.stop();
  folder.remove();
});

describe('an event from outside', () => {
  it('goes through rule, queue and function into the table', async () => {
    const answer = await outside.put('OrderShipped', { id: 'a', amount: 1, channel: 'web' });
    expect(answer.FailedEntryCount).toBe(0);
    await stack.drain();
    expect(await outside.item('a')).toMatchObject({ status: 'DONE' });
  });

  it('goes nowhere when no rule matches it', async () => {
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

  it('is shaped by the input transformer of its target', async () => {
    await outside.put('Audit', { id: 'q1' });
    const message = await outside.receive(stack.outputs.FailedUrl ?? '');
    expect(JSON.parse(message?.body ?? '')).toEqual({ kind: 'audit', id: 'q1' });
  });
});
