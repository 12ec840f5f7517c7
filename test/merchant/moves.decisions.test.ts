/** Each decision with everything it leaves: the record, the one row, the SMS, what is told, what work follows. */
import { describe, expect, it } from 'vitest';
import type { Application } from '../../functions/merchant/application.ts';
import { type Command, decideMove, type Move } from '../../functions/merchant/moves.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { anApplication, KIM, passed } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';

const NOW = T0 + 60_000;
const AT = new Date(NOW).toISOString();
const move = (application: Application, command: Command): Move =>
  decideMove(application, command, KIM, NOW, createCalendar());

/** Everything a record can hold, so that what a decision takes away is seen to be gone. */
const full = (over: Partial<Application>): Application =>
  anApplication({
    version: 4,
    sellerId: 'seller-7',
    contractId: 'sodam/seller-7',
    checks: passed(),
    hasPassword: true,
    passwordSealed: 'c2VhbGVk',
    assignee: { id: 'op-2', name: '이담당' },
    hold: { reasons: ['login'], at: 1, by: '이담당', smsText: '앞의 문자' },
    approval: { at: 1, by: '이담당' },
    linkProblem: '앞의 문제',
    ...over,
  });
const without = (application: Application, ...names: (keyof Application)[]) =>
  Object.fromEntries(
    Object.entries(application).filter(([name]) => !names.includes(name as keyof Application)),
  );
const about = (status: Application['status']) => ({
  version: 1,
  applicationId: 'A-1',
  shopId: 'sodam',
  sellerId: 'seller-7',
  status,
  at: AT,
});
const row = (before: Application, what: string, status: string, more: object = {}, after: object = {}) => ({
  at: NOW,
  by: KIM,
  what,
  subject: 'application#A-1',
  before: { status: before.status, version: 4 },
  after: { status, version: 5, ...after },
  ...more,
});
const contractChanged = { detailType: 'ContractChanged', detail: { contractId: 'sodam/seller-7' } };
const sms = (template: string, text: string) => ({
  messageId: 'A-1#5',
  to: '01000004821',
  template,
  text,
  sendAt: NOW,
});

describe('a decision leaves exactly this:', () => {
  it('an approval begins the link work and tells nobody yet', () => {
    const before = full({ status: 'reviewing' });
    expect(move(before, { do: 'approve', smsText: ' 승인했습니다. ' })).toEqual({
      outcome: 'moved',
      application: {
        ...without(before, 'hold', 'linkProblem'),
        version: 5,
        status: 'linking',
        approval: { at: NOW, by: '김운영', smsText: '승인했습니다.' },
      },
      audit: row(before, 'application.approved', 'linking'),
      events: [],
      work: 'link',
    });
  });

  it('an approval without a text keeps none', () => {
    const answer = move(full({ status: 'reviewing' }), { do: 'approve' });
    expect(answer).toHaveProperty('application.approval', { at: NOW, by: '김운영' });
  });

  it('a hold keeps the reasons once each, with or without a note', () => {
    const before = full({ status: 'linking' });
    const held = { reasons: ['approval', 'login'], at: NOW, by: '김운영', smsText: '문자' };
    const command = { do: 'hold', reasons: ['approval', 'login', 'approval'], smsText: '문자' } as const;
    for (const note of [undefined, '']) {
      expect(
        move(before, { ...command, reasons: [...command.reasons], ...(note !== undefined && { note }) }),
      ).toEqual({
        outcome: 'moved',
        application: {
          ...without(before, 'approval', 'linkProblem'),
          version: 5,
          status: 'on-hold',
          decidedAt: NOW,
          hold: held,
        },
        audit: row(
          before,
          'application.held',
          'on-hold',
          { reason: 'approval, login' },
          { reasons: ['approval', 'login'] },
        ),
        sms: sms('hold.multi', '문자'),
        events: [
          { detailType: 'ApplicationHeld', detail: { ...about('on-hold'), reasons: ['approval', 'login'] } },
        ],
      });
    }
  });

  it('the end of the link work brings the service into use and the SMS of the approval with it', () => {
    const approval = { at: 1, by: '이담당', smsText: '승인했습니다.' };
    const before = full({ status: 'linking', approval });
    const numbers = {
      name: 'numbers-ready',
      outcome: 'passed',
      detail: '번호가 있습니다.',
      at: NOW,
    } as const;
    expect(move(before, { do: 'linked', checks: [numbers] })).toEqual({
      outcome: 'moved',
      application: {
        ...without(before, 'linkProblem'),
        version: 5,
        status: 'active',
        decidedAt: NOW,
        checks: [...passed(), numbers],
      },
      audit: row(before, 'application.activated', 'active'),
      sms: sms('approved', '승인했습니다.'),
      events: [{ detailType: 'ApplicationActivated', detail: about('active') }, contractChanged],
    });
  });

  it('the end of the link work sends no SMS that nobody worded, and needs no approval on record', () => {
    const quiet = move(full({ status: 'linking' }), { do: 'linked' });
    expect(quiet).not.toHaveProperty('sms');
    expect(quiet).toHaveProperty('application.checks', passed());
    const old = without(full({ status: 'linking' }), 'approval') as unknown as Application;
    expect(move(old, { do: 'linked' }).outcome).toBe('moved');
  });

  it('a failed link work goes back to review with why and what was found', () => {
    const before = full({ status: 'linking' });
    const site = { name: 'site-registered', outcome: 'failed', detail: '공급지 오류', at: NOW } as const;
    expect(move(before, { do: 'link-failed', why: '공급지 오류', checks: [site] })).toEqual({
      outcome: 'moved',
      application: {
        ...without(before, 'approval'),
        version: 5,
        status: 'reviewing',
        linkProblem: '공급지 오류',
        checks: [...passed(), site],
      },
      audit: row(before, 'application.link-failed', 'reviewing', { reason: '공급지 오류' }),
      events: [],
    });
    expect(move(before, { do: 'link-failed', why: '오류' })).toHaveProperty('application.checks', passed());
  });

  it('a withdrawal ends it and leaves no password', () => {
    const before = full({ status: 'applied' });
    expect(move(before, { do: 'withdraw' })).toEqual({
      outcome: 'moved',
      application: {
        ...without(before, 'passwordSealed', 'linkProblem', 'assignee', 'hold'),
        version: 5,
        status: 'terminated',
        decidedAt: NOW,
        hasPassword: false,
      },
      audit: row(before, 'application.withdrawn', 'terminated'),
      events: [{ detailType: 'ApplicationWithdrawn', detail: about('terminated') }],
    });
  });

  it.each([
    ['a suspension', 'active', 'suspend', 'suspended', 'ApplicationSuspended', { reason: '로그인 실패' }],
    ['a resumption', 'suspended', 'resume', 'active', 'ApplicationResumed', {}],
  ] as const)('%s changes the contract and tells why', (_name, from, verb, to, event, told) => {
    const before = full({ status: from });
    const text = verb === 'suspend' ? { smsText: '멈췄습니다.' } : {};
    expect(move(before, { do: verb, reason: '로그인 실패', ...text })).toEqual({
      outcome: 'moved',
      application: { ...before, version: 5, status: to },
      audit: row(before, `application.${to === 'active' ? 'resumed' : 'suspended'}`, to, {
        reason: '로그인 실패',
      }),
      ...(verb === 'suspend' && { sms: sms('stopped', '멈췄습니다.') }),
      events: [{ detailType: event, detail: { ...about(to), ...told } }, contractChanged],
    });
  });

  it('a termination ends it with its reason, its SMS and no password', () => {
    const before = full({ status: 'suspended' });
    expect(move(before, { do: 'terminate', reason: '폐업', smsText: '해지했습니다.' })).toEqual({
      outcome: 'moved',
      application: {
        ...without(before, 'passwordSealed', 'linkProblem', 'assignee', 'hold'),
        version: 5,
        status: 'terminated',
        decidedAt: NOW,
        hasPassword: false,
      },
      audit: row(before, 'application.terminated', 'terminated', { reason: '폐업' }),
      sms: sms('ended', '해지했습니다.'),
      events: [{ detailType: 'ApplicationTerminated', detail: about('terminated') }],
    });
  });

  it('of a shop without sellers names none', () => {
    const plain = without(full({ status: 'applied' }), 'sellerId') as unknown as Application;
    const answer = move(plain, { do: 'withdraw' });
    expect(answer).toHaveProperty('events.0.detail.shopId', 'sodam');
    expect(answer).not.toHaveProperty('events.0.detail.sellerId');
  });
});
