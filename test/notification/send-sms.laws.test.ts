import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { resendSms } from '../../functions/notification/resend.ts';
import type { SendSmsPorts } from '../../functions/notification/send-sms.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { createWorld, type Doing, type World } from './world.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const OPERATOR = { kind: 'operator', id: 'op-1', name: '김운영' } as const;

/** What goes wrong with the calls of one run, in order: nothing, death before the call, death after it. */
type StoreFault = 'ok' | 'before' | 'after';
interface Run {
  kind: 'runs';
  /** so many invocations at the same time, each with faults of its own */
  faults: StoreFault[][];
}
type Step = Run | { kind: 'pass'; ms: number } | { kind: 'resend'; nth: number };

const storeFault = fc.oneof(
  { weight: 8, arbitrary: fc.constant<StoreFault>('ok') },
  { weight: 2, arbitrary: fc.constantFrom<StoreFault>('before', 'after') },
);
const doings = fc.array(
  fc.constantFrom<Doing>(
    'taken',
    'taken',
    'not-taken',
    'refused',
    'unknown',
    'out-but-unknown',
    'dies-before',
    'dies-after',
  ),
  { minLength: 20, maxLength: 20 },
);
const slowness = fc.array(fc.constantFrom(0, 0, 0, 2_000, 400_000), { minLength: 20, maxLength: 20 });
const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.record({
      kind: fc.constant('runs' as const),
      faults: fc.array(fc.array(storeFault, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(1_000, 60_000, 400_000, 12 * 3_600_000),
    }),
    fc.record({ kind: fc.constant('resend' as const), nth: fc.nat({ max: 3 }) }),
  ),
  { minLength: 1, maxLength: 12 },
);

/** A store whose sandbox may die around any write. */
const dying = (messages: SendSmsPorts['messages'], faults: StoreFault[]): SendSmsPorts['messages'] => {
  const left = [...faults];
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = left.shift() ?? 'ok';
    if (fault === 'before') throw new Error('the sandbox is gone');
    const answer = await call();
    if (fault === 'after') throw new Error('the sandbox is gone');
    return answer;
  };
  return {
    ...messages,
    claim: (...given) => around(() => messages.claim(...given)),
    settle: (...given) => around(() => messages.settle(...given)),
    giveUp: (...given) => around(() => messages.giveUp(...given)),
    postpone: (...given) => around(() => messages.postpone(...given)),
  };
};

const play = async (w: World, ids: string[], step: Step): Promise<string | undefined> => {
  switch (step.kind) {
    case 'pass':
      w.pass(step.ms);
      return undefined;
    case 'runs':
      await Promise.allSettled(
        step.faults.map((faults) => w.run({}, { messages: dying(w.messages, faults) })),
      );
      return undefined;
    case 'resend': {
      const messageId = ids[step.nth % ids.length]!;
      const ports = { messages: w.messages, audit: createAudit(engine.doc, engine.tables), clock: w.now };
      const answer = await resendSms(ports, { messageId, actor: OPERATOR, reason: '받지 못했다고 전화함' });
      return answer.outcome === 'queued' ? messageId : undefined;
    }
  }
};

/** Plays a schedule with one phone per message, so that what arrived can be told apart. */
const schedule = async (all: Step[], doing: Doing[], slow: number[]) => {
  const w = createWorld(engine);
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push(await w.owe({ to: `0100000000${n}` }));
  const next =
    <T>(from: T[], otherwise: T) =>
    () =>
      from.shift() ?? otherwise;
  w.network.doing = next([...doing], 'taken');
  w.network.slow = next([...slow], 0);
  const resends = new Map<string, number>();
  try {
    for (const step of all) {
      const resent = await play(w, ids, step);
      if (resent !== undefined) resends.set(resent, (resends.get(resent) ?? 0) + 1);
    }
    // whatever is left over settles by itself
    w.network.doing = () => 'taken';
    w.network.slow = () => 0;
    for (let run = 0; run < 4; run++) {
      w.pass(12 * 3_600_000);
      await w.run({ quietHours: false });
    }
    const ended = await Promise.all(
      ids.map(async (id, n) => ({
        ...(await w.stored(id)),
        arrived: w.out.filter(({ to }) => to === `+82100000000${n}`).length,
        ordered: 1 + (resends.get(id) ?? 0),
      })),
    );
    return { ended, asked: w.asked };
  } finally {
    await w.clear();
  }
};

describe('whatever crashes, repeats or comes late', () => {
  it('one decision is at most one SMS, and one more for each operator who says so', async () => {
    await fc.assert(
      fc.asyncProperty(steps, doings, slowness, async (all, doing, slow) => {
        const { ended, asked } = await schedule(all, doing, slow);
        for (const to of asked) expect(to).toMatch(/^\+8210\d{8}$/);
        for (const { arrived, ordered, state } of ended) {
          expect(arrived).toBeLessThanOrEqual(ordered);
          expect(['sent', 'failed', 'unknown']).toContain(state);
          if (state === 'sent') expect(arrived).toBeGreaterThan(0);
          if (state === 'failed' && ordered === 1) expect(arrived).toBe(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the faults are really there: in some schedules messages arrive twice by order, fail or stay unknown', async () => {
    const seen = { unknown: 0, failed: 0, sent: 0, twice: 0 };
    for (const [all, doing, slow] of fc.sample(fc.tuple(steps, doings, slowness), { numRuns: 60, seed: 7 }))
      for (const { state, arrived } of (await schedule(all, doing, slow)).ended) {
        seen[state as 'unknown' | 'failed' | 'sent'] += 1;
        if (arrived > 1) seen.twice += 1;
      }
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(0);
  });
});
