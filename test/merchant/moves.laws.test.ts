import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Application, HOLD_REASONS } from '../../functions/merchant/application.ts';
import { type Command, decideMove, LEGAL_STATES, type Move } from '../../functions/merchant/moves.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { anApplication, aSubmission, KIM, LEE, passed, PLATFORM } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';

const calendar = createCalendar();
const move = (application: Application, command: Command, now = T0): Move =>
  decideMove(application, command, KIM, now, calendar);
const must = (application: Application, command: Command, now = T0) => {
  const answer = move(application, command, now);
  if (answer.outcome === 'refused') throw new Error(answer.reason);
  return answer;
};
const reviewed = (over: Partial<Application> = {}) =>
  anApplication({ status: 'reviewing', checks: passed(), ...over });
const smsText = '[퍼스트몰] 우체국택배 승인보류: 승인번호가 다릅니다. 확인 후 다시 신청해 주세요.';

describe('whatever is commanded in whatever order', () => {
  const reason = fc.constantFrom('사유', '', ' ');
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.constant<Command>({ do: 'open' }),
    fc.constant<Command>({ do: 'approve' }),
    fc.record({
      do: fc.constant('hold' as const),
      reasons: fc.array(fc.constantFrom(...HOLD_REASONS), { maxLength: 4 }),
      smsText: fc.constantFrom(smsText, ''),
    }),
    fc.constant<Command>({ do: 'linked' }),
    fc.constant<Command>({ do: 'link-failed', why: '공급지 오류' }),
    fc.record({
      do: fc.constant('correct' as const),
      fields: fc.constantFrom(aSubmission({ revision: 2 }), aSubmission({ shopId: 'dam' })),
    }),
    fc.constant<Command>({ do: 'withdraw' }),
    fc.record({ do: fc.constantFrom('suspend', 'resume', 'terminate'), reason }) as fc.Arbitrary<Command>,
    fc.record({
      do: fc.constant('assign' as const),
      to: fc.constantFrom({ id: 'op-2', name: '이담당' }, null),
    }),
    fc.constant<Command>({ do: 'checks', checks: passed() }),
    fc.constant<Command>({
      do: 'checks',
      checks: passed().map((c) => ({ ...c, outcome: 'failed' as const })),
    }),
    fc.constant<Command>({ do: 'confirm-check', name: 'approval-match', note: '확인' }),
    fc.record({ do: fc.constant('override-duplicate' as const), reason }),
  );
  const step = fc.tuple(command, fc.constantFrom(KIM, LEE, PLATFORM), fc.integer({ min: 0, max: 10 ** 9 }));

  /** Long ways are rare by chance, so some begin in the middle. */
  const start = fc.constantFrom(
    anApplication(),
    must(reviewed(), { do: 'approve' }).application,
    must(must(reviewed(), { do: 'approve' }).application, { do: 'linked' }).application,
  );

  it('no illegal state is reached, each move is one version and one audit row, a hold at most one SMS', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 30 }), (first, steps) => {
        let application = first;
        let now = T0;
        const sms = new Set<string>();
        for (const [given, actor, passing] of steps) {
          now += passing;
          const before = structuredClone(application);
          const answer = decideMove(application, given, actor, now, calendar);
          expect(application).toEqual(before);
          if (answer.outcome === 'refused') {
            expect(answer.reason).toMatch(/[가-힣].*\.$/u);
            continue;
          }
          const after = answer.application;
          if (after.status !== before.status) expect(LEGAL_STATES[before.status]).toContain(after.status);
          seen.add(after.status);
          expect(after.version).toBe(before.version + 1);
          expect(answer.audit).toMatchObject({
            by: actor,
            at: now,
            subject: 'application#A-1',
            before: { status: before.status },
            after: { status: after.status },
          });
          expect(answer.sms !== undefined).toBe(given.do === 'hold');
          if (answer.sms) {
            expect(sms).not.toContain(answer.sms.messageId);
            sms.add(answer.sms.messageId);
          }
          expect(after.status === 'on-hold').toBe(after.hold !== undefined);
          if (after.status === 'linking' || after.status === 'active') expect(after.approval).toBeDefined();
          application = after;
        }
      }),
      { numRuns: 2000 },
    );
    expect([...seen].toSorted()).toEqual([
      'active',
      'applied',
      'linking',
      'on-hold',
      'reviewing',
      'suspended',
      'terminated',
    ]);
  });
});
