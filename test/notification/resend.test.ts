import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { failureWords, MESSAGE_STATES } from '../../functions/notification/message.ts';
import { resendSms } from '../../functions/notification/resend.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { createWorld, type World } from './world.ts';

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

const KIM = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
const LEE = { kind: 'operator', id: 'op-2', name: '이담당' } as const;
const audit = () => createAudit(engine.doc, engine.tables);
const resend = (messageId: string, over: { reason?: string; actor?: typeof KIM | typeof LEE } = {}) =>
  resendSms(
    { messages: w.messages, audit: audit(), clock: w.now },
    { messageId, actor: KIM, reason: '받지 못했다고 전화함', requestId: 'r-1', ...over },
  );
const unknownMessage = async () => {
  w.network.doing = () => 'unknown';
  const id = await w.owe();
  await w.run();
  w.network.doing = () => 'taken';
  return id;
};

describe('an operator sends once more', () => {
  it('what is unknown: it goes out with the next run, and the audit says who and why', async () => {
    const id = await unknownMessage();
    w.pass(3_600_000);
    expect(await resend(id)).toEqual({ outcome: 'queued' });
    expect(await w.stored(id)).toMatchObject({ state: 'pending', sendAt: w.now(), resends: 1 });
    await w.run();
    expect(await w.stored(id)).toMatchObject({ state: 'sent', attempt: 2 });
    expect(w.out).toHaveLength(1);
    const [row] = await audit().of(`message#${id}`);
    expect(row).toMatchObject({
      what: 'message.resent',
      by: KIM,
      reason: '받지 못했다고 전화함',
      requestId: 'r-1',
      before: { state: 'unknown', attempt: 1 },
    });
    expect(JSON.stringify(row)).not.toContain('4821');
  });

  it('what failed after all its tries: it gets all of them again', async () => {
    w.network.doing = () => 'not-taken';
    const id = await w.owe();
    for (let run = 0; run < 8; run++) {
      await w.run();
      w.pass(40 * 60_000);
    }
    expect(await w.stored(id)).toMatchObject({ state: 'failed', tries: 7 });
    await resend(id);
    await w.run();
    expect(await w.stored(id)).toMatchObject({ state: 'pending', tries: 1 });
  });

  it('at night: it still waits for the morning', async () => {
    const id = await unknownMessage();
    w.setClock(Date.parse('2026-11-24T23:00:00+09:00'));
    await resend(id);
    await w.run();
    expect(w.out).toEqual([]);
    expect((await w.stored(id)).sendAt).toBe(Date.parse('2026-11-25T08:00:00+09:00'));
  });

  it('twice, or two operators at once: one is taken, one audit row, one SMS', async () => {
    const id = await unknownMessage();
    const answers = await Promise.all([resend(id), resend(id, { actor: LEE }), resend(id)]);
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual([
      'not-resendable',
      'not-resendable',
      'queued',
    ]);
    expect((await resend(id)).outcome).toBe('not-resendable');
    await w.run();
    await w.run();
    expect(w.out).toHaveLength(1);
    expect(await audit().of(`message#${id}`)).toHaveLength(1);
  });

  it('and one that was thought dead can no longer speak for the new order', async () => {
    const id = await w.owe();
    const claimed = await w.messages.claim(id, w.now());
    await w.messages.giveUp(claimed!);
    await resend(id);
    expect(await w.messages.settle(claimed!, { state: 'failed', failure: 'late' }, w.now())).toBe(false);
    expect((await w.stored(id)).state).toBe('pending');
    await w.messages.claim(id, w.now());
    const late = { state: 'pending', failure: 'late', sendAt: w.now() } as const;
    expect(await w.messages.settle(claimed!, late, w.now())).toBe(false);
    expect(await w.messages.giveUp(claimed!)).toBe(false);
    expect((await w.stored(id)).state).toBe('sending');
  });
});

describe('nothing is sent once more', () => {
  it('that waits, is on its way or has been sent', async () => {
    const id = await w.owe();
    expect(await resend(id)).toMatchObject({ outcome: 'not-resendable', state: 'pending' });
    await w.messages.claim(id, w.now());
    expect(await resend(id)).toMatchObject({ outcome: 'not-resendable', state: 'sending' });
    const sent = await w.owe();
    await w.run();
    expect(await resend(sent)).toMatchObject({ outcome: 'not-resendable', state: 'sent' });
    expect(await audit().of(`message#${sent}`)).toEqual([]);
  });

  it('without a reason, or that is not there', async () => {
    const id = await unknownMessage();
    expect(await resend(id, { reason: ' ' })).toEqual({
      outcome: 'refused',
      reason: '다시 보내는 사유를 넣어 주세요.',
    });
    expect(await resend('nobody#1')).toEqual({ outcome: 'not-found' });
  });
});

describe('the list of messages', () => {
  it('shows all states together, latest first, page by page, each message once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) ids.push(await w.owe({ sendAt: w.now() + (n % 3) }));
    const [first, second, third] = ids as [string, string, string];
    await w.messages.claim(first, w.now());
    const claimed = await w.messages.claim(second, w.now() + 1);
    await w.messages.settle(claimed!, { state: 'sent', providerId: 'x' }, w.now());
    const failing = await w.messages.claim(third, w.now() + 2);
    await w.messages.settle(failing!, { state: 'failed', failure: 'OptedOutException' }, w.now());
    const seen: { messageId: string; sendAt: number }[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await w.messages.page(MESSAGE_STATES, cursor, 2);
      expect(page.messages.length).toBeLessThanOrEqual(2);
      seen.push(...page.messages);
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBeLessThanOrEqual(6);
    expect(seen.map(({ messageId }) => messageId).toSorted()).toEqual(ids.toSorted());
    const times = seen.map(({ sendAt }) => sendAt);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect((await w.messages.page(['failed'])).messages).toMatchObject([{ messageId: third }]);
    expect(await w.messages.count('pending')).toBe(4);
    expect(await w.messages.count('unknown')).toBe(0);
  });
});

describe('a failure', () => {
  it.each([
    'abandoned',
    'no-answer',
    'not-reached',
    'text-refused',
    'recipient-refused',
    'OptedOutException',
    'AnyOther',
  ])('%s is told in Korean', (code) => {
    expect(failureWords(code)).toMatch(/[가-힣].*\.$/);
  });

  it('nobody foresaw is told with its code', () => {
    expect(failureWords('InvalidParameterException')).toContain('InvalidParameterException');
  });
});
