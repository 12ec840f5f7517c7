import { describe, expect, it } from 'vitest';
import { type Application, type Check, type HoldReason } from '../../functions/merchant/application.ts';
import { holdTemplate } from '../../functions/merchant/decision.ts';
import { type Command, decideMove, type Move } from '../../functions/merchant/moves.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { anApplication, aSubmission, KIM, passed } from '../support/applications.ts';
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

describe('an application', () => {
  it('goes from the queue into use', () => {
    const opened = must(anApplication(), { do: 'open' });
    const checked = must(opened.application, { do: 'checks', checks: passed() });
    const approved = must(checked.application, { do: 'approve' });
    const linked = must(approved.application, { do: 'linked' });
    expect([opened, checked, approved, linked].map((step) => step.application.status)).toEqual([
      'reviewing',
      'reviewing',
      'linking',
      'active',
    ]);
    expect(approved.work).toBe('link');
    expect(linked.events.map(({ detailType }) => detailType)).toEqual([
      'ApplicationActivated',
      'ContractChanged',
    ]);
    expect(linked.application.version).toBe(5);
  });

  it('is under review once its checks are in, even with nobody looking', () => {
    expect(must(anApplication(), { do: 'checks', checks: passed() }).application.status).toBe('reviewing');
  });

  it('goes back to review when the link work fails, with the reason', () => {
    const failed = must(reviewed({ status: 'linking' }), { do: 'link-failed', why: '공급지 오류' });
    expect(failed.application).toMatchObject({ status: 'reviewing', linkProblem: '공급지 오류' });
  });

  it('loses its password when it ends', () => {
    for (const command of [{ do: 'withdraw' }, { do: 'terminate', reason: '폐업' }] as const) {
      const status = command.do === 'withdraw' ? 'reviewing' : 'active';
      const held = reviewed({ status, hasPassword: true, passwordSealed: 'c2VhbGVk' });
      const { application } = must(held, command);
      expect(application).toMatchObject({ status: 'terminated', hasPassword: false });
      expect(application).not.toHaveProperty('passwordSealed');
    }
  });
});

describe('an approval', () => {
  it.each<[Check['outcome'], boolean]>([
    ['passed', true],
    ['confirmed-by-hand', true],
    ['failed', false],
    ['could-not-run', false],
  ])('with a check that is %s: possible %s', (outcome, possible) => {
    const checks = passed().map((check) => (check.name === 'approval-match' ? { ...check, outcome } : check));
    expect(move(reviewed({ checks }), { do: 'approve' }).outcome).toBe(possible ? 'moved' : 'refused');
  });

  it('names the checks that are open', () => {
    const checks = passed().filter(({ name }) => name !== 'approval-expiry');
    const answer = move(reviewed({ checks }), { do: 'approve' });
    expect(answer).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('승인번호 만료일') });
  });

  it('sends its SMS only when the service can be used', () => {
    const approved = must(reviewed(), { do: 'approve', smsText: '승인했습니다.' });
    expect(approved.sms).toBeUndefined();
    expect(must(approved.application, { do: 'linked' }).sms).toMatchObject({
      template: 'approved',
      text: '승인했습니다.',
      to: '01000004821',
    });
  });
});

describe('a hold', () => {
  it('tells the merchant once, on screen and by SMS, under the id of this decision', () => {
    const held = must(reviewed(), { do: 'hold', reasons: ['approval'], note: '0으로 시작합니다', smsText });
    expect(held.sms).toEqual({
      messageId: 'A-1#2',
      to: '01000004821',
      template: 'hold.approval',
      text: smsText,
      sendAt: T0,
    });
    expect(held.events).toEqual([
      {
        detailType: 'ApplicationHeld',
        detail: {
          version: 1,
          applicationId: 'A-1',
          shopId: 'sodam',
          status: 'on-hold',
          at: new Date(T0).toISOString(),
          reasons: ['approval'],
          note: '0으로 시작합니다',
        },
      },
    ]);
  });

  it.each([
    [[], smsText],
    [['approval'], '  '],
  ])('needs a reason and a text (%j)', (reasons, text) => {
    const command: Command = { do: 'hold', reasons: reasons as HoldReason[], smsText: text };
    expect(move(reviewed(), command).outcome).toBe('refused');
  });

  it.each<[HoldReason[], string]>([
    [['login'], 'hold.login'],
    [['customer', 'approval'], 'hold.two'],
    [['approval', 'customer'], 'hold.two'],
    [['login', 'bizno'], 'hold.multi'],
    [['customer', 'approval', 'login'], 'hold.multi'],
  ])('for %j uses the text %s', (reasons, template) => {
    expect(holdTemplate(reasons)).toBe(template);
  });
});

describe('a correction', () => {
  const later = T0 + 10 * 86_400_000;

  it('after a hold keeps id and history, re-enters the queue and is due anew', () => {
    const held = must(reviewed(), { do: 'hold', reasons: ['approval'], smsText }).application;
    const fields = aSubmission({ revision: 2, approvalNo: '1018680002' });
    const { application, work, events } = must(held, { do: 'correct', fields }, later);
    expect(application).toMatchObject({ applicationId: 'A-1', status: 'applied', submittedAt: later });
    expect(application.dueAt).toBeGreaterThan(later);
    expect(application.checks).toEqual([]);
    expect(application).not.toHaveProperty('hold');
    expect(work).toBe('check');
    expect(events.map(({ detailType }) => detailType)).toEqual(['ApplicationReceived']);
  });

  it('before a decision does not move the due date', () => {
    const before = reviewed();
    const { application } = must(before, { do: 'correct', fields: aSubmission({ revision: 2 }) }, later);
    expect(application).toMatchObject({ status: 'applied', dueAt: before.dueAt, submittedAt: T0 });
  });

  it('never carries a value into the audit', () => {
    const fields = aSubmission({
      revision: 2,
      contact: { name: '바사아', mobile: '01000009999' },
      passwordSealed: 'c2VhbGVk',
    });
    const { audit } = must(reviewed(), { do: 'correct', fields });
    expect(audit.after).toMatchObject({ fields: ['contact', 'passwordSealed'] });
    expect(JSON.stringify(audit)).not.toMatch(/바사아|01000009999|c2VhbGVk/);
  });

  it('in use may replace the password and the contact, nothing else', () => {
    const active = reviewed({ status: 'active' });
    const password = aSubmission({ revision: 2, passwordSealed: 'bmV3' });
    expect(must(active, { do: 'correct', fields: password }).application).toMatchObject({
      status: 'active',
      hasPassword: true,
    });
    const number = aSubmission({ revision: 2, approvalNo: '1018680002' });
    expect(move(active, { do: 'correct', fields: number }).outcome).toBe('refused');
  });

  it('never moves an application to another shop', () => {
    expect(move(reviewed(), { do: 'correct', fields: aSubmission({ shopId: 'dam' }) }).outcome).toBe(
      'refused',
    );
  });
});

describe('checks', () => {
  const match: Check = { name: 'approval-match', outcome: 'failed', detail: '다릅니다.', at: T0 };
  const confirmed = () =>
    must(reviewed({ checks: [match] }), { do: 'confirm-check', name: 'approval-match', note: '통화로 확인' })
      .application;

  it('confirmed by hand keep what was found, by whom and how', () => {
    expect(confirmed().checks).toEqual([
      { ...match, outcome: 'confirmed-by-hand', by: '김운영', note: '통화로 확인' },
    ]);
  });

  it.each<[Check['outcome'], string, Check['outcome']]>([
    ['could-not-run', '확인하지 못했습니다.', 'confirmed-by-hand'],
    ['failed', '다릅니다.', 'confirmed-by-hand'],
    ['failed', '계약이 끝났습니다.', 'failed'],
    ['passed', '일치합니다.', 'passed'],
  ])('confirmed by hand, then %s (%s): %s', (outcome, detail, after) => {
    const checks = [{ ...match, outcome, detail }];
    expect(must(confirmed(), { do: 'checks', checks }).application.checks[0]?.outcome).toBe(after);
  });

  it('of a double business number are not passed by a tick, only by an override with a reason', () => {
    const tick: Command = { do: 'confirm-check', name: 'business-unique', note: '괜찮음' };
    const checks: Check[] = [{ name: 'business-unique', outcome: 'failed', detail: '겹칩니다.', at: T0 }];
    expect(move(reviewed({ checks }), tick).outcome).toBe('refused');
    expect(move(reviewed({ checks }), { do: 'override-duplicate', reason: ' ' }).outcome).toBe('refused');
    const { application, audit } = must(reviewed({ checks }), {
      do: 'override-duplicate',
      reason: '두 쇼핑몰',
    });
    expect(application.duplicateOverride).toEqual({ reason: '두 쇼핑몰', by: '김운영', at: T0 });
    expect(application.checks[0]?.outcome).toBe('confirmed-by-hand');
    expect(audit).toMatchObject({ what: 'application.duplicate-allowed', reason: '두 쇼핑몰' });
  });
});
