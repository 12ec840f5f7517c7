import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckName, CheckOutcome } from '../../functions/merchant/application.ts';
import { noticeFor } from '../../functions/merchant/expiry-watch.ts';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { T0 } from '../support/builders.ts';
import { startWorld, type World } from './world.ts';

const DAY = 86_400_000;
let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const check = (applicationId = 'A-1') => world.onboard({ v: 1, kind: 'check', applicationId });
const link = (applicationId = 'A-1') => world.onboard({ v: 1, kind: 'link', applicationId });
const outcomes = async () =>
  Object.fromEntries((await world.read('A-1')).checks.map(({ name, outcome }) => [name, outcome])) as Record<
    CheckName,
    CheckOutcome
  >;
const detail = async (name: CheckName) =>
  (await world.read('A-1')).checks.find((one) => one.name === name)?.detail;
const audits = async () =>
  (await createAudit(world.doc, world.tables).of('application#A-1')).map(({ what }) => what);
const approved = async (over = {}) => {
  await world.submit('A-1', over);
  await check();
  expect(await world.command('A-1', { do: 'approve' })).toMatchObject({ outcome: 'moved' });
};
const told = () => world.events.map(({ detailType }) => detailType);

describe('a pre-check', () => {
  it('of a sound application passes everything and brings it under review', async () => {
    await world.submit('A-1');
    await check();
    expect(new Set(Object.values(await outcomes()))).toEqual(new Set(['passed']));
    expect(await world.read('A-1')).toMatchObject({ status: 'reviewing', approvalExpiresAt: '2099-12-31' });
  });

  it('run again with the same end writes nothing', async () => {
    await world.submit('A-1');
    await check();
    const before = await world.read('A-1');
    await check();
    expect(await world.read('A-1')).toEqual(before);
    expect(await audits()).toEqual(['application.checked', 'application.received']);
  });

  it('names a customer number that is another one, and an approval that is not its own', async () => {
    await world.submit('A-1', { customerNo: '0011223355', approvalNo: '1018680009' });
    world.office.control.setCustomer('0011223355', [{ apprNo: '1018680001' }]);
    await check();
    expect(await outcomes()).toMatchObject({
      'customer-known': 'failed',
      'approval-match': 'failed',
      'approval-expiry': 'could-not-run',
    });
    expect(await world.command('A-1', { do: 'approve' })).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    ['an unknown customer', null, 'approval-match', 'failed'],
    [
      'an approval that has run out',
      [{ apprNo: '1018680001', expiredYmd: '20261101' }],
      'approval-expiry',
      'failed',
    ],
    [
      'an approval that was closed',
      [{ apprNo: '1018680001', closedYmd: '20261110' }],
      'approval-expiry',
      'failed',
    ],
    [
      'the last day of an approval',
      [{ apprNo: '1018680001', expiredYmd: '20261124' }],
      'approval-expiry',
      'passed',
    ],
  ] as const)('of %s', async (_, approvals, name, outcome) => {
    world.office.control.setCustomer('0011223344', approvals);
    await world.submit('A-1');
    await check();
    expect((await outcomes())[name]).toBe(outcome);
  });

  it.each(['maintenance', 'timeout-before', 'http-500', 'garbled'] as const)(
    'that meets %s could not run, which is not passed',
    async (kind) => {
      world.office.control.setFault({ kind });
      await world.submit('A-1');
      await check();
      expect(await outcomes()).toMatchObject({
        'customer-known': 'could-not-run',
        'approval-match': 'could-not-run',
        'approval-expiry': 'could-not-run',
        'customer-format': 'passed',
      });
      expect(await detail('customer-known')).toContain('확인하지 못했습니다');
      expect(await world.command('A-1', { do: 'approve' })).toMatchObject({ outcome: 'refused' });
    },
  );

  it('shows a customer number that another business uses', async () => {
    await world.submit('A-2', { shopId: 'dam', businessNo: '0030000033' });
    await world.submit('A-1');
    await check();
    expect((await outcomes())['business-unique']).toBe('failed');
    expect(await detail('business-unique')).toContain('A-2');
  });

  it('finds the version it is about: an application corrected meanwhile is checked again', async () => {
    await world.submit('A-1');
    const { epost } = world.ports;
    let corrections = 0;
    world.ports.epost = {
      ...epost,
      getCustNo: async (memberId) => {
        if (corrections++ === 0) await world.command('A-1', { do: 'open' });
        return epost.getCustNo(memberId);
      },
    };
    await check();
    expect(corrections).toBe(2);
    expect(await world.read('A-1')).toMatchObject({ status: 'reviewing', version: 3 });
  });
});

describe('the link work', () => {
  it('with numbers in the pool registers the site and brings the merchant into use', async () => {
    await approved();
    world.available.set('sodam', 1184);
    await link();
    expect(await world.read('A-1')).toMatchObject({ status: 'active' });
    expect(await outcomes()).toMatchObject({ 'site-registered': 'passed', 'numbers-ready': 'passed' });
    const sites = await world.ports.epost.getOfficeInfo('0011223344');
    expect(sites).toMatchObject({ outcome: 'ok', value: [{ officeSer: 'SODAM1' }] });
    expect(told()).toContain('ApplicationActivated');
    await link();
    expect((await audits()).filter((what) => what === 'application.activated')).toHaveLength(1);
  });

  it('leaves a site that ePost knows alone', async () => {
    await approved();
    world.available.set('sodam', 1);
    const { zip, tel, contact, address1, address2 } = (await world.read('A-1')).site;
    const site = { officeSer: 'SODAM1', name: '먼저', zip, tel, contact, address1, address2 };
    await world.ports.epost.insertOffice({ customerNo: '0011223344', ...site });
    await link();
    const sites = await world.ports.epost.getOfficeInfo('0011223344');
    expect(sites).toMatchObject({ outcome: 'ok', value: [{ name: '먼저' }] });
    expect((await world.read('A-1')).status).toBe('active');
  });

  it('waits for numbers in band mode, saying so once, and goes on when they come', async () => {
    await approved();
    await link();
    await link();
    expect(await world.read('A-1')).toMatchObject({
      status: 'linking',
      linkProblem: '배정한 운송장번호가 없습니다. 운송장번호 대역을 추가해 주세요.',
    });
    expect((await audits()).filter((what) => what === 'application.checked')).toHaveLength(2);
    world.available.set('sodam', 100);
    await world.onboard({ 'detail-type': 'WaybillBlockImported', detail: { contractId: 'sodam' } });
    expect(await world.read('A-1')).toMatchObject({ status: 'active' });
    expect(await world.read('A-1')).not.toHaveProperty('linkProblem');
  });

  it('needs no numbers where ePost issues them', async () => {
    await approved({ numbering: 'carrier-issued' });
    await link();
    expect((await world.read('A-1')).status).toBe('active');
  });

  it('waits while ePost is away, and goes back to review when ePost refuses the site', async () => {
    await approved({ numbering: 'carrier-issued' });
    world.office.control.setFault({ kind: 'maintenance' });
    await link();
    expect((await world.read('A-1')).status).toBe('linking');
    world.office.control.clearFaults();
    world.office.control.setCustomer('0011223344', null);
    await link();
    const back = await world.read('A-1');
    expect(back.status).toBe('reviewing');
    expect(back.linkProblem).toContain('고객번호');
  });
});

describe('two operators', () => {
  it('deciding at once: one decision, one SMS; the other is told of it', async () => {
    await world.submit('A-1');
    await check();
    const { version } = await world.read('A-1');
    const hold = { do: 'hold', reasons: ['login'], smsText: '확인 후 다시 신청해 주세요.' } as const;
    const answers = await Promise.all([
      world.command('A-1', { ...hold, reasons: ['login'] }, version),
      world.command('A-1', { ...hold, reasons: ['bizno'] }, version),
    ]);
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['changed', 'moved']);
    const stored = await world.read('A-1');
    expect(answers.find(({ outcome }) => outcome === 'changed')).toEqual({
      outcome: 'changed',
      existing: stored,
    });
    expect(told().filter((type) => type === 'ApplicationHeld')).toHaveLength(1);
    expect(await world.command('A-1', { do: 'approve' }, version)).toMatchObject({ outcome: 'changed' });
  });
});

describe('news that could not be told', () => {
  it('stay owed and are told by the next sweep, once', async () => {
    await world.submit('A-1');
    world.events.length = world.queued.length = 0;
    world.failing.bus = true;
    await check();
    expect(
      await world.command('A-1', { do: 'hold', reasons: ['login'], smsText: '확인해 주세요.' }),
    ).toMatchObject({
      outcome: 'moved',
    });
    world.failing.bus = false;
    world.clock.now += 5 * 60_000;
    await world.onboard({ v: 1, kind: 'due' });
    await world.onboard({ v: 1, kind: 'due' });
    expect(told().filter((type) => type === 'ApplicationHeld')).toHaveLength(1);
    expect(world.queued).toContainEqual({ v: 1, kind: 'check', applicationId: 'A-1' });
  });
});

describe('the watch over the due date', () => {
  const due = () => world.onboard({ v: 1, kind: 'due' });

  it.each([
    [0, { ApplicationsOverdue: 0, ApplicationsDueToday: 0, ApplicationsUndecided: 1 }],
    [3, { ApplicationsOverdue: 0, ApplicationsDueToday: 1, ApplicationsUndecided: 1 }],
    [4, { ApplicationsOverdue: 1, ApplicationsDueToday: 0, ApplicationsUndecided: 1 }],
  ])('%i days after receipt on a Tuesday', async (days, figures) => {
    await world.submit('A-1');
    world.clock.now += days * DAY;
    await due();
    expect(Object.fromEntries(world.figures)).toMatchObject(figures);
  });

  it('counts nothing once it is decided', async () => {
    await world.submit('A-1');
    await check();
    await world.command('A-1', { do: 'hold', reasons: ['login'], smsText: '확인해 주세요.' });
    world.clock.now += 9 * DAY;
    await due();
    expect(world.figures.get('ApplicationsOverdue')).toBe(0);
  });

  it('asks again for a check that never came and a link that has not ended', async () => {
    await world.submit('A-1');
    world.clock.now += 11 * 60_000;
    await due();
    expect(world.queued).toContainEqual({ v: 1, kind: 'check', applicationId: 'A-1' });
    await check();
    await world.command('A-1', { do: 'approve' });
    world.queued.length = 0;
    await due();
    expect(world.queued).toEqual([{ v: 1, kind: 'link', applicationId: 'A-1' }]);
  });

  it('says from December on that the next year has no holidays', async () => {
    world.clock.now = Date.parse('2027-11-30T12:00:00+09:00');
    await due();
    expect(world.figures.get('CalendarYearMissing')).toBe(0);
    world.clock.now = Date.parse('2027-12-01T00:00:00+09:00');
    await due();
    expect(world.figures.get('CalendarYearMissing')).toBe(1);
    const by = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
    await world.holidays.completeYear(2028, { by, now: T0 });
    await due();
    expect(world.figures.get('CalendarYearMissing')).toBe(0);
  });
});

describe('the watch over contracts that end', () => {
  it.each([
    ['20261225', undefined],
    ['20261224', 30],
    ['20261202', 30],
    ['20261201', 7],
    ['20261126', 7],
    ['20261125', 1],
    ['20261124', 1],
    ['20261123', undefined],
  ])('ending on %s, seen on 2026-11-24: within %s days', (end, within) => {
    expect(noticeFor(end, T0)).toBe(within);
  });

  it('tells each merchant once at each mark, and anew after a renewal', async () => {
    await approved({ numbering: 'carrier-issued' });
    await link();
    const expiry = async (day: string, end: string) => {
      world.clock.now = Date.parse(`${day}T09:00:00+09:00`);
      world.office.control.setCustomer('0011223344', [{ apprNo: '1018680001', expiredYmd: end }]);
      await world.onboard({ v: 1, kind: 'expiry' });
    };
    const notices = () =>
      world.events.flatMap((e) => (e.detailType === 'ApprovalExpiring' ? [e.detail.withinDays] : []));
    await expiry('2026-11-25', '20261231');
    expect(notices()).toEqual([]);
    await expiry('2026-12-05', '20261231');
    await expiry('2026-12-06', '20261231');
    expect(notices()).toEqual([30]);
    await expiry('2026-12-26', '20261231');
    await expiry('2026-12-30', '20261231');
    expect(notices()).toEqual([30, 7, 1]);
    await expiry('2026-12-31', '20271231');
    expect(await world.read('A-1')).not.toHaveProperty('expiryNotice');
    await expiry('2027-12-30', '20271231');
    expect(notices()).toEqual([30, 7, 1, 1]);
    expect(world.figures.get('ContractsExpiring1')).toBe(1);
  });

  it('keeps what it knows while ePost does not answer', async () => {
    await approved({ numbering: 'carrier-issued' });
    await link();
    const before = await world.read('A-1');
    world.office.control.setFault({ kind: 'maintenance' });
    await world.onboard({ v: 1, kind: 'expiry' });
    expect(await world.read('A-1')).toEqual(before);
    expect(world.figures.get('ExpiryUnanswered')).toBe(1);
  });
});

describe('the heartbeat of the key', () => {
  it('is an answer of ePost itself', async () => {
    await world.onboard({ v: 1, kind: 'heartbeat' });
    expect(world.figures.get('KeyHeartbeatFailed')).toBe(0);
    world.office.control.setFault({ kind: 'error', code: 'ERR-123', message: '인증키' });
    await world.onboard({ v: 1, kind: 'heartbeat' });
    expect(world.figures.get('KeyHeartbeatFailed')).toBe(1);
  });
});

describe('holidays an operator added', () => {
  const by = { kind: 'operator', id: 'op-1', name: '김운영' } as const;
  it('count for the next application, are audited, and can be taken back', async () => {
    const dueDay = async (id: string, shopId: string, businessNo: string) => {
      await world.submit(id, { shopId, businessNo });
      return new Date((await world.read(id)).dueAt + 9 * 3_600_000).toISOString().slice(0, 10);
    };
    expect(await dueDay('A-1', 'sodam', '0010000018')).toBe('2026-11-27');
    await world.holidays.add('2026-11-26', '임시공휴일', { by, now: T0, reason: '관보 제1호' });
    expect(await dueDay('A-2', 'dam', '0020000025')).toBe('2026-11-30');
    await world.holidays.remove('2026-11-26', { by, now: T0 });
    expect(await world.holidays.read()).toEqual({ days: {}, completeYears: [] });
    const rows = await createAudit(world.doc, world.tables).of('holiday#2026-11-26');
    expect(rows.map(({ what }) => what)).toEqual(['holiday.removed', 'holiday.added']);
  });
});
