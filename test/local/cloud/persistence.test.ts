import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../local/cloud/clock.ts';
import { startStack } from '../../../local/cloud/stack.ts';
import type { LocalStack } from '../../../local/cloud/stack-options.ts';
import { synthesizeFixture } from './fixture/app.ts';
import { outsideOf, temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
const dataDir = join(folder.path, 'data');
let assembly: string;
beforeAll(() => {
  assembly = synthesizeFixture(join(folder.path, 'assembly'));
});
afterAll(folder.remove);

/** Starts the stack in a process of its own and waits until it is ready. */
async function startProcess(): Promise<{ child: ChildProcess; stack: LocalStack }> {
  const script = join(import.meta.dirname, 'fixture/run-stack.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, assembly, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, stack: JSON.parse(line.toString()) as LocalStack };
}

/** Processes of this machine whose command line names the text. */
function processesNaming(text: string): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false; // It ended meanwhile.
      }
    }).length;
}

describe('a stack that keeps its data', () => {
  it('has everything again after SIGKILL: rows, messages, delays and the time', async () => {
    const first = await startProcess();
    const outside = outsideOf(first.stack);
    await outside.put('OrderShipped', { id: 'done', amount: 1, channel: 'web' });
    await expect.poll(() => outside.item('done'), { timeout: 10_000 }).toBeDefined();
    const { OrdersUrl, FailedUrl } = first.stack.outputs;
    const later = { QueueUrl: OrdersUrl, MessageBody: '{"id":"later"}', DelaySeconds: 600 };
    await outside.sqs.send(new SendMessageCommand(later));
    await outside.sqs.send(new SendMessageCommand({ QueueUrl: FailedUrl, MessageBody: 'waiting' }));
    await outside.put(
      'OrderShipped',
      ...Array.from({ length: 10 }, (_, index) => ({ id: `k${index}`, amount: 1, channel: 'web' })),
    );
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    outside.stop();

    const clock = createClock();
    const stack = await startStack({ assembly, dataDir, clock });
    const again = outsideOf(stack);
    await stack.drain();
    for (let index = 0; index < 10; index += 1) expect(await again.item(`k${index}`)).toBeDefined();
    expect(await again.item('done')).toMatchObject({ status: 'DONE' });
    expect(await again.receive(stack.outputs.FailedUrl ?? '')).toMatchObject({ body: 'waiting' });
    expect(await again.item('later')).toBeUndefined();
    clock.advanceBy(600_000);
    await expect.poll(() => again.item('later'), { timeout: 5_000 }).toBeDefined();
    const reached = clock.now();
    again.stop();
    await stack.stop();

    const restarted = await startStack({ assembly, dataDir });
    expect(restarted.clock.now()).toBeGreaterThanOrEqual(reached);
    await restarted.stop();
  });

  it.runIf(process.platform === 'linux').each(['SIGKILL', 'SIGTERM'] as const)(
    'leaves no process behind when it is ended by %s',
    async (signal) => {
      const { child, stack } = await startProcess();
      const outside = outsideOf(stack);
      await outside.put('OrderShipped', { id: signal, amount: 1, channel: 'web' });
      await expect.poll(() => outside.item(signal), { timeout: 10_000 }).toBeDefined();
      outside.stop();
      expect(processesNaming(folder.path)).toBeGreaterThan(1);
      child.kill(signal);
      await expect.poll(() => processesNaming(folder.path), { timeout: 5_000 }).toBe(0);
    },
  );
});
