import {} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../functions/audit/audit.store.ts';
import { aRequest, type Door, openDoor } from './door.ts';

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.stop());

const audits = async (id = 'A-1') =>
  (await createAudit(door.doc, door.tables).of(`application#${id}`)).map(({ what }) => what).toReversed();
const onHold = async () => {
  await door.put('A-1', aRequest());
  await door.onboard({ v: 1, kind: 'check', applicationId: 'A-1' });
  await door.command('A-1', {
    do: 'hold',
    reasons: ['approval'],
    note: '승인번호를 확인해 주세요.',
    smsText: '확인 후 다시 신청해 주세요.',
  });
};

describe('a submission', () => {
  it('is taken in, told, and its checks are asked for', async () => {
    const answer = await door.put('A-1', aRequest());
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      applicationId: 'A-1',
      shopId: 'sodam',
      revision: 1,
      status: 'applied',
      statusLabel: '접수대기',
      companyName: '소담마켓',
      businessNo: '0010000018',
      customerNo: '0011223344',
      approvalNo: '1018680001',
      numbering: 'band',
      passwordKept: true,
      submittedAt: '2026-11-24T05:20:00.000Z',
      dueAt: '2026-11-27T14:59:59.999Z',
    });
    expect(door.events.map(({ detailType }) => detailType)).toEqual(['ApplicationReceived']);
    expect(door.queued).toEqual([{ v: 1, kind: 'check', applicationId: 'A-1' }]);
    const [row] = await createAudit(door.doc, door.tables).of('application#A-1');
    expect(row).toMatchObject({ by: { kind: 'merchant', id: 'platform' }, requestId: 'req-1' });
  });

  it('told again, even twenty times at once, is one application', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => door.put('A-1', aRequest())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(await audits()).toEqual(['application.received']);
    expect(door.events).toHaveLength(1);
  });

  it('told again after a decision changes nothing and shows the decision', async () => {
    await onHold();
    const again = await door.put('A-1', aRequest());
    expect(again).toMatchObject({ status: 200, json: { status: 'on-hold', revision: 1 } });
    expect(again.json['hold']).toEqual({
      reasons: [{ code: 'approval', text: '승인번호가 일치하지 않음' }],
      note: '승인번호를 확인해 주세요.',
      at: '2026-11-24T05:20:00.000Z',
    });
  });

  it('without a password keeps none', async () => {
    const { epostPassword: _password, ...request } = aRequest();
    expect((await door.put('A-1', request)).json).toMatchObject({ passwordKept: false });
  });

  it('in a year without holidays is refused to be told again later, and counted', async () => {
    door.clock.now = Date.parse('2027-12-30T10:00:00+09:00');
    const answer = await door.put('A-1', aRequest());
    expect(answer).toMatchObject({ status: 503, json: { code: 'no-calendar' } });
    expect(door.figures.get('CalendarWithoutData')).toBe(1);
  });
});

describe('a correction', () => {
  const corrected = aRequest({ revision: 2, approvalNo: '1018680002' });

  it('after a hold re-enters the queue under the same id, due anew', async () => {
    await onHold();
    door.clock.now = Date.parse('2026-11-30T10:00:00+09:00');
    const answer = await door.put('A-1', corrected);
    expect(answer).toMatchObject({
      status: 200,
      json: { status: 'applied', revision: 2, approvalNo: '1018680002', dueAt: '2026-12-03T14:59:59.999Z' },
    });
    expect(answer.json).not.toHaveProperty('hold');
    expect(await audits()).toEqual([
      'application.received',
      'application.checked',
      'application.held',
      'application.corrected',
    ]);
  });

  it('is not undone by a late repeat of what it corrects', async () => {
    await door.put('A-1', aRequest());
    await door.put('A-1', corrected);
    const late = await door.put('A-1', aRequest());
    expect(late).toMatchObject({ status: 409, json: { code: 'stale-revision' } });
    expect((await door.read('A-1')).approvalNo).toBe('1018680002');
  });

  it('under a used revision is refused, naming what differs and what to do', async () => {
    await door.put('A-1', aRequest());
    const answer = await door.put('A-1', aRequest({ approvalNo: '1018680002' }));
    expect(answer).toMatchObject({ status: 409, json: { code: 'same-revision' } });
    expect(answer.json['detail']).toContain('approvalNo');
    expect(answer.json['detail']).toContain('revision을 2로');
  });

  it('while it is linked is refused with the state', async () => {
    await door.put('A-1', aRequest());
    await door.onboard({ v: 1, kind: 'check', applicationId: 'A-1' });
    await door.command('A-1', { do: 'approve' });
    const answer = await door.put('A-1', corrected);
    expect(answer).toMatchObject({ status: 409, json: { code: 'not-now' } });
    expect(answer.json['detail']).toContain('연동 작업 중');
  });
});

describe('one business number', () => {
  it('of another shop is refused, naming the field, and nothing of it is stored', async () => {
    await door.put('A-1', aRequest());
    const answer = await door.put('A-2', aRequest({ shopId: 'dam' }));
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({ code: 'duplicate-business', errors: [{ field: 'businessNo' }] });
    expect(answer.json['detail']).toContain('1544-3270');
    expect((await door.send('GET', '/applications/A-2')).status).toBe(404);
    expect(await audits('A-2')).toEqual([]);
  });

  it('is let in once where an operator allowed it, with the reason in the audit', async () => {
    await door.put('A-1', aRequest());
    await door.command('A-1', { do: 'override-duplicate', reason: '두 쇼핑몰을 운영합니다' });
    expect((await door.put('A-2', aRequest({ shopId: 'dam' }))).status).toBe(201);
    expect((await door.put('A-3', aRequest({ shopId: 'eun' }))).status).toBe(409);
    expect(await audits()).toContain('application.duplicate-allowed');
  });

  it('of the same shop under another id is refused too', async () => {
    await door.put('A-1', aRequest());
    const answer = await door.put('A-2', aRequest({ businessNo: '0020000025' }));
    expect(answer).toMatchObject({ status: 409, json: { code: 'duplicate-shop' } });
  });

  it('of a seller stands beside its shop', async () => {
    await door.put('A-1', aRequest());
    const answer = await door.put('A-2', aRequest({ sellerId: 'seller-1', businessNo: '0020000025' }));
    expect(answer).toMatchObject({ status: 201, json: { sellerId: 'seller-1' } });
  });
});

describe('a withdrawal', () => {
  it('ends an application, once, and frees its business number', async () => {
    await door.put('A-1', aRequest());
    const [one, two] = [
      await door.send('DELETE', '/applications/A-1'),
      await door.send('DELETE', '/applications/A-1'),
    ];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.json).toMatchObject({ status: 'terminated', passwordKept: false });
    expect(await audits()).toEqual(['application.received', 'application.withdrawn']);
    expect((await door.put('A-2', aRequest())).status).toBe(201);
  });

  it('of what is in use is refused', async () => {
    await door.put('A-1', aRequest({ numbering: 'carrier-issued' }));
    await door.onboard({ v: 1, kind: 'check', applicationId: 'A-1' });
    await door.command('A-1', { do: 'approve' });
    await door.onboard({ v: 1, kind: 'link', applicationId: 'A-1' });
    const answer = await door.send('DELETE', '/applications/A-1');
    expect(answer).toMatchObject({ status: 409, json: { code: 'not-now' } });
    expect(answer.json['detail']).toContain('이용중');
  });

  it('of an unknown one is 404', async () => {
    expect(await door.send('DELETE', '/applications/A-9')).toMatchObject({ status: 404 });
  });

  it('ended one is not revived by a correction', async () => {
    await door.put('A-1', aRequest());
    await door.send('DELETE', '/applications/A-1');
    expect(await door.put('A-1', aRequest({ revision: 2 }))).toMatchObject({
      status: 409,
      json: { code: 'terminated' },
    });
  });
});
