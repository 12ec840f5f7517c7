import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
const approved = async (over = {}) => {
  await world.submit('A-1', over);
  await check();
  expect(await world.command('A-1', { do: 'approve' })).toMatchObject({ outcome: 'moved' });
};

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
    expect(await world.holidays.read()).toEqual({ days: {}, completeYears: [], addedBy: {} });
    const rows = await createAudit(world.doc, world.tables).of('holiday#2026-11-26');
    expect(rows.map(({ what }) => what)).toEqual(['holiday.removed', 'holiday.added']);
  });
});
