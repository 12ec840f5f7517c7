/** What a decision says when it is not possible, and the whole table of states. */
import { describe, expect, it } from 'vitest';
import { APPLICATION_STATUSES, type Application } from '../../functions/merchant/application.ts';
import { type Command, decideMove, LEGAL_STATES } from '../../functions/merchant/moves.ts';
import { createCalendar } from '../../functions/runtime/business-days.ts';
import { anApplication, KIM, passed } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';

const move = (application: Application, command: Command) =>
  decideMove(application, command, KIM, T0, createCalendar());
const checked = (over: Partial<Application>) => anApplication({ checks: passed(), ...over });

describe('a decision is refused with what to do:', () => {
  const reason = (application: Application, command: Command) => {
    const answer = move(application, command);
    return answer.outcome === 'refused' ? answer.reason : 'moved';
  };
  it.each<[Application['status'], Command, string]>([
    [
      'applied',
      { do: 'approve' },
      '지금 상태(접수대기)에서는 승인할 수 없습니다. 승인할 수 있는 상태: 검토중.',
    ],
    [
      'active',
      { do: 'hold', reasons: ['login'], smsText: '문자' },
      '지금 상태(이용중)에서는 승인보류할 수 없습니다. 승인보류할 수 있는 상태: 검토중, 연동중.',
    ],
    [
      'active',
      { do: 'linked' },
      '지금 상태(이용중)에서는 연동 완료할 수 없습니다. 연동 완료할 수 있는 상태: 연동중.',
    ],
    [
      'reviewing',
      { do: 'link-failed', why: '오류' },
      '지금 상태(검토중)에서는 연동 실패 처리할 수 없습니다. 연동 실패 처리할 수 있는 상태: 연동중.',
    ],
    [
      'active',
      { do: 'withdraw' },
      '지금 상태(이용중)에서는 취소할 수 없습니다. 취소할 수 있는 상태: 접수대기, 검토중, 연동중, 승인보류.',
    ],
    [
      'linking',
      { do: 'suspend', reason: '실패' },
      '지금 상태(연동중)에서는 이용정지할 수 없습니다. 이용정지할 수 있는 상태: 이용중.',
    ],
    [
      'on-hold',
      { do: 'resume', reason: '해결' },
      '지금 상태(승인보류)에서는 이용 재개할 수 없습니다. 이용 재개할 수 있는 상태: 이용정지.',
    ],
    [
      'reviewing',
      { do: 'terminate', reason: '폐업' },
      '지금 상태(검토중)에서는 해지할 수 없습니다. 해지할 수 있는 상태: 승인보류, 이용중, 이용정지.',
    ],
    ['reviewing', { do: 'hold', reasons: [], smsText: '문자' }, '보류 사유를 하나 이상 골라 주세요.'],
    ['active', { do: 'suspend', reason: ' ' }, '이용정지 사유를 넣어 주세요.'],
    ['suspended', { do: 'resume', reason: '' }, '이용 재개 사유를 넣어 주세요.'],
    ['active', { do: 'terminate', reason: '\n' }, '해지 사유를 넣어 주세요.'],
    ['terminated', { do: 'open' }, '해지된 신청입니다. 새로 신청해 주세요.'],
    [
      'reviewing',
      { do: 'hold', reasons: ['login'], smsText: '가'.repeat(50) },
      '문자 1건보다 깁니다. 5자 줄여 주세요.',
    ],
  ])('%s, %j', (status, command, says) => {
    expect(reason(checked({ status }), command)).toBe(says);
  });

  it('an approval names every check that is open', () => {
    const checks = passed().filter(({ name }) => name !== 'approval-match' && name !== 'customer-known');
    expect(reason(checked({ status: 'reviewing', checks }), { do: 'approve' })).toMatch(
      /^자동 점검에서 확인이 필요한 항목이 남아 있습니다: [^,]+, [^,]+\. 확인하거나 승인보류로 바꿔 주세요\.$/,
    );
  });
});

describe('the table of states', () => {
  const commands: Command[] = [
    { do: 'open' },
    { do: 'approve' },
    { do: 'hold', reasons: ['login'], smsText: '문자' },
    { do: 'linked' },
    { do: 'link-failed', why: '오류' },
    { do: 'withdraw' },
    { do: 'suspend', reason: '실패' },
    { do: 'resume', reason: '해결' },
    { do: 'terminate', reason: '폐업' },
    {
      do: 'correct',
      fields: { ...anApplication(), revision: 2, approvalNo: '1018680002' },
    },
  ];
  it('holds every move there is, and no other', () => {
    const reached = Object.fromEntries(
      APPLICATION_STATUSES.map((status) => [
        status,
        [
          ...new Set(
            commands
              .map((command) => move(checked({ status }), command))
              .flatMap((answer) => (answer.outcome === 'moved' ? [answer.application.status] : []))
              .filter((to) => to !== status),
          ),
        ].toSorted(),
      ]),
    );
    const legal = Object.fromEntries(
      Object.entries(LEGAL_STATES).map(([from, to]) => [from, [...to].toSorted()]),
    );
    expect(reached).toEqual(legal);
  });
});
