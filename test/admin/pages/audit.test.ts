import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPage } from '../../../functions/admin/pages/audit/audit.page.tsx';
import { csvText } from '../../../functions/admin/csv.ts';
import { DEEDS } from '../../../functions/audit/deeds.ts';
import type { AuditEntry } from '../../../functions/audit/audit.ts';
import { KIM, LEE } from '../../support/applications.ts';
import { T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk } from './parcel-desk.ts';

const DAY = 86_400_000;
let desk: Desk;

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  at: T0,
  by: KIM,
  what: 'shipment.resent',
  subject: 'shipment#S-1',
  ...over,
});
const look = (query = '', over = {}) =>
  show(auditPage, desk.context({ query: new URLSearchParams(query), ...over }));
const seqs = async (query: string) => (await look(query)).model.rows.map(({ seq }) => seq);

beforeAll(async () => {
  desk = await startDesk();
  const rows: Partial<AuditEntry>[] = [
    { at: T0 - 3 * DAY, what: 'application.received', subject: 'application#A-1' },
    { at: T0 - 2 * DAY, what: 'application.held', subject: 'application#A-1', reason: 'customer' },
    { at: T0 - 2 * DAY, by: LEE, what: 'personal-data.revealed', subject: 'shipment#S-1', reason: '=1+1' },
    { at: T0 - DAY, by: LEE, what: 'message.resent', subject: 'message#A-1#2', before: { state: 'failed' } },
    { at: T0, subject: 'shipment#S-2', reason: '<script>alert(1)</script>', requestId: 'req-7' },
  ];
  for (const row of rows) await desk.ports.audit.append(entry(row));
});
afterAll(() => desk.stop());

describe('the record of deeds', () => {
  it('lists the latest first, in words, with what it was about and why', async () => {
    const { model, text, html } = await look();
    expect(model.rows.map(({ deed }) => deed)).toEqual([
      '출고정보 다시 전송',
      '문자 다시 보내기',
      '개인정보 전체 보기',
      '승인보류',
      '신청 접수',
    ]);
    expect(text).toContain('11.24(화) 14:20:00');
    expect(text).toContain('req-7');
    expect(text).toContain('고객번호가 유효하지 않음');
    expect(html).toContain('href="/messages/A-1%232"');
    expect(html).not.toContain('<script>');
  });
  it.each([
    ['who', 'who=이담당', [4, 3]],
    ['whose id it is', 'who=op-1', [5, 2, 1]],
    ['what', 'what=application.held', [2]],
    ['a part of the subject', 'subject=A-1', [4, 2, 1]],
    ['the whole subject', 'subject=application%23A-1', [2, 1]],
    ['the Korean day', 'on=2026-11-22', [3, 2]],
    ['the first day there is', 'on=2026-11-21', [1]],
    ['a day before any', 'on=2025-01-01', []],
    ['all at once', 'who=김운영&subject=application%23A-1&what=application.received', [1]],
  ])('finds by %s', async (_, query, found) => {
    expect(await seqs(query)).toEqual(found);
  });
  it('finds a day far back without walking all the way', async () => {
    const far = await startDesk();
    for (let n = 0; n < 120; n++)
      await far.ports.audit.append(entry({ at: T0 + n * DAY, subject: `shipment#${n}` }));
    const { model } = await show(auditPage, far.context({ query: new URLSearchParams('on=2026-11-25') }));
    expect(model.rows.map(({ subject }) => subject)).toEqual(['shipment#1']);
    expect(model.looked).toBeLessThan(60);
    await far.stop();
  });
  it('goes on where the list before ended', async () => {
    const rows = 55;
    const long = await startDesk();
    for (let n = 1; n <= rows; n++) await long.ports.audit.append(entry({ subject: `shipment#${n}` }));
    const first = await show(auditPage, long.context());
    expect(first.model.rows).toHaveLength(50);
    expect(first.html).toContain('href="/audit?before=6"');
    const second = await show(auditPage, long.context({ query: new URLSearchParams('before=6') }));
    expect(second.model.rows.map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
    expect(second.html).not.toContain('다음 목록');
    await long.stop();
  });
  it('says what to do when nothing matches', async () => {
    expect((await look('who=아무개')).text).toContain('조건과 맞는 기록이 없습니다');
  });
  it('is a file that a spreadsheet cannot run', async () => {
    const { model } = await look('', { as: 'csv' });
    const csv = csvText(auditPage.csv!(model));
    expect(csv).toContain('시각,누가,무엇을');
    expect(csv).toContain("'=1+1");
  });
  it('can be read by whoever only looks', () => {
    expect(auditPage.role).toBe('view');
  });
});

describe('the chain', () => {
  it('is confirmed in words, as far as the list reaches', async () => {
    expect((await look('check=chain')).text).toContain('1번부터 5번까지 5건이 모두 이어져 있고');
    expect((await look('check=chain&before=4')).text).toContain('1번부터 3번까지 3건이');
    expect((await look('check=chain&subject=application%23A-1')).text).toContain(
      '2건에 고친 흔적이 없습니다',
    );
  });
  it('tells of a row that was changed afterwards, also where a filter hides it', async () => {
    await desk.doc.send(
      new UpdateCommand({
        TableName: desk.tables.audit,
        Key: { chain: 'main', seq: 3 },
        UpdateExpression: 'SET reason = :other',
        ExpressionAttributeValues: { ':other': '다른 사유' },
      }),
    );
    expect((await look('check=chain')).text).toContain('3번 기록이 앞 기록과 이어지지 않습니다');
    expect((await look('check=chain&what=application.received')).text).toContain('3번 기록이');
    expect((await look('check=chain&subject=shipment%23S-1')).text).toContain('3번 기록이');
    expect((await look('check=chain&before=3')).text).toContain('이어져 있고');
  });
});

// That no code lacks a word is the type's doing: a row takes codes of this table alone.
describe('words for deeds', () => {
  it('tell every deed from every other', () => {
    const words = Object.values(DEEDS);
    expect(words.filter((word) => !/[가-힣]/.test(word))).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
  });
});
