import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { csvText } from '../../../functions/admin/csv.ts';
import { messagePage } from '../../../functions/admin/pages/messages/message.page.tsx';
import { messagesPage } from '../../../functions/admin/pages/messages/messages.page.tsx';
import { resendSmsAction } from '../../../functions/admin/pages/messages/resend-sms.actions.ts';
import { APPLICATION_STATUSES } from '../../../functions/merchant/application.ts';
import type { Message, MessageState } from '../../../functions/notification/message.ts';
import { anApplication } from '../../support/applications.ts';
import { T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

const MINUTE = 60_000;
const EIGHT = Date.parse('2026-11-25T08:00:00+09:00');
const TEXT = '[퍼스트몰] 우체국택배 승인보류: 승인번호가 다릅니다. 확인 후 다시 신청해 주세요.';
let desk: Desk;
beforeEach(async () => {
  await desk?.stop();
  desk = await startDesk();
});
afterAll(() => desk.stop());

const owe = (messageId: string, state: MessageState, over: Partial<Message> = {}) =>
  desk.doc.send(
    new PutCommand({
      TableName: desk.tables.messages,
      Item: {
        messageId,
        to: '01000004821',
        template: 'hold.approval',
        text: TEXT,
        sendAt: T0,
        createdAt: T0,
        subject: `application#${messageId.split('#')[0]}`,
        state,
        ...(state !== 'pending' && { attempt: 1, tries: 1, claimedAt: T0 + MINUTE }),
        ...over,
      } satisfies Message,
    }),
  );
const merchant = (applicationId: string, companyName: string) =>
  desk.doc.send(
    new PutCommand({
      TableName: desk.tables.applications,
      Item: anApplication({
        applicationId,
        companyName,
        shopId: applicationId,
        status: APPLICATION_STATUSES[4],
      }),
    }),
  );
const look = (query = '', over = {}) =>
  show(messagesPage, desk.context({ query: new URLSearchParams(query), ...over }));
const at = (id: string) => desk.context({ params: { id } });

describe('the list of SMS', () => {
  it('shows each with its state, its use, its lengths and a masked number', async () => {
    await merchant('A-1', '담은공방');
    await owe('A-1#3', 'sent', { sentAt: T0 + MINUTE });
    const { text, html, model } = await look();
    expect(text).toContain('승인보류: 승인번호가 일치하지 않음');
    expect(text).toContain('담은공방 010-****-4821 47/70자 80/90바이트 발송완료');
    expect(html + JSON.stringify(model)).not.toMatch(/01000004821|0000-?4821/);
  });
  it('says why one waits, failed or is unknown', async () => {
    await owe('A-1#1', 'pending', { sendAt: EIGHT });
    await owe('A-2#1', 'pending');
    await owe('A-3#1', 'failed', { failure: 'recipient-refused' });
    await owe('A-4#1', 'unknown', { failure: 'no-answer' });
    const { text, model } = await look();
    expect(text).toContain('밤에는 보내지 않아 08:00까지 기다립니다.');
    expect(text).toContain('11.25(수) 08:00');
    expect(text).toContain('곧 보냅니다.');
    expect(text).toContain('010으로 시작하는 휴대폰 번호가 아니라');
    expect(text).toContain('도착했는지 알 수 없습니다');
    expect(model.tabs).toMatchObject([
      { key: 'all' },
      { key: 'waiting', count: 2 },
      { key: 'sent' },
      { key: 'failed', count: 1 },
      { key: 'unknown', count: 1 },
    ]);
    expect((await look('tab=failed')).model.rows.map(({ messageId }) => messageId)).toEqual(['A-3#1']);
    expect(await messagesPage.waiting?.(desk.ports, T0)).toEqual({
      shown: 1,
      means: '건 발송실패',
      tone: 'bad',
    });
  });
  it('finds those of one merchant', async () => {
    await merchant('A-1', '담은공방');
    await merchant('A-2', '하루문구');
    await owe('A-1#1', 'sent');
    await owe('A-2#1', 'sent');
    const { model } = await look('q=하루');
    expect(model.rows.map(({ messageId }) => messageId)).toEqual(['A-2#1']);
    expect((await look('q=없는곳')).text).toContain('맞는 쇼핑몰의 문자가 없습니다');
  });
  it('goes on where it ended, and begins anew where a link was cut off', async () => {
    for (let n = 0; n < 53; n++) await owe(`A-${n}#1`, n % 2 === 0 ? 'sent' : 'failed', { sendAt: T0 + n });
    const first = await look();
    const second = await look(`cursor=${first.model.cursor}`);
    const seen = [...first.model.rows, ...second.model.rows].map(({ messageId }) => messageId);
    expect(new Set(seen).size).toBe(53);
    expect(second.model.cursor).toBeUndefined();
    expect((await look('cursor=bm9wZQ')).model.rows).toEqual(first.model.rows);
    expect((await look(`cursor=${first.model.cursor?.slice(0, 30)}`)).model.rows).toEqual(first.model.rows);
  });
  it('says what would be here when there is nothing', async () => {
    expect((await look()).text).toContain('신청을 승인보류로 바꾸면 여기에 나타납니다');
    expect((await look('tab=failed')).text).toContain('보내지 못한 문자가 없습니다');
  });
  it('is a file with the number masked', async () => {
    await owe('A-1#1', 'sent');
    const csv = csvText(messagesPage.csv!((await look('', { as: 'csv' })).model));
    expect(csv).toContain('010-****-4821');
    expect(csv).not.toContain('0000');
  });
  it('leaves markup of an edited text', async () => {
    await owe('A-1#1', 'sent', { text: '<script>alert(1)</script>' });
    expect((await look()).html).not.toContain('<script>');
    expect((await show(messagePage, at('A-1#1'))).html).not.toContain('<script>');
  });
});

describe('one SMS', () => {
  it('tells its story and refuses to go twice', async () => {
    await merchant('A-1', '담은공방');
    await owe('A-1#3', 'sent', { sentAt: T0 + MINUTE, providerId: 'sns-1' });
    const { text, html } = await show(messagePage, at('A-1#3'));
    expect(text).toContain('이미 보냈습니다. 보낸 문자는 다시 보내지 않습니다.');
    expect(html).toMatch(/<button[^>]*disabled[^>]*>다시 보내기/);
    expect(html).not.toContain('01000004821');
    expect(await submit(resendSmsAction, at('A-1#3'), {}, '못 받음')).toMatchObject({ outcome: 'conflict' });
  });
  it('that failed goes once more with a reason and one row of the record', async () => {
    await owe('A-1#3', 'failed', { failure: 'OptedOutException' });
    expect((await show(messagePage, at('A-1#3'))).html).toContain('앞서 보낸 문자는 나가지 않았습니다.');
    expect(await submit(resendSmsAction, at('A-1#3'), {}, '')).toMatchObject({ outcome: 'conflict' });
    const [one, other] = await Promise.all(
      [1, 2].map(() => submit(resendSmsAction, at('A-1#3'), {}, '번호를 확인했습니다')),
    );
    expect([one?.outcome, other?.outcome].toSorted()).toEqual(['conflict', 'done']);
    expect(await desk.ports.messages.read('A-1#3')).toMatchObject({ state: 'pending', resends: 1 });
    const { rows } = await desk.ports.audit.page();
    expect(rows).toMatchObject([
      { what: 'message.resent', subject: 'message#A-1#3', reason: '번호를 확인했습니다', requestId: 'req-1' },
    ]);
    expect((await show(messagePage, at('A-1#3'))).text).toContain('문자 다시 보내기 김운영');
  });
  it('that is unknown warns that the merchant may have it already, and tells of the night', async () => {
    await owe('A-1#3', 'unknown', { failure: 'no-answer' });
    const night = Date.parse('2026-11-24T23:00:00+09:00');
    const asked = await resendSmsAction.confirm?.(
      desk.context({ params: { id: 'A-1#3' }, now: night }),
      null,
    );
    expect(asked).toMatchObject({ asksReason: true, sms: TEXT });
    expect(asked?.body.join(' ')).toMatch(/이미 받았다면 같은 문자를 두 번.*내일 08:00에 보냅니다/);
  });
  it('is not found by a name nobody has', async () => {
    expect(await messagePage.read(at('nobody'))).toEqual({ outcome: 'not-found' });
    expect(await submit(resendSmsAction, at('nobody'), {}, 'x')).toEqual({ outcome: 'not-found' });
  });
  it('offers whoever only looks a button that says why it rests', async () => {
    await owe('A-1#3', 'failed');
    const operator = { id: 'op-2', name: '이담당', role: 'view' as const };
    const { html } = await show(messagePage, at('A-1#3'), { operator });
    expect(html).toMatch(/<button[^>]*disabled[^>]*>다시 보내기/);
    expect(html).toContain('조회 전용이라 할 수 없습니다');
  });
});
