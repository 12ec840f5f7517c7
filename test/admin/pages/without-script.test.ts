/** The pages of records through the door, as a browser without script uses them: every question on a page of its own. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordActions, recordPages } from '../../../functions/admin/pages/record-pages.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { T0 } from '../../support/builders.ts';
import { anOperator, fieldsOf, testConsole, type TestConsole } from '../support/console.ts';
import { type Desk, startDesk } from './parcel-desk.ts';

let desk: Desk;
let console_: TestConsole;
let cookie: string;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  console_ = testConsole(desk, { pages: recordPages, actions: recordActions }, { ports: desk.ports });
  cookie = await console_.signIn(anOperator('manage'));
  const body = JSON.stringify({ v: 1, shipmentId: 'S-1' });
  desk.letters.set(
    'Transmission',
    ['m-1', 'm-2', 'm-3'].map((messageId) => ({ messageId, sentAt: T0, received: 1, body })),
  );
});

/** Opens a page, sends its form, answers the question; the page that follows. */
const through = async (at: string, action: string, typed: Record<string, string | string[]>, phrase = '') => {
  const page = await (await console_.get(at, cookie)).text();
  const asked = await console_.post(action, { ...fieldsOf(page, action), ...typed }, cookie);
  expect(asked.status).toBe(200);
  const question = await asked.text();
  const answer = {
    ...typed,
    ...fieldsOf(question, action),
    _confirmed: '1',
    _reason: '사유',
    _phrase: phrase,
  };
  const done = await console_.post(action, { ...answer, ...typed }, cookie);
  const to = done.headers.get('location') ?? '';
  return { question, status: done.status, to, next: await (await console_.get(to, cookie)).text() };
};

describe('without script', () => {
  it('chosen messages are deleted after the word was typed', async () => {
    const { question, status, next } = await through(
      '/dlq/Transmission',
      '/dlq/Transmission/delete',
      { messages: ['m-1', 'm-2'] },
      '삭제',
    );
    expect(question).toContain('2건을 삭제할까요?');
    expect(status).toBe(303);
    expect(next).toContain('2건을 삭제했습니다.');
    expect(desk.letters.get('Transmission')?.map(({ messageId }) => messageId)).toEqual(['m-3']);
  });
  it('choosing none comes back with the fault beside the list', async () => {
    const at = '/dlq/Transmission';
    const page = await (await console_.get(at, cookie)).text();
    const answer = await console_.post(`${at}/delete`, fieldsOf(page, `${at}/delete`), cookie);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/<a href="#messages">.*<p class="err" id="messages">/s);
  });
  it('all messages go back and the way leads to the job', async () => {
    const action = '/dlq/Transmission/return-all';
    const { question, to } = await through('/dlq/Transmission', action, {});
    expect(question).toContain('3건을 모두 되돌릴까요?');
    expect(to).toMatch(/^\/jobs\/2026/);
  });
  it('a holiday is added to the year that was open', async () => {
    const action = '/settings/holidays/add?year=2027';
    const typed = { day: '2027-06-02', name: '임시공휴일' };
    const { question, to, next } = await through('/settings/holidays?year=2027', action, typed);
    expect(question).toContain('2027.6.02(수)을 공휴일로 할까요?');
    expect(to).toBe('/settings/holidays?year=2027');
    expect(next).toContain('<b>임시공휴일</b>');
  });
  it('an SMS is sent again', async () => {
    const Item: Message = {
      messageId: 'A-1#3',
      to: '01000004821',
      template: 'hold.approval',
      text: '[퍼스트몰] 확인 후 다시 신청해 주세요.',
      sendAt: T0,
      createdAt: T0,
      subject: 'application#A-1',
      state: 'unknown',
      attempt: 1,
    };
    await desk.doc.send(new PutCommand({ TableName: desk.tables.messages, Item }));
    const { question, next } = await through('/messages/A-1%233', '/messages/A-1%233/resend', {});
    expect(question).toContain('이미 받았다면 같은 문자를 두 번');
    expect(next).toContain('다시 보낼 문자에 넣었습니다');
  });
});

describe('whoever only looks', () => {
  it('is refused every change', async () => {
    const viewer = await console_.signIn(anOperator('view'));
    for (const { path } of recordActions) {
      const at = path.replace(':queue', 'Transmission').replace(':id', 'A-1%233');
      const { status } = await console_.post(at, {}, viewer);
      expect({ at, status }).toEqual({ at, status: 403 });
    }
  });
  it('reads every page and its twin, which says the same and no more', async () => {
    const viewer = await console_.signIn(anOperator('view'));
    for (const { path } of recordPages) {
      const at = path.replace(':queue', 'Transmission').replace(':id', 'A-1%233');
      const { status } = await console_.get(at, viewer);
      expect({ at, status }).toEqual({ at, status: 200 });
      const twin = await console_.get(`/api${at}`, viewer);
      expect({ at, status: twin.status }).toEqual({ at, status: 200 });
      expect(await twin.text()).not.toContain('01000004821');
    }
  });
});
