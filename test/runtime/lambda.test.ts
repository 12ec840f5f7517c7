import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { expect, it } from 'vitest';
import { lambda } from '../../functions/runtime/lambda.ts';

const context = (leftMs: number) =>
  ({ functionName: 'f', awsRequestId: 'r', getRemainingTimeInMillis: () => leftMs }) as unknown as Context;

it('an invocation out of time is not ended by us: Lambda kills it, and nothing of it goes on later', async () => {
  let end: (answer: string) => void = () => undefined;
  const handler = lambda<object, string>(() => new Promise((resolve) => (end = resolve)));
  const answer = Promise.resolve(handler({}, context(10)));
  const first = await Promise.race([answer.catch(() => 'ended early'), pause(80, 'still at work')]);
  expect(first).toBe('still at work');
  end('done');
  expect(await answer).toBe('done');
});
