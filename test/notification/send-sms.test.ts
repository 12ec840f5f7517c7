import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageItem } from '../../functions/notification/messages.store.ts';
import { SILENT_MS } from '../../functions/notification/send-sms.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { createWorld, type Doing, NOON, type World } from './world.ts';

let engine: TestTables;
let w: World;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
beforeEach(() => {
  w = createWorld(engine);
});
afterEach(() => w.clear());

const MINUTE = 60_000;
const doing = (...what: Doing[]) => {
  w.network.doing = () => what.shift() ?? 'taken';
};

describe('a message that is due', () => {
  it('is sent once to the mobile as +8210…, and says so', async () => {
    const id = await w.owe();
    await w.run();
    await w.run();
    expect(w.out).toEqual([{ to: '+821000004821', text: expect.stringMatching(/^\[퍼스트몰\]/) }]);
    expect(await w.stored(id)).toMatchObject({
      state: 'sent',
      sentAt: NOON,
      providerId: 'sns-1',
      attempt: 1,
    });
    expect(w.metrics.get('SmsSent')).toBe(1);
    expect(w.metrics.get('SmsSpendMicroUsd')).toBe(30_000);
    expect(w.metrics.get('SmsHeartbeat')).toBe(2);
  });

  it('is sent once by five invocations at the same time', async () => {
    const ids = await Promise.all([w.owe(), w.owe(), w.owe(), w.owe()]);
    await Promise.all(Array.from({ length: 5 }, () => w.run()));
    expect(w.out).toHaveLength(ids.length);
    for (const id of ids) expect((await w.stored(id)).state).toBe('sent');
  });

  it('cannot be owed twice by the same decision', async () => {
    const id = await w.owe();
    const again = messageItem(engine.tables.messages, await w.stored(id), {
      createdAt: NOON,
      subject: 'application#x',
    });
    await expect(engine.doc.send(new TransactWriteCommand({ TransactItems: [again] }))).rejects.toThrow(
      /ConditionalCheckFailed/,
    );
  });

  it('waits for its time', async () => {
    const id = await w.owe({ sendAt: NOON + MINUTE });
    await w.run();
    expect(w.out).toEqual([]);
    w.pass(MINUTE);
    await w.run();
    expect((await w.stored(id)).state).toBe('sent');
  });

  it('goes out behind those that wait longer, and the rest waits for the next run when time is short', async () => {
    const later = await w.owe({ sendAt: NOON - MINUTE });
    const first = await w.owe({ sendAt: NOON - 2 * MINUTE });
    w.network.slow = () => 30_000;
    await w.run({ stopAt: NOON + 20_000 });
    expect((await w.stored(first)).state).toBe('sent');
    expect((await w.stored(later)).state).toBe('pending');
    expect(w.metrics.get('SmsOldestDueSeconds')).toBe(120);
  });

  it('is reached beyond the first hundred', async () => {
    await Promise.all(Array.from({ length: 130 }, () => w.owe()));
    await w.run();
    expect(w.out).toHaveLength(130);
  });
});

describe('at night', () => {
  const NIGHT = Date.parse('2026-11-24T22:30:00+09:00');
  const MORNING = Date.parse('2026-11-25T08:00:00+09:00');

  it('a message is moved to 08:00 and the record says so', async () => {
    w.setClock(NIGHT);
    const id = await w.owe();
    await w.run();
    expect(await w.stored(id)).toMatchObject({ state: 'pending', sendAt: MORNING });
    w.setClock(MORNING - 1);
    await w.run();
    expect(w.out).toEqual([]);
    w.setClock(MORNING);
    await w.run();
    expect(w.out).toHaveLength(1);
  });

  it('a message goes out all the same where quiet hours are switched off', async () => {
    w.setClock(NIGHT);
    await w.owe();
    await w.run({ quietHours: false });
    expect(w.out).toHaveLength(1);
  });

  it('nothing more is taken when it falls during a run', async () => {
    w.setClock(Date.parse('2026-11-24T20:59:50+09:00'));
    await Promise.all([w.owe(), w.owe()]);
    w.network.slow = () => 15_000;
    await w.run();
    expect(w.out).toHaveLength(1);
  });
});

describe('what cannot go out', () => {
  it.each([
    ['a landline', { to: '0200004821' }, 'recipient-refused'],
    ['a number abroad', { to: '+14155550100' }, 'recipient-refused'],
    ['a text for two', { text: '가'.repeat(46) }, 'text-refused'],
    ['an address', { text: '확인 example.com' }, 'text-refused'],
  ])('(%s) fails without being sent', async (_, over, failure) => {
    const id = await w.owe(over);
    await w.run();
    expect(w.asked).toEqual([]);
    expect(await w.stored(id)).toMatchObject({ state: 'failed', failure });
    expect(w.metrics.get('SmsFailed')).toBe(1);
    expect(w.metrics.get('SmsFailedOpen')).toBe(1);
    expect(w.metrics.get('SmsSpendMicroUsd')).toBeUndefined();
  });

  it('fails when SNS refuses it, and stays so', async () => {
    doing('refused');
    const id = await w.owe();
    await w.run();
    w.pass(60 * MINUTE);
    await w.run();
    expect(w.asked).toHaveLength(1);
    expect(await w.stored(id)).toMatchObject({ state: 'failed', failure: 'code-refused' });
  });

  it('is tried again while it is certain that nothing left, ever more slowly, and then fails', async () => {
    w.network.doing = () => 'not-taken';
    const id = await w.owe();
    const waits: number[] = [];
    for (let run = 0; run < 200 && (await w.stored(id)).state === 'pending'; run++) {
      const before = w.asked.length;
      await w.run();
      if (w.asked.length > before) waits.push((w.now() - NOON) / MINUTE);
      w.pass(MINUTE);
    }
    expect(waits).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(await w.stored(id)).toMatchObject({ state: 'failed', failure: 'code-not-taken' });
    expect(w.metrics.get('SmsPutBack')).toBe(6);
  });

  it('goes out when the network is back', async () => {
    doing('not-taken', 'taken');
    const id = await w.owe();
    await w.run();
    w.pass(MINUTE);
    await w.run();
    const stored = await w.stored(id);
    expect(stored).toMatchObject({ state: 'sent', attempt: 2 });
    expect(stored.failure).toBeUndefined();
  });
});

describe('what nobody knows', () => {
  it('an answer that never came is unknown, counted, and never sent again', async () => {
    doing('out-but-unknown');
    const id = await w.owe();
    await w.run();
    w.pass(24 * 60 * MINUTE);
    await w.run();
    expect(w.out).toHaveLength(1);
    expect(await w.stored(id)).toMatchObject({ state: 'unknown', failure: 'code-out-but-unknown' });
    expect(w.metrics.get('SmsUnknownOpen')).toBe(1);
  });

  it.each<Doing>(['dies-before', 'dies-after'])('a sandbox that %s sending leaves unknown', async (death) => {
    doing(death);
    const id = await w.owe();
    await expect(w.run()).rejects.toThrow('the sandbox is gone');
    expect((await w.stored(id)).state).toBe('sending');
    w.pass(SILENT_MS);
    await w.run();
    expect((await w.stored(id)).state).toBe('sending');
    w.pass(1);
    await w.run();
    await w.run();
    expect(await w.stored(id)).toMatchObject({ state: 'unknown', failure: 'abandoned' });
    expect(w.asked).toHaveLength(1);
    expect(w.metrics.get('SmsUnknown')).toBe(1);
  });

  it('one thought dead that speaks after all is believed', async () => {
    const id = await w.owe();
    const claimed = await w.messages.claim(id, w.now());
    w.pass(SILENT_MS + 1);
    await w.run();
    expect((await w.stored(id)).state).toBe('unknown');
    expect(await w.messages.settle(claimed!, { state: 'sent', providerId: 'late' }, w.now())).toBe(true);
    expect(await w.stored(id)).toMatchObject({ state: 'sent', providerId: 'late' });
  });
});
