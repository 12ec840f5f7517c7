import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../../functions/admin/page.ts';
import { holidaysActions } from '../../../functions/admin/pages/holidays/holidays.actions.ts';
import { holidaysPage } from '../../../functions/admin/pages/holidays/holidays.page.tsx';
import { anApplication } from '../../support/applications.ts';
import { T0 } from '../../support/builders.ts';
import { type Desk, show, startDesk, submit } from './parcel-desk.ts';

const DAY = 86_400_000;
const [addDay, removeDay, completeYear] = holidaysActions;
let desk: Desk;
beforeEach(async () => {
  await desk?.stop();
  desk = await startDesk();
});
afterAll(() => desk.stop());

const context = (query = '') => desk.context({ now: desk.now, query: new URLSearchParams(query) });
const look = (query = '', view = {}) => show(holidaysPage, context(query), view);
const question = async <Input>(action: Action<Input>, form: Record<string, string>) => {
  const parsed = action.parse(
    Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]])),
    {},
  );
  if (parsed.outcome === 'problems') throw new Error(JSON.stringify(parsed.problems));
  return action.confirm?.(context(), parsed.input);
};
const rows = async () => (await desk.ports.audit.page()).rows;
const election = { day: '2026-11-26', name: '임시공휴일' };

describe('the holidays of a year', () => {
  it('come from the gazette, each with its weekday', async () => {
    const { text, model } = await look();
    expect(model).toMatchObject({ year: 2026, data: 'gazette', missing: [] });
    expect(text).toContain('12.25(금) 기독탄신일 관보 월력요항');
  });
  it('of another year are a link away, of a strange one are not', async () => {
    expect((await look('year=2025')).model.year).toBe(2025);
    expect((await look('year=1999')).model.year).toBe(2026);
  });
});

describe('a day that an operator adds', () => {
  it('is in the list at once, with who added it, and in one row of the record', async () => {
    expect(await submit(addDay, context(), election, '관보 제1호')).toMatchObject({ outcome: 'done' });
    expect((await look()).text).toContain('11.26(목) 임시공휴일 운영자 추가 김운영 · 11.24(화)');
    expect(await rows()).toMatchObject([
      { what: 'holiday.added', subject: 'holiday#2026-11-26', reason: '관보 제1호', requestId: 'req-1' },
    ]);
  });
  it('moves no promised date, and the question says whose it touches', async () => {
    const waiting = anApplication({ status: 'reviewing', companyName: '담은공방', dueAt: T0 + 3 * DAY });
    await desk.doc.send(new PutCommand({ TableName: desk.tables.applications, Item: waiting }));
    const asked = await question(addDay, election);
    expect(asked?.title).toBe('11.26(목)을 공휴일로 할까요?');
    expect(asked?.body.join(' ')).toContain('담은공방(기한 11.27(금))');
    expect(asked?.body.join(' ')).toContain('이미 정한 승인 기한은 옮기지 않습니다');
    await submit(addDay, context(), election, '관보 제1호');
    expect((await desk.ports.applications.read('A-1'))?.dueAt).toBe(waiting.dueAt);
    const later = await question(addDay, { ...election, day: '2026-12-31' });
    expect(later?.body.join(' ')).toContain('처리 중 신청은 없습니다');
  });
  it('on a weekend changes nothing, and the question says so', async () => {
    const asked = await question(addDay, { ...election, day: '2026-11-28' });
    expect(asked?.body.join(' ')).toContain('주말이라');
  });
  it.each([
    [{ day: '2026-02-30', name: '없는 날' }, 'day', '달력에 있는 날'],
    [{ day: '', name: '' }, 'name', '이름을 넣어'],
    [{ day: '2026-12-25', name: '성탄절' }, 'day', '이미 공휴일입니다(기독탄신일)'],
    [{ day: '2031-01-02', name: '먼 날' }, 'day', '2025년부터 2028년'],
  ])('%j is sent back with the fix', async (form, field, says) => {
    const answer = await submit(addDay, context(), form, '사유');
    if (answer.outcome !== 'problems') throw new Error(answer.outcome);
    expect(answer.problems.find((problem) => problem.field === field)?.message).toContain(says);
    expect(await rows()).toEqual([]);
  });
  it('is told once, whoever adds it at the same time', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => submit(addDay, context(), election, '관보')));
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
  });
  it('can be taken back, once', async () => {
    await submit(addDay, context(), election, '관보');
    expect((await question(removeDay, { day: election.day }))?.body[0]).toContain('임시공휴일을 지우고');
    expect(await submit(removeDay, context(), { day: election.day }, '취소됨')).toMatchObject({
      outcome: 'done',
    });
    expect(await submit(removeDay, context(), { day: election.day }, '취소됨')).toMatchObject({
      outcome: 'conflict',
    });
    expect(await submit(removeDay, context(), { day: '2026-12-25' }, '관보의 날')).toMatchObject({
      outcome: 'conflict',
    });
    expect((await look()).text).not.toContain('11.26(목)');
    expect((await rows()).map(({ what }) => what)).toEqual(['holiday.removed', 'holiday.added']);
  });
});

describe('a year without data', () => {
  const at = (time: string) => void (desk.now = Date.parse(time));

  it('is warned of from December on, and is an error once it has begun', async () => {
    at('2027-11-30T23:59:59+09:00');
    expect((await look()).model.missing).toEqual([]);
    at('2027-12-01T00:00:00+09:00');
    expect((await look()).html).toMatch(/note warn"><p>2028년 공휴일 자료가 없습니다/);
    expect(await holidaysPage.waiting?.(desk.ports, desk.now)).toMatchObject({ tone: 'warn' });
    at('2028-01-01T00:00:00+09:00');
    expect((await look()).html).toMatch(/note bad"><p>2028년 공휴일 자료가 없어 새 신청의 승인 기한을/);
    expect(await holidaysPage.waiting?.(desk.ports, desk.now)).toMatchObject({ tone: 'bad' });
  });
  it('is complete when an operator who entered its days says so, and not before', async () => {
    at('2027-12-01T00:00:00+09:00');
    const complete = () => submit(completeYear, context(), { year: '2028' }, '월력요항 대조');
    expect(await complete()).toMatchObject({ outcome: 'conflict' });
    await submit(addDay, context(), { day: '2028-01-26', name: '설날' }, '월력요항');
    expect((await look('year=2028')).text).toContain('1일을 넣었습니다');
    expect(await complete()).toMatchObject({ outcome: 'done' });
    expect(await complete()).toMatchObject({ outcome: 'conflict' });
    expect((await look('year=2028')).model).toMatchObject({ data: 'stated', missing: [] });
    expect((await rows()).map(({ what }) => what)).toEqual(['holiday.year-completed', 'holiday.added']);
  });
});

describe('whoever may not set the calendar', () => {
  it.each(['view', 'review'] as const)('sees it and why the button rests: %s', async (role) => {
    const operator = { id: 'op-2', name: '이담당', role };
    const { html } = await look('', { operator });
    expect(html).toMatch(/<button[^>]*disabled[^>]*>공휴일 추가/);
    expect(html).toContain('공휴일은 관리자만 바꿀 수 있습니다');
    expect(holidaysActions.map((action) => action.role)).toEqual(['manage', 'manage', 'manage']);
  });
});
