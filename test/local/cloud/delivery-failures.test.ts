import { DeleteQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { runFixture } from './fixture/running.ts';

const running = runFixture();

describe('an event source with a filter', () => {
  it('hands over what matches and drops the rest', async () => {
    const { stack, outside } = running;
    const QueueUrl = stack.outputs.FilteredUrl ?? '';
    for (const body of ['{"id":"f1","wanted":true}', '{"id":"f2","wanted":false}', 'no json']) {
      await outside.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    }
    await stack.drain();
    expect(await outside.item('f1')).toBeDefined();
    expect(await outside.item('f2')).toBeUndefined();
    expect(await stack.queueDepth(QueueUrl)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe('a target queue that is gone', () => {
  it('is tried again as the rule says, then the event lies in the rule’s dead letter queue with the reason', async () => {
    const { stack, outside, clock } = running;
    await outside.sqs.send(new DeleteQueueCommand({ QueueUrl: stack.outputs.OrdersUrl }));
    const answer = await outside.put('OrderShipped', { id: 'lost', amount: 1, channel: 'web' });
    expect(answer.FailedEntryCount).toBe(0);
    const dead = stack.outputs.DeadUrl ?? '';
    expect(await stack.queueDepth(dead)).toMatchObject({ visible: 0 });
    await expect
      .poll(
        async () => {
          clock.advanceBy(10_000);
          return (await stack.queueDepth(dead)).visible;
        },
        { timeout: 5_000 },
      )
      .toBe(1);
    const message = await outside.receive(dead);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      'detail-type': 'OrderShipped',
      detail: { id: 'lost' },
    });
    expect(message?.attributes).toMatchObject({ ERROR_MESSAGE: expect.stringContaining('queue') as string });
    expect(message?.attributes.RULE_ARN).toContain('rule/');
  });
});

describe('a schedule whose queue is gone', () => {
  it('tells its dead letter queue, as its retry policy says', async () => {
    const { stack, outside, clock } = running;
    await outside.sqs.send(new DeleteQueueCommand({ QueueUrl: stack.outputs.FailedUrl }));
    await stack.fire('Round');
    const dead = stack.outputs.DeadUrl ?? '';
    expect(await stack.queueDepth(dead)).toMatchObject({ visible: 0 });
    clock.advanceBy(3_600_000);
    await expect.poll(async () => (await stack.queueDepth(dead)).visible, { timeout: 5_000 }).toBe(1);
    const message = await outside.receive(dead);
    expect(JSON.parse(message?.body ?? '')).toEqual({ round: true });
    expect(message?.attributes.SCHEDULE_ARN).toContain('Round');
  });
});
