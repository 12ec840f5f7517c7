import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../local/cloud/clock.ts';
import { startStack } from '../../../local/cloud/stack.ts';
import { synthesizeFixture } from './fixture/app.ts';
import { outsideOf, temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
let assembly: string;
beforeAll(() => {
  assembly = synthesizeFixture(folder.path);
});
afterAll(folder.remove);

describe('a stack', () => {
  it('says so when its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(startStack({ assembly, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    taken.close();
  });

  it('answers every API at its one port', async () => {
    const stack = await startStack({ assembly });
    const outside = outsideOf(stack);
    await outside.put('OrderShipped', { id: 'a', amount: 1, channel: 'web' });
    await stack.drain();
    expect(await outside.item('a')).toBeDefined();
    expect((await outside.sqs.send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(5);
    outside.stop();
    await stack.stop();
  });

  it('hides messages longer the faster its clock runs, because work takes real time', async () => {
    const clock = createClock({ speed: 60 });
    const stack = await startStack({ assembly, clock });
    const outside = outsideOf(stack);
    const visibility = async () => {
      const QueueUrl = stack.outputs.OrdersUrl;
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
      return (await outside.sqs.send(command)).Attributes?.VisibilityTimeout;
    };
    expect(await visibility()).toBe('1800');
    clock.speed = 10_000;
    await expect.poll(visibility).toBe('43200');
    clock.speed = 1;
    await expect.poll(visibility).toBe('30');
    outside.stop();
    await stack.stop();
  });

  it('gives a hurried function its whole timeout of real time', async () => {
    const stack = await startStack({ assembly, clock: createClock({ speed: 60 }) });
    const { payload } = (await stack.invoke('Behave', {})) as { payload: { remaining: number } };
    expect(payload.remaining).toBeGreaterThan(60_000);
    expect(payload.remaining).toBeLessThanOrEqual(120_000);
    await stack.stop();
  });

  it('lets a signed request through a function URL with AWS_IAM, and none with another secret', async () => {
    const stack = await startStack({ assembly });
    const call = (secretAccessKey: string) => {
      const credentials = { accessKeyId: 'local', secretAccessKey };
      const endpoint = stack.outputs.GuardedUrl ?? '';
      const client = new SQSClient({ endpoint, region: 'ap-northeast-2', credentials, maxAttempts: 1 });
      return client.send(new ListQueuesCommand({})).finally(() => client.destroy());
    };
    expect((await call('local')).$metadata.httpStatusCode).toBe(200);
    await expect(call('guessed')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await stack.stop();
  });
});
