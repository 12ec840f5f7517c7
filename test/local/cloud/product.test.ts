import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from '../../../local/cloud/stack.ts';
import type { LocalStack } from '../../../local/cloud/stack-options.ts';
import { synthesize } from '../../../local/cloud/synthesize.ts';
import { temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
const failures: string[] = [];
let stack: LocalStack;

beforeAll(async () => {
  const { assembly, stackName } = await synthesize(folder.path);
  stack = await startStack({
    assembly,
    stackName,
    iam: true,
    secrets: { 'epost/dev': { key: 'k', securityKey: '0123456789abcdef', traceKey: 't', dataGoKrKey: 'd' } },
    onInvocation: ({ function: name, error }) => error && failures.push(`${name}: ${error}`),
  });
});
afterAll(async () => {
  await stack?.stop();
  folder.remove();
});

describe("the product's own template", () => {
  it('runs as it is: every schedule fires, every function starts, no role lacks a permission', async () => {
    expect(stack.schedules.length).toBeGreaterThanOrEqual(3);
    for (const { name } of stack.schedules) await stack.fire(name);
    await stack.drain();
    expect(failures).toEqual([]);
    expect(stack.deniedCalls).toEqual([]);
  });
});
