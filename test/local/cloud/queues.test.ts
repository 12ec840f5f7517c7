import { describe, expect, it } from 'vitest';
import {
  ChangeMessageVisibilityCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { runFixture } from './fixture/running.ts';

const running = runFixture();
const order = (id: string, more: object = {}) => ({ id, amount: 1, channel: 'web', ...more });

describe('a message that the function refuses', () => {
  it('is tried three times by the virtual clock, then lies in the dead letter queue; the rest is done', async () => {
    const { stack, outside, clock } = running;
    await outside.put('OrderShipped', order('p1'), order('p2', { poison: true }), order('p3'));
    await stack.drain();
    const dead = stack.outputs.DeadUrl ?? '';
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect((await stack.queueDepth(dead)).visible).toBe(0);
      clock.advanceBy(30_000);
      await stack.drain();
    }
    expect(await stack.queueDepth(dead)).toMatchObject({ visible: 1 });
    expect(await outside.item('p1')).toBeDefined();
    expect(await outside.item('p2')).toBeUndefined();
    expect(await outside.item('p3')).toBeDefined();
  });

  it('goes back to its queue by a redrive', async () => {
    const { stack, outside } = running;
    const SourceArn = stack.outputs.DeadArn;
    await outside.sqs.send(
      new SendMessageCommand({ QueueUrl: stack.outputs.DeadUrl, MessageBody: '{"id":"r1"}' }),
    );
    const { TaskHandle } = await outside.sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    expect(TaskHandle).toBeTruthy();
    const { Results } = await outside.sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
    expect(Results?.[0]).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 });
    await stack.drain();
    expect(await outside.item('r1')).toMatchObject({ received: '1' });
    expect((await stack.queueDepth(stack.outputs.DeadUrl ?? '')).visible).toBe(0);
  });
});

describe('a delayed message', () => {
  it('shows when the clock is jumped to it, and not before', async () => {
    const { stack, outside, clock } = running;
    const sent = clock.now();
    await stack.invoke('Behave', { mode: 'delayed', id: 'later' });
    expect(await stack.queueDepth(stack.outputs.OrdersUrl ?? '')).toMatchObject({ visible: 0, delayed: 1 });
    for (;;) {
      // Whatever shows earlier is a message of another test.
      const wakeUp = stack.nextWakeUp() ?? 0;
      if (wakeUp >= sent + 600_000) break;
      clock.advanceTo(wakeUp);
      await stack.drain();
    }
    expect(await outside.item('later')).toBeUndefined();
    clock.advanceTo(stack.nextWakeUp() ?? 0);
    await stack.drain();
    expect(await outside.item('later')).toBeDefined();
  });
});

describe('a received message', () => {
  it('is hidden for its visibility timeout of virtual time, shown at once by hand, and dropped when too old', async () => {
    const { stack, outside, clock } = running;
    const QueueUrl = stack.outputs.FailedUrl ?? '';
    const receive = async () =>
      (await outside.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 0 }))).Messages?.[0];
    await outside.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
    expect((await receive())?.Body).toBe('m');
    expect(await receive()).toBeUndefined();
    clock.advanceBy(31_000);
    expect(await stack.queueDepth(QueueUrl)).toMatchObject({ visible: 1, inFlight: 0 });
    const again = await receive();
    expect(again?.Body).toBe('m');
    const visible = { QueueUrl, ReceiptHandle: again?.ReceiptHandle, VisibilityTimeout: 0 };
    await outside.sqs.send(new ChangeMessageVisibilityCommand(visible));
    expect((await receive())?.Body).toBe('m');
    clock.advanceBy(5 * 86_400_000);
    expect(await stack.queueDepth(QueueUrl)).toMatchObject({ visible: 0 });
    expect(await receive()).toBeUndefined();
  });
});

describe('a batching window', () => {
  it('gathers messages of several receives into one invocation', async () => {
    const { stack, outside } = running;
    for (let sent = 0; sent < 4; sent += 1) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({
        Id: `e${index}`,
        MessageBody: JSON.stringify({ id: `b${sent * 10 + index}` }),
      }));
      await outside.sqs.send(new SendMessageBatchCommand({ QueueUrl: stack.outputs.BatchedUrl, Entries }));
    }
    await stack.drain();
    expect(await outside.item('b39')).toMatchObject({ batch: '40' });
  });
});
