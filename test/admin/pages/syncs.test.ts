import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { syncPage } from '../../../functions/admin/pages/sync/sync.page.tsx';
import { healthOf } from '../../../functions/admin/pages/syncs/health.ts';
import { askSync, syncNowAction } from '../../../functions/admin/pages/syncs/syncs.action.ts';
import { syncsPage } from '../../../functions/admin/pages/syncs/syncs.page.tsx';
import { putContract } from '../../../functions/merchant/contract.store.ts';
import { createQuotaCounter } from '../../../functions/tracking/quota.store.ts';
import { emptyTally, type Run, type Tally } from '../../../functions/tracking/run.ts';
import { none } from '../../../functions/tracking/whom-to-ask.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PERIOD = 3 * HOUR;

const aRun = ({ tally, ...over }: Partial<Omit<Run, 'tally'>> & { tally?: Partial<Tally> }): Run => {
  const startedAt = over.startedAt ?? T0;
  return {
    runId: `${new Date(startedAt).toISOString()}#m`,
    startedAt,
    source: 'data-go-kr',
    round: 1,
    shares: none(),
    leg: 1,
    busyUntil: 0,
    beatAt: startedAt,
    nextDueAt: startedAt + PERIOD,
    tally: { ...emptyTally(), ...tally },
    ...over,
  };
};
const done = (startedAt: number, tally: Partial<Tally> = {}, over: Partial<Run> = {}): Run =>
  aRun({ startedAt, endedAt: startedAt + 4 * MINUTE, outcome: 'done', tally, ...over });

let desk: Desk;
const keep = async (...runs: Run[]) => {
  for (const run of runs)
    await desk.doc.send(
      new PutCommand({ TableName: desk.tables.operations, Item: { pk: 'sync', sk: run.runId, ...run } }),
    );
};
const use = (calls: number) =>
  createQuotaCounter(desk.doc, desk.tables.operations).reserve('data-go-kr', '20261124', calls, 10_000, T0);

describe('tracking rounds', () => {
  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(() => desk.stop());

  it('none ever ran: says so, and when they run', async () => {
    const { model, text } = await show(syncsPage, desk.context());
    expect(text).toContain('아직 실행한 적이 없습니다. 3시간마다 자동으로 실행합니다.');
    expect(model.health).toBeUndefined();
    expect(await syncsPage.waiting?.(desk.ports, T0)).toBeUndefined();
  });

  it('are listed newest first, with the next one by the schedule and the calls of today', async () => {
    await keep(
      done(T0 - 8 * HOUR, { asked: 40, changed: 4, failed: { timeout: 2, 'ERR-321': 1 } }),
      aRun({ startedAt: T0 - 5 * HOUR, endedAt: T0 - 3 * HOUR, outcome: 'interrupted' }),
      done(T0 - 2 * HOUR - 20 * MINUTE, { asked: 1902, changed: 120, uncovered: 31 }),
      // Begun by hand: it does not move the schedule.
      done(T0 - HOUR, { asked: 12, changed: 1 }, { askedBy: '이담당' }),
    );
    await use(1914);
    const { model, text } = await show(syncsPage, desk.context());
    expect(model.rows.map(({ code, failed, askedBy }) => [code, failed, askedBy])).toEqual([
      ['done', 0, '이담당'],
      ['partly', 0, undefined],
      ['interrupted', 0, undefined],
      ['partly', 3, undefined],
    ]);
    expect(text).toContain('다음 실행 15:00 (40분 후)');
    expect(text).toContain('1,914회 / 10,000회');
    expect(text).toContain('31건은 다음에');
    expect(text).toContain('이담당 님이 시작');
    expect(syncsPage.csv?.(model).rows[1]).toEqual([
      '2026.11.24(화) 12:00',
      240,
      1902,
      31,
      120,
      0,
      '일부 확인',
      '자동',
    ]);
  });

  it('count for the rail when they broke off after the last good one', async () => {
    expect(await syncsPage.waiting?.(desk.ports, T0)).toBeUndefined();
    await keep(aRun({ startedAt: T0 - 40 * MINUTE, beatAt: T0 - 39 * MINUTE }));
    expect(await syncsPage.waiting?.(desk.ports, T0)).toEqual({
      shown: 1,
      means: '번 실행 실패',
      tone: 'bad',
    });
  });

  it.each([
    [3 * HOUR + 10 * MINUTE, 'normal'],
    [3 * HOUR + 10 * MINUTE + 1, 'late'],
    [6 * HOUR, 'late'],
    [6 * HOUR + 1, 'stopped'],
  ])('%i ms after the last good one they are %s', (ms, code) => {
    const runs = [done(T0 - ms - 4 * MINUTE), done(T0 - 24 * HOUR)];
    expect(healthOf(runs, T0, PERIOD)).toEqual({ code, lastDoneAt: T0 - ms });
  });
});

describe('one round', () => {
  beforeAll(async () => {
    desk = await startDesk();
    await putContract(desk.doc, desk.tables.contracts, aContract({ companyName: '<script>' }));
  });
  afterAll(() => desk.stop());

  it('tells what it found, why it failed, and what is no longer kept', async () => {
    const item = aShipment({ shipmentId: 'S-1', state: 'accepted' });
    await desk.doc.send(new PutCommand({ TableName: desk.tables.shipments, Item: item }));
    const run = done(T0 - HOUR, {
      asked: 300,
      changed: 204,
      notFound: 2,
      failed: { timeout: 2, quota: 5 },
      changes: [
        ['S-1', 'delivered'],
        ['S-gone', 'collected'],
      ],
    });
    await keep(run);
    const id = run.runId.replace('#', '~');
    const { text, html, model } = await show(syncPage, desk.context({ params: { id } }));
    expect(html).toContain('href="/shipments/S-1"');
    expect(text).toContain('68999-0012-3456');
    expect(text).toContain('배송완료');
    expect(text).toContain('바뀐 204건 가운데 처음 2건만 보관합니다.');
    expect(text).toContain('S-gone 보관 기간이 지남');
    expect(model.failures).toEqual([
      { cause: '오늘 조회 횟수를 모두 씀', count: 5 },
      { cause: '우체국 응답 시간 초과', count: 2 },
    ]);
    expect(html).not.toContain('<script>');
  });
  it('nobody ran is not found', async () => {
    expect(await syncPage.read(desk.context({ params: { id: 'x' } }))).toEqual({ outcome: 'not-found' });
  });
});

describe('a round begun by hand', () => {
  beforeEach(async () => {
    desk = await startDesk();
    await keep(done(T0 - HOUR));
    return () => desk.stop();
  });
  const ask = () => submit(syncNowAction, desk.context(), {}, '판매자 문의');

  it('is asked for with a reason, put on the queue with who asked, and written down once', async () => {
    await use(9_000);
    expect((await syncNowAction.confirm?.(desk.context(), null))?.asksReason).toBe(true);
    expect(await ask()).toMatchObject({ outcome: 'done', to: '/syncs' });
    expect(desk.sent.tracking).toEqual([{ v: 1, kind: 'start', by: '김운영' }]);
    const rows = await desk.ports.audit.of('sync#all');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      what: 'sync.asked',
      reason: '판매자 문의',
      by: { id: 'op-1' },
      before: { quotaUsed: 9000 },
    });
  });
  it('is not begun twice while the first is on its way', async () => {
    await ask();
    expect(await ask()).toEqual({
      outcome: 'conflict',
      message: '방금 김운영 님이 시작했습니다. 곧 목록에 나타납니다.',
    });
    expect(desk.sent.tracking).toHaveLength(1);
    desk.now = T0 + 3 * MINUTE;
    expect(await ask()).toMatchObject({ outcome: 'done' });
  });
  it.each([
    ['at work', { busyUntil: T0 + MINUTE }, '실행이 진행 중입니다'],
    ['waiting for ePost', { waiting: 'maintenance' as const }, '기다리는 실행이 있습니다'],
  ])('is refused while one is %s', async (_name, over, says) => {
    await keep(aRun({ startedAt: T0 - 5 * MINUTE, beatAt: T0 - MINUTE, ...over }));
    expect(await ask()).toEqual({ outcome: 'conflict', message: expect.stringContaining(says) });
    expect((await show(syncsPage, desk.context())).text).toContain(says);
    expect(desk.sent.tracking).toEqual([]);
  });
  it('is refused once even what is kept for checks by hand is used up', async () => {
    await use(9_999);
    expect((await show(syncsPage, desk.context())).model.now.may).toBe(true);
    expect(askSync({ used: 9999, daily: 10_000, forNow: 1 }).body[1]).toContain('1회 가운데 1회까지');
    await use(1);
    expect(await ask()).toEqual({
      outcome: 'conflict',
      message: '오늘 쓸 수 있는 조회 10,000회를 모두 썼습니다. 내일 0시부터 다시 시작할 수 있습니다.',
    });
  });
  it('is not for whoever only looks', async () => {
    const operator = { id: 'op-2', name: '이담당', role: 'view' as const };
    const { html } = await show(syncsPage, desk.context(), { operator });
    expect(html).toMatch(/<button[^>]*disabled[^>]*>지금 갱신/);
    expect(html).toContain('심사 담당자만 할 수 있습니다');
  });
});
