import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter } from '../../../functions/admin/dead-letter.ts';
import { dlqActions } from '../../../functions/admin/pages/dlq/dlq.actions.ts';
import { dlqPage } from '../../../functions/admin/pages/dlq/dlq.page.tsx';
import { queuePage } from '../../../functions/admin/pages/dlq/queue.page.tsx';
import { anOrder, aShipment, T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

const [returnOne, returnAll, deleteChosen] = dlqActions;
const HOUR = 3_600_000;
let desk: Desk;
beforeEach(async () => {
  await desk?.stop();
  desk = await startDesk();
});
afterAll(() => desk.stop());

const letter = (messageId: string, body: unknown, over: Partial<DeadLetter> = {}): DeadLetter => ({
  messageId,
  sentAt: T0 - 2 * HOUR,
  received: 3,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  ...over,
});
const event = { 'detail-type': 'OrderShipped', source: 'shop-platform', detail: anOrder() };
const quarantined = (problems: object[], told: unknown = event) => ({
  v: 1,
  problems,
  event: typeof told === 'string' ? told : JSON.stringify(told),
});
const at = (queue: string, over = {}) => desk.context({ params: { queue }, ...over });
const rows = async () => (await desk.ports.audit.page()).rows;

describe('the 실패 보관함', () => {
  it('says of each queue what it is, how much lies there, how old it is and when it will be gone', async () => {
    desk.letters.set('Transmission', [letter('m-1', { v: 1, shipmentId: 'S-1' })]);
    const { text, html } = await show(dlqPage, desk.context());
    expect(text).toContain('우체국 전송 Transmission 1건 11.24(화) 12:20 2시간 전 13일 22시간');
    expect(html).toContain('<code>Transmission</code>');
    expect(text).not.toContain('비어 있습니다');
    expect(await dlqPage.waiting?.(desk.ports, T0)).toEqual({ shown: 1, means: '건 쌓임', tone: 'bad' });
  });
  it('is empty when it is', async () => {
    expect((await show(dlqPage, desk.context())).text).toContain('실패 보관함이 비어 있습니다.');
    expect((await show(queuePage, at('Transmission'))).text).toContain('쌓인 메시지가 없습니다.');
    expect(await dlqPage.waiting?.(desk.ports, T0)).toBeUndefined();
    expect(await queuePage.read(at('Nowhere'))).toEqual({ outcome: 'not-found' });
  });
});

describe('a failed message', () => {
  it('leads to the shipment it is about and says how that stands', async () => {
    const refusal = { code: 'ERR-311', reason: '주소가 없습니다.', mustAct: 'merchant' as const, at: T0 };
    await desk.doc.send(
      new PutCommand({ TableName: desk.tables.shipments, Item: aShipment({ state: 'refused', refusal }) }),
    );
    desk.letters.set('Transmission', [
      letter('m-1', { v: 1, shipmentId: 'S-1' }),
      letter('m-2', { v: 1, shipmentId: 'S-9' }),
    ]);
    const { text, html } = await show(queuePage, at('Transmission'));
    expect(html).toContain('href="/shipments/S-1">68999-0012-3456');
    expect(text).toContain('전송실패: 주소 확인 필요');
    expect(text).toContain('출고 S-9 아직 접수하지 않은 출고');
    expect(text).toContain('3회');
  });
  it('on paper has no column to press in, nor the head of one', async () => {
    desk.letters.set('Transmission', [letter('m-1', { v: 1, shipmentId: 'S-1' })]);
    const { html } = await show(queuePage, at('Transmission'));
    const [heads, cells] = [/<th scope="col"[^>]*noprint/g, /<td[^>]*noprint/g].map(
      (pattern) => html.match(pattern)?.length,
    );
    expect([heads, cells]).toEqual([2, 2]);
  });
  it('that was quarantined says which field was wrong, not what stood in it', async () => {
    desk.letters.set('Quarantine', [
      letter(
        'm-1',
        quarantined([
          { field: 'detail.recipient.mobile', rule: 'must be string', kind: 'nothing' },
          { field: 'detail', rule: 'unknown keys: 가나다 010-0000-4821', kind: 'object' },
          { field: '가나다', rule: '<script>', kind: 'text of 3' },
        ]),
      ),
    ]);
    const { text, html, model } = await show(queuePage, at('Quarantine'));
    expect(text).toContain('detail.recipient.mobile: string 값이어야 합니다 (값이 없음)');
    expect(text).toContain('detail: 약속하지 않은 항목이 있습니다');
    expect(text).toContain('메시지: 형식이 맞지 않습니다 (받은 값: 글자 3개)');
    expect(html + JSON.stringify(model)).not.toMatch(/가나다|0000-4821|세종대로|<script>/);
    expect(html).toContain('href="/shipments/S-1"');
  });
});

describe('sending back', () => {
  it('one message writes one row, and the second time says that it is gone', async () => {
    desk.letters.set('Transmission', [letter('m-1', { v: 1, shipmentId: 'S-1' })]);
    const send = () => submit(returnOne, at('Transmission'), { message: 'm-1' }, '고쳤습니다');
    expect(await send()).toMatchObject({ outcome: 'done', to: '/dlq/Transmission' });
    expect(await send()).toMatchObject({ outcome: 'conflict' });
    expect(await rows()).toMatchObject([
      {
        what: 'queue.returned',
        subject: 'queue#Transmission',
        reason: '고쳤습니다',
        after: { messageId: 'm-1' },
      },
    ]);
  });
  it.each([
    ['Transmission', 'move-messages'],
    // SQS would move the note on what was wrong along with the event
    ['Quarantine', 'return-messages'],
  ])('all of %s begins a job of its own kind and leads to it', async (queue, kind) => {
    desk.letters.set(queue, [letter('m-1', { v: 1 }), letter('m-2', { v: 1 })]);
    const answer = await submit(returnAll, at(queue), {}, '장애가 끝났습니다');
    const [job] = await desk.ports.jobRecords.latest();
    expect(job).toMatchObject({ kind, queue, total: 2, reason: '장애가 끝났습니다' });
    expect(answer).toMatchObject({ outcome: 'done', to: `/jobs/${job?.jobId}` });
    expect((await rows()).map(({ what }) => what)).toEqual(['job.started']);
    expect(desk.sent.jobs).toEqual([{ v: 1, jobId: job?.jobId }]);
  });
  it('rests while a job does it, on the page with a link to that job', async () => {
    desk.letters.set('Transmission', [letter('m-1', { v: 1 })]);
    await submit(returnAll, at('Transmission'), {}, '한 번');
    const [job] = await desk.ports.jobRecords.latest();
    const { html } = await show(queuePage, at('Transmission'));
    expect(html).toMatch(/<button[^>]*disabled[^>]*>모두 되돌리기/);
    expect(html).toMatch(/<button[^>]*disabled[^>]*>한 건 되돌리기/);
    expect(html).toContain(`되돌리는 작업이 진행 중입니다: <a href="/jobs/${job?.jobId}"`);
    expect((await show(dlqPage, desk.context())).text).toContain('우체국 전송 실패 1건 되돌리기');
    expect(await submit(returnAll, at('Transmission'), {}, '두 번')).toMatchObject({ outcome: 'conflict' });
    expect(await submit(returnOne, at('Transmission'), { message: 'm-1' }, 'x')).toMatchObject({
      outcome: 'conflict',
    });
    expect(await desk.ports.jobRecords.latest()).toHaveLength(1);
  });
  it('of nothing is refused, and of a queue without a way back as well', async () => {
    expect(await submit(returnAll, at('Transmission'), {}, 'x')).toMatchObject({ outcome: 'conflict' });
    desk.letters.set('Transmission', [letter('m-1', { v: 1 })]);
    const names = [{ name: 'Transmission', returns: false }];
    const deadLetters = {
      ...desk.ports.deadLetters,
      names,
      giveBackOne: async () => 'no-way-back' as const,
    };
    const there = at('Transmission', { ports: { ...desk.ports, deadLetters } });
    const { html } = await show(queuePage, there);
    expect(html).toContain('되돌아갈 대기열이 없습니다');
    expect(html).toMatch(/<button[^>]*disabled[^>]*>모두 되돌리기/);
    expect(await submit(returnAll, there, {}, 'x')).toMatchObject({ outcome: 'conflict' });
    expect(await submit(returnOne, there, { message: 'm-1' }, 'x')).toMatchObject({ outcome: 'conflict' });
    expect(await rows()).toEqual([]);
  });
});

describe('deleting', () => {
  it('asks for the count, a reason and the word, and writes one row of what is gone', async () => {
    desk.letters.set('Transmission', [letter('m-1', {}), letter('m-2', {}), letter('m-3', {})]);
    const messages = ['m-1', 'm-3', 'm-9'];
    expect(await deleteChosen.confirm?.(at('Transmission'), { messages })).toMatchObject({
      title: '3건을 삭제할까요?',
      submit: '3건 삭제',
      phrase: '삭제',
      asksReason: true,
      danger: true,
    });
    const answer = await submit(deleteChosen, at('Transmission'), { messages }, '시험 메시지');
    expect(answer).toMatchObject({
      outcome: 'done',
      notice: { text: '2건을 삭제했습니다. 1건은 이미 없었습니다.' },
    });
    expect(desk.letters.get('Transmission')?.map(({ messageId }) => messageId)).toEqual(['m-2']);
    expect(await submit(deleteChosen, at('Transmission'), { messages }, '시험 메시지')).toMatchObject({
      outcome: 'conflict',
    });
    expect(await rows()).toMatchObject([{ what: 'queue.deleted', after: { asked: 3, deleted: 2 } }]);
  });
  it('of nothing asks to choose first', async () => {
    expect(await submit(deleteChosen, at('Transmission'))).toMatchObject({
      outcome: 'problems',
      problems: [{ field: 'messages', message: '삭제할 메시지를 골라 주세요' }],
    });
  });
});

describe('whoever may not', () => {
  it('sees buttons that say why they rest', async () => {
    desk.letters.set('Transmission', [letter('m-1', {})]);
    const operator = { id: 'op-2', name: '이담당', role: 'view' as const };
    const { html } = await show(queuePage, at('Transmission'), { operator });
    for (const button of ['모두 되돌리기', '한 건 되돌리기', '고른 건 삭제'])
      expect(html).toMatch(new RegExp(`<button[^>]*disabled[^>]*>${button}`));
    expect(html).toContain('조회 전용이라 할 수 없습니다');
    expect(html).toContain('삭제는 관리자만 할 수 있습니다');
    expect(html).not.toContain('type="checkbox"');
    expect(dlqActions.map(({ role }) => role)).toEqual(['review', 'review', 'manage']);
  });
});
