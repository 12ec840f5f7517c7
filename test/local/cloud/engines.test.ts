import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../local/cloud/clock.ts';
import { createFunction } from '../../../local/cloud/lambda/lambda-function.ts';
import { startStack } from '../../../local/cloud/stack.ts';
import { hasJava } from '../../support/java.ts';
import { synthesizeFixture } from './fixture/app.ts';
import { outsideOf, temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
let assembly: string;
beforeAll(() => {
  assembly = synthesizeFixture(folder.path);
});
afterAll(folder.remove);

describe('the second DynamoDB engine', () => {
  it.runIf(hasJava())('runs the same stack (needs Java)', async () => {
    const stack = await startStack({ assembly, engine: 'dynamodb-local' });
    const outside = outsideOf(stack);
    await outside.put('OrderShipped', { id: 'a', amount: 1, channel: 'web' });
    await stack.drain();
    expect(await outside.item('a')).toMatchObject({ status: 'DONE' });
    outside.stop();
    await stack.stop();
  });
});

describe('a sandbox', () => {
  it('is kept warm for the next invocation and stopped when nothing comes', async () => {
    const lines: string[] = [];
    const definition = {
      logicalId: 'F',
      name: 'f',
      arn: 'arn:f',
      codeDirectory: `${folder.path}/bundle`,
      handler: 'index.whoAmI',
      memoryMb: 128,
      timeoutSeconds: 5,
      reservedConcurrency: null,
      environment: {},
    };
    const options = {
      clock: createClock(),
      log: (line: string) => void lines.push(line),
      onInvocation: () => {},
    };
    const fn = createFunction(definition, { ...options, idleMs: 100 });
    const pid = async () => {
      const result = await fn.invoke({});
      return result.outcome === 'done' ? Number(result.payload) : 0;
    };
    const first = await pid();
    expect(first).toBeGreaterThan(0);
    expect(await pid()).toBe(first);
    await expect.poll(() => isAlive(first), { timeout: 5_000 }).toBe(false);
    expect(await pid()).not.toBe(first);
    fn.stop();
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
