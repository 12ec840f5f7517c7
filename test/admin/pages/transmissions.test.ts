import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runJob } from '../../../functions/admin/jobs/run-job.ts';
import { resendPorts } from '../../../functions/admin/pages/deeds.ts';
import { resendAllOf, resendChosen } from '../../../functions/admin/pages/transmissions/resend.actions.ts';
import { transmissionsPage } from '../../../functions/admin/pages/transmissions/transmissions.page.tsx';
import { putContract } from '../../../functions/merchant/contract.store.ts';
import { attentionKeys, type Refusal, type Shipment } from '../../../functions/shipment/shipment.ts';
import { createRunTallies } from '../../../functions/transmission/run-tally.store.ts';
import { createAllocate } from '../../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../../functions/waybill/import-block.store.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

let desk: Desk;
const MINUTE = 60_000;
const SCRIPT = '<script>alert(1)</script>';
const refusal = (code: string, mustAct: Refusal['mustAct']): Refusal => ({
  code,
  mustAct,
  reason: '고쳐 주세요.',
  at: T0,
});
const store = async (over: Partial<Shipment>) => {
  const shipment = aShipment(over);
  const kind = (['refused', 'parked', 'waiting'] as const).find((one) => one === shipment.state);
  const Item = { ...shipment, ...(kind && attentionKeys(kind, shipment)) };
  await desk.doc.send(new PutCommand({ TableName: desk.tables.shipments, Item }));
};
const list = (query = '', over = {}) =>
  show(transmissionsPage, desk.context({ query: new URLSearchParams(query), ...over }), {
    now: desk.now,
    ...over,
  });
const stateOf = async (id: string) => (await desk.ports.attempts.read(id))?.state;

beforeAll(async () => {
  desk = await startDesk();
  Object.assign(desk.ports, { tallies: createRunTallies(desk.doc, desk.tables.operations) });
  await putContract(desk.doc, desk.tables.contracts, aContract());
  await putContract(desk.doc, desk.tables.contracts, aContract({ contractId: 'evil', companyName: SCRIPT }));
  await importBlock(desk.doc, desk.tables, {
    contractId: 'sodam',
    request: { kind: 'run', first: '6899900100000', last: '6899900100099' },
    by: '김운영',
    now: T0,
  });
  const ids = ['wait', 'soon', 'late', 'again', 'asked', 'took'];
  const give = createAllocate(desk.doc, desk.tables, () => T0);
  await give(
    aContract(),
    ids.map((shipmentId) => {
      const {
        waybillNumber: _n,
        ledgerSeq: _s,
        allocatedAt: _a,
        state: _t,
        ...rest
      } = aShipment({ shipmentId });
      return { shipment: rest, expect: 'new' as const };
    }),
  );
  desk.now = T0 + 26 * MINUTE;
  const shipped = (minutesAgo: number) => {
    const receivedAt = desk.now - minutesAgo * MINUTE;
    return { receivedAt, deadline: receivedAt + 20 * MINUTE };
  };
  await store({ shipmentId: 'wait', ...shipped(3) });
  await store({ shipmentId: 'soon', ...shipped(17) });
  await store({ shipmentId: 'late', ...shipped(26) });
  await store({
    shipmentId: 'again',
    ...shipped(9),
    state: 'retrying',
    attempt: 2,
    cause: 'timeout',
    notBefore: desk.now + 4 * MINUTE,
  });
  await store({ shipmentId: 'asked', ...shipped(9), state: 'unknown', attempt: 1, cause: 'reset' });
  await store({
    shipmentId: 'took',
    ...shipped(20),
    state: 'accepted',
    booking: { reqNo: '1', resNo: '2', at: desk.now - 14 * MINUTE },
  });
  await store({ shipmentId: 'numberless', ...shipped(1), state: 'waiting', waitingFor: 'pool-empty' });
  for (const [i, over] of [
    { refusal: refusal('ATTEMPTS', 'operator'), state: 'parked' as const, cause: 'timeout', attempt: 5 },
    { refusal: refusal('ATTEMPTS', 'operator'), state: 'parked' as const, cause: 'timeout', attempt: 5 },
    { refusal: refusal('ERR-123', 'operator') },
    { refusal: refusal('ERR-311', 'merchant'), contractId: 'evil', orderId: SCRIPT },
  ].entries())
    await store({ shipmentId: `bad-${i}`, state: 'refused', attempt: 1, ...shipped(50 + i), ...over });
  await createRunTallies(desk.doc, desk.tables.operations).write({
    at: desk.now - MINUTE,
    done: 7,
    failed: 2,
  });
});
afterAll(() => desk.stop());
beforeEach(() => {
  desk.sent.transmission.length = 0;
  desk.sent.jobs.length = 0;
});

describe('the list of transmissions', () => {
  it('opens with what failed, by cause and by who must act', async () => {
    const { model, text, html } = await list();
    expect(model.tab).toBe('failed');
    expect(model.counts).toEqual({ pending: 4, retrying: 2, failed: 4, done: 7 });
    expect(model.causes.map(({ words, count, who }) => [words, count, who])).toEqual([
      ['우체국 응답 시간 초과', 2, 'operator'],
      ['승인번호 불일치', 1, 'operator'],
      ['주소 확인 필요', 1, 'merchant'],
    ]);
    expect(model.byWho.map(({ who, count }) => `${who} ${count}`)).toEqual(['operator 3', 'merchant 1']);
    expect(text).toContain('실패 4건 모두 다시 전송');
    expect(text).toContain('5/5');
    expect(html).not.toContain('<script>');
    expect(JSON.stringify(model)).not.toMatch(/가나다|01000000000|세종대로/);
  });

  it('shows those of one cause, or of one who must act', async () => {
    expect((await list('tab=failed&cause=ERR-123')).model.rows.map(({ shipmentId }) => shipmentId)).toEqual([
      'bad-2',
    ]);
    expect((await list('tab=failed&who=merchant')).model.rows.map(({ shipmentId }) => shipmentId)).toEqual([
      'bad-3',
    ]);
    const { text } = await list('tab=failed&cause=gone');
    expect(text).toContain('이 원인으로 실패한 출고가 없습니다.');
  });

  it('says how old each is against the 20 minutes, in words', async () => {
    const { model, text } = await list('tab=pending');
    expect(model.rows.map(({ shipmentId, age }) => [shipmentId, age])).toEqual([
      ['late', 'over'],
      ['soon', 'soon'],
      ['wait', 'in-time'],
      ['numberless', 'in-time'],
    ]);
    expect(text).toContain('20분 넘김');
    expect(text).toContain('운송장번호 부족');
  });

  it('says when each is tried again, and what is asked first', async () => {
    const { text } = await list('tab=retrying');
    expect(text).toContain('2/5');
    expect(text).toContain('11.24(화) 14:50');
    expect(text).toContain('접수 여부를 먼저 확인');
  });

  it('lists what ePost took today', async () => {
    const { model } = await list('tab=done');
    expect(model.rows.map(({ shipmentId, ageMs }) => [shipmentId, ageMs])).toEqual([['took', 6 * MINUTE]]);
  });

  it('is a file too', async () => {
    const { model } = await list('tab=failed', { as: 'csv' });
    const csv = transmissionsPage.csv!(model);
    expect(csv.name).toBe('transmissions-failed');
    expect(csv.rows).toHaveLength(4);
  });

  it('promises the rail what waits', async () => {
    expect(await transmissionsPage.waiting!(desk.ports, desk.now)).toEqual({
      shown: 4,
      means: '건 실패',
      tone: 'bad',
    });
  });

  it('offers whoever only looks nothing to press', async () => {
    const operator = { id: 'op-2', name: '이담당', role: 'view' as const };
    const { html } = await list('tab=failed', { operator });
    expect(html).not.toMatch(/<button(?![^>]*disabled)[^>]*type="submit"/);
    expect(html).not.toContain('type="checkbox"');
    expect(html).toContain('심사 담당자만 할 수 있습니다.');
  });
});

describe('sending again', () => {
  it('asks to choose before anything is sent', async () => {
    const answer = await submit(resendChosen, desk.context(), {}, '고침');
    expect(answer).toEqual({
      outcome: 'problems',
      problems: [{ field: 'ids', message: '다시 보낼 출고를 하나 이상 골라 주세요' }],
    });
  });

  it('says how many before it asks for the reason, and that many become a job', async () => {
    const context = desk.context();
    expect(await resendChosen.confirm!(context, ['a', 'b', 'c'])).toMatchObject({
      title: '출고 3건을 다시 전송할까요?',
      asksReason: true,
      submit: '3건 다시 전송',
    });
    const many = Array.from({ length: 11 }, (_, i) => `S-${i}`);
    expect((await resendChosen.confirm!(context, many))?.body.join(' ')).toContain('작업으로 진행합니다');
    expect((await resendAllOf.confirm!(context, { cause: '', who: '' }))?.title).toContain('4건');
  });

  it('sends a few at once, leaves out what needs nothing, and writes one row', async () => {
    const answer = await submit(resendChosen, desk.context(), { ids: ['bad-2', 'bad-3', 'nobody'] }, '고침');
    expect(answer).toMatchObject({
      outcome: 'done',
      notice: { tone: 'warn', text: expect.stringContaining('2건을 다시 전송할 목록에 넣었습니다') },
    });
    expect(desk.sent.transmission).toHaveLength(2);
    expect(await Promise.all(['bad-2', 'bad-3'].map(stateOf))).toEqual(['allocated', 'allocated']);
    const { rows } = await desk.ports.audit.page();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      what: 'shipment.resent',
      reason: '고침',
      by: { name: '김운영' },
      after: { shipmentIds: ['bad-2', 'bad-3'] },
    });
  });

  it('sends all of one cause, and nothing of another', async () => {
    const which = { cause: 'ATTEMPTS.timeout', who: '' };
    expect(await submit(resendAllOf, desk.context(), which, '우체국 복구')).toMatchObject({
      outcome: 'done',
    });
    expect(desk.sent.transmission).toEqual(
      ['bad-0', 'bad-1'].map((shipmentId) => ({ v: 1, shipmentId, again: desk.now })),
    );
    expect(await submit(resendAllOf, desk.context(), which, '우체국 복구')).toMatchObject({
      outcome: 'conflict',
    });
  });

  it('makes more than a handful a job, which a worker does', async () => {
    for (let i = 0; i < 12; i++)
      await store({ shipmentId: `many-${i}`, state: 'refused', refusal: refusal('ERR-311', 'merchant') });
    const answer = await submit(resendAllOf, desk.context(), { cause: 'ERR-311', who: '' }, '주소를 고침');
    expect(answer).toMatchObject({ outcome: 'done', to: expect.stringMatching(/^\/jobs\//) });
    expect(desk.sent.transmission).toEqual([]);
    const [job] = await desk.ports.jobRecords.latest(1);
    expect(job).toMatchObject({ title: '주소 확인 필요 12건 다시 전송', total: 12, reason: '주소를 고침' });
    const { jobRecords: jobs, jobs: queue, deadLetters, clock } = desk.ports;
    const ports = { jobs, queue, resend: resendPorts(desk.ports), deadLetters, clock };
    expect(await runJob(ports, job!.jobId, Infinity)).toBe('done');
    expect(desk.sent.transmission).toHaveLength(12);
    const { model, text } = await list('tab=failed');
    expect(model.rows).toEqual([]);
    expect(text).toContain('전송하지 못한 출고정보가 없습니다.');
  });
});
