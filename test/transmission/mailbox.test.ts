import { describe, expect, it } from 'vitest';
import type { ReceivedMessage } from '../../functions/runtime/queue.client.ts';
import { createMailbox } from '../../functions/transmission/mailbox.ts';
import { createResting } from '../../functions/transmission/resting.ts';
import { T0 } from '../support/builders.ts';

const MINUTE = 60_000;
const message = (name: string): ReceivedMessage => ({
  body: JSON.stringify({ v: 1, shipmentId: name }),
  receiptHandle: name,
  messageId: name,
  sentAt: T0,
});
/** @param answers what the queue gives each time it is asked; nothing after that */
const mailboxOf = (answers: string[][], isOpen: () => boolean = () => true) => {
  const log: string[] = [];
  let asked = 0;
  const mailbox = createMailbox(
    {
      receive: async () => (answers[asked++] ?? []).map(message),
      send: async (all) =>
        void log.push(...all.map(({ body, delaySeconds }) => `${JSON.stringify(body)} in ${delaySeconds}`)),
      remove: async ({ messageId }) => void log.push(`removes ${messageId}`),
    },
    isOpen,
  );
  return { mailbox, log, asked: () => asked };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const drained = async ({ mailbox }: ReturnType<typeof mailboxOf>) => {
  const names: string[] = [];
  for (let one = await mailbox.next(); one !== undefined; one = await mailbox.next())
    names.push(one.messageId);
  return names;
};

describe('the mailbox of one run', () => {
  it('hands out what the queue gives, and ends after three empty answers in a row', async () => {
    const box = mailboxOf([['A', 'B'], [], ['C'], [], [], [], ['too late']]);
    expect(await drained(box)).toEqual(['A', 'B', 'C']);
    expect(box.asked()).toBe(6);
  });

  it('asks an empty queue three times, not more', async () => {
    const box = mailboxOf([]);
    expect(await drained(box)).toEqual([]);
    expect(box.asked()).toBe(3);
  });

  it('asks ahead while it hands out, once at a time, and not while enough is in hand', async () => {
    const many = Array.from({ length: 10 }, (_, i) => `A${i}`);
    const box = mailboxOf([many, many, many]);
    await box.mailbox.next();
    await settled();
    expect(box.asked(), 'nine in hand: it asked ahead').toBe(2);
    await box.mailbox.next();
    await settled();
    expect(box.asked(), 'eighteen in hand: enough').toBe(2);
  });

  it('is closed at once, whatever is in hand, and gives that back', async () => {
    let open = true;
    const box = mailboxOf([['A', 'B', 'C']], () => open);
    await box.mailbox.next();
    open = false;
    expect(await box.mailbox.next()).toBeUndefined();
    await box.mailbox.giveBack();
    expect(box.log).toEqual([
      '{"v":1,"shipmentId":"B"} in 0',
      '{"v":1,"shipmentId":"C"} in 0',
      'removes B',
      'removes C',
    ]);
    await box.mailbox.giveBack();
    expect(box.log).toHaveLength(4);
  });

  it.each([
    [-5, 0],
    [0, 0],
    [1, 1],
    [1000, 1],
    [1001, 2],
    [15 * MINUTE, 900],
    [60 * MINUTE, 900],
  ])('puts back for %i ms as %i s: a new message first, then the old one goes', async (delayMs, seconds) => {
    const box = mailboxOf([]);
    await box.mailbox.putBack(message('A'), delayMs);
    expect(box.log).toEqual([`{"v":1,"shipmentId":"A"} in ${seconds}`, 'removes A']);
  });

  it('gives back also what was asked for when the run ended, and is not stopped by a failure', async () => {
    let answer: (all: ReceivedMessage[]) => void = () => undefined;
    const sent: string[] = [];
    let first = true;
    const mailbox = createMailbox(
      {
        receive: () =>
          first
            ? ((first = false), Promise.resolve([message('A')]))
            : new Promise((resolve) => (answer = resolve)),
        send: async ([one]) => {
          if (JSON.stringify(one).includes('"B"')) throw new Error('throttled');
          sent.push(JSON.stringify(one?.body));
        },
        remove: async () => undefined,
      },
      () => true,
    );
    await mailbox.next();
    const back = mailbox.giveBack();
    answer([message('B'), message('C')]);
    await back;
    expect(sent).toEqual(['{"v":1,"shipmentId":"C"}']);
  });

  it('shows a failure of the queue to who waits for it, not to who was only asked ahead for', async () => {
    let asked = 0;
    const mailbox = createMailbox(
      {
        receive: async () => {
          if (++asked === 1) return [message('A'), message('B')];
          throw new Error('throttled');
        },
        send: async () => undefined,
        remove: async () => undefined,
      },
      () => true,
    );
    expect((await mailbox.next())?.messageId).toBe('A');
    expect((await mailbox.next())?.messageId).toBe('B');
    await expect(mailbox.next()).rejects.toThrow('throttled');
  });
});

describe('what rests', () => {
  it('is known until it shows, and only to who can wait as long', () => {
    let now = T0;
    const resting = createResting(() => now);
    expect(resting.has('A', T0 + MINUTE)).toBe(false);
    resting.note('A', T0 + MINUTE);
    expect([resting.has('A', T0 + MINUTE), resting.has('A', T0 + MINUTE - 1)]).toEqual([true, false]);
    expect(resting.has('B', T0 + MINUTE)).toBe(false);
    now = T0 + MINUTE;
    expect(resting.has('A', T0 + 9 * MINUTE), 'it shows now').toBe(false);
  });

  it('shows after a quarter of an hour at the latest', () => {
    const resting = createResting(() => T0);
    resting.note('A', T0 + 60 * MINUTE);
    expect([resting.has('A', T0 + 15 * MINUTE), resting.has('A', T0 + 15 * MINUTE - 1)]).toEqual([
      true,
      false,
    ]);
  });
});
