import { describe, expect, it } from 'vitest';
import { runFixture, START } from './fixture/running.ts';

const MINUTE = 60_000;
const running = runFixture({ schedules: true });
const ticks = async (job: string) => Number((await running.outside.item(`tick-${job}`))?.n ?? 0);

describe('a schedule', () => {
  it('fires by the virtual clock, once however far it is jumped', async () => {
    const { clock, stack } = running;
    const first = stack.nextWakeUp() ?? 0;
    expect(first - START).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(first - START).toBeLessThan(2.5 * MINUTE);
    clock.advanceTo(first - 1_000);
    await stack.drain();
    expect(await ticks('often')).toBe(0);
    clock.advanceTo(first);
    await expect.poll(() => ticks('often'), { timeout: 5_000 }).toBe(1);
    clock.advanceTo(first + 59 * MINUTE);
    await expect.poll(() => ticks('often'), { timeout: 5_000 }).toBe(2);
    await stack.drain();
    expect(await ticks('often')).toBe(2);
    expect(stack.nextWakeUp()).toBe(first + 60 * MINUTE);
  });

  it('puts its message into a queue', async () => {
    const { clock, outside, stack } = running;
    clock.advanceTo(START + 181 * MINUTE);
    const message = await outside.receive(stack.outputs.FailedUrl ?? '');
    expect(JSON.parse(message?.body ?? '')).toEqual({ round: true });
  });

  it('is fired by hand by the beginning of its logical id', async () => {
    await running.stack.fire('Nightly');
    await running.stack.drain();
    expect(await ticks('nightly')).toBe(1);
    await expect(running.stack.fire('Nobody')).rejects.toThrow('no schedule Nobody');
  });

  it('tells when it fires next, in its time zone', () => {
    const nightly = running.stack.schedules.find(({ logicalId }) => logicalId.startsWith('Nightly'));
    expect(nightly?.next(Date.parse('2026-03-27T12:00:00Z'))).toBe(Date.parse('2026-03-30T08:00:00Z'));
  });
});

describe('an asynchronous invocation that fails', () => {
  it('is tried again after one and two minutes, then told to its destination', async () => {
    const { clock, outside, stack } = running;
    const failing = 'fails';
    await stack.drain();
    await stack.fire('Failing');
    for (const tried of [1, 2, 3]) {
      await expect.poll(() => ticks(failing), { timeout: 5_000 }).toBe(tried);
      await stack.drain();
      expect((await stack.queueDepth(stack.outputs.FailedUrl ?? '')).visible).toBe(tried === 3 ? 1 : 0);
      clock.advanceBy(tried * MINUTE);
    }
    const told = await outside.receive(stack.outputs.FailedUrl ?? '');
    expect(JSON.parse(told?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { job: failing, fail: true },
      responsePayload: { errorType: 'Error', errorMessage: 'always' },
    });
  });
});
