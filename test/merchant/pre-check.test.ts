import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckName, CheckOutcome } from '../../functions/merchant/application.ts';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const check = (applicationId = 'A-1') => world.onboard({ v: 1, kind: 'check', applicationId });
const outcomes = async () =>
  Object.fromEntries((await world.read('A-1')).checks.map(({ name, outcome }) => [name, outcome])) as Record<
    CheckName,
    CheckOutcome
  >;
const detail = async (name: CheckName) =>
  (await world.read('A-1')).checks.find((one) => one.name === name)?.detail;
const audits = async () =>
  (await createAudit(world.doc, world.tables).of('application#A-1')).map(({ what }) => what);
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
