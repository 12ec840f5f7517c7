import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importBand, retireBand } from '../../../functions/admin/pages/band/band.actions.ts';
import { bandPage } from '../../../functions/admin/pages/band/band.page.tsx';
import { bandsPage } from '../../../functions/admin/pages/bands/bands.page.tsx';
import { freezePool } from '../../../functions/waybill/freeze.store.ts';
import { T0 } from '../../support/builders.ts';
import { startBands } from './bands-desk.ts';
import { type Desk, show, submit } from './parcel-desk.ts';

let desk: Desk;
const REASON = '담당 우체국에 반납';
beforeAll(async () => {
  desk = await startBands();
});
afterAll(() => desk.stop());

const at = (id: string, query = '') => desk.context({ params: { id }, query: new URLSearchParams(query) });
const deeds = async (subject: string) =>
  (await desk.ports.audit.of(subject)).map(({ what, reason, by, before, after }) => ({
    what,
    reason,
    by: by.name,
    before,
    after,
  }));
const everything = async () => {
  const tables = [desk.tables.pools, desk.tables.ledger, desk.tables.audit];
  const found = await Promise.all(
    tables.map((TableName) => desk.doc.send(new ScanCommand({ TableName, Select: 'COUNT' }))),
  );
  return found.map(({ Count }) => Count);
};
const run = (first: string, last: string) => ({ how: 'range', first, last, receivedOn: '2026-11-24' });

describe('lending numbers to a contract', () => {
  it('refuses what another contract holds by its name, before anything is asked', async () => {
    const context = at('sodam');
    const form = run('6899900200500', '6899900201499');
    const before = await everything();
    expect(await submit(importBand, context, form)).toEqual({
      outcome: 'problems',
      problems: [
        {
          field: 'first',
          message: '하늘책방 대역과 500개 겹칩니다. 우체국에서 받은 번호를 확인해 주세요.',
        },
      ],
    });
    expect(await everything()).toEqual(before);
    const input = {
      request: { kind: 'run' as const, first: form.first, last: form.last },
      receivedOn: '2026-11-24',
    };
    expect(await importBand.confirm?.(context, input)).toBeUndefined();
  });
  it.each([
    [
      run('6899900400009', '6899900400001'),
      'last',
      '끝 번호가 처음 번호보다 작습니다. 두 번호를 확인해 주세요.',
    ],
    [run('689990040000', '6899900400001'), 'first', '운송장번호는 하이픈 없이 숫자 13자리로 넣어 주세요.'],
    [
      { ...run('6899900400001', '6899900400009'), receivedOn: '2026-11-25' },
      'receivedOn',
      '받은 날이 오늘보다 뒤입니다. 날짜를 확인해 주세요.',
    ],
  ])('%j is refused at %s', async (form, field, message) => {
    expect(await submit(importBand, at('sodam'), form)).toEqual({
      outcome: 'problems',
      problems: [{ field, message }],
    });
  });
  it('reports every wrong line of a list and adds none of it', async () => {
    const numbers = '운송장번호\n6899900400000\n68999004\n6899900200007\n6899900400000';
    const before = await everything();
    const answer = await submit(importBand, at('sodam'), { how: 'list', numbers, receivedOn: '2026-11-24' });
    if (answer.outcome !== 'problems') throw new Error(answer.outcome);
    expect(answer.problems).toEqual([
      { field: 'numbers', message: '4줄 가운데 3줄을 고쳐 주세요. 번호는 하나도 추가하지 않았습니다.' },
    ]);
    expect(await everything()).toEqual(before);
    const { text } = await show(bandPage, at('sodam'), {
      shown: answer.shown ?? {},
      problems: answer.problems,
    });
    expect(text).toContain('3번째 68999004 운송장번호는 하이픈 없이');
    expect(text).toContain('4번째 6899900200007 하늘책방 1번째 대역에 이미 있는 번호입니다.');
    expect(text).toContain('5번째 6899900400000 2번째 줄과 같은 번호입니다.');
  });
  it('asks with how many they are, adds them with one audit row, and tells whoever waits', async () => {
    const context = at('sodam');
    const input = importBand.parse(
      { how: ['range'], first: ['6899900400000'], last: ['6899900400999'], receivedOn: ['2026-11-23'] },
      context.params,
    );
    if (input.outcome !== 'input') throw new Error('the form is whole');
    expect((await importBand.confirm?.(context, input.input))?.title).toBe(
      '소담마켓에 1,000개를 추가할까요?',
    );
    expect(await importBand.perform(context, input.input, {})).toMatchObject({
      outcome: 'done',
      to: '/bands/sodam',
      notice: { text: '소담마켓에 1,000개를 추가했습니다. 이제 1,010개 남아 있습니다.' },
    });
    expect(desk.events.splice(0)).toEqual([
      { detailType: 'WaybillBlockImported', detail: { contractId: 'sodam' } },
    ]);
    expect(await deeds('block#sodam#2')).toEqual([
      {
        what: 'block.imported',
        reason: '우체국에서 2026-11-23에 받은 번호',
        by: '김운영',
        before: { available: 10 },
        after: {
          first: '6899900400000',
          last: '6899900400999',
          size: 1000,
          available: 1010,
          receivedOn: '2026-11-23',
        },
      },
    ]);
    const { text } = await show(bandPage, at('sodam'));
    expect(text).toContain('2번째 대역 추가');
    expect(text).toContain('우체국에서 2026-11-23에 받음');
  });
  it('said a second time: they are there, and no second row is written', async () => {
    const before = await everything();
    expect(await submit(importBand, at('sodam'), run('6899900400000', '6899900400999'))).toEqual({
      outcome: 'conflict',
      message: '2번째 대역으로 이미 추가한 번호입니다. 다시 추가하지 않았습니다.',
    });
    expect(await everything()).toEqual(before);
  });
  it('takes a file of numbers', async () => {
    const file = '\uFEFF번호,비고\r\n6899900500003,\r\n6899900500001,\r\n';
    const form = { how: 'list', numbers: '', file, receivedOn: '2026-11-24' };
    expect(await submit(importBand, at('plaza~dalbit'), form)).toMatchObject({ outcome: 'done' });
    const { model, html } = await show(bandPage, at('plaza~dalbit'));
    expect(model.blocks[0]).toMatchObject({ block: 2, size: 2, left: 2, code: 'next' });
    expect(html).not.toContain('<script>');
  });
  it('says of a run while it is typed what an import would say', async () => {
    const tried = async (query: string) => (await show(bandPage, at('haneul', query))).model.tried;
    expect(await tried('first=6899900600000&last=6899900600999')).toMatchObject({
      fits: true,
      says: '1,000개입니다. 다른 대역과 겹치지 않습니다.',
    });
    expect(await tried('first=6899900100000&last=6899900100009')).toMatchObject({
      fits: false,
      says: '소담마켓 대역과 10개 겹칩니다. 우체국에서 받은 번호를 확인해 주세요.',
    });
  });
  it('is not for a contract whose numbers ePost draws, nor for one nobody has', async () => {
    expect(await submit(importBand, at('narae'), run('6899900700000', '6899900700009'))).toMatchObject({
      outcome: 'conflict',
    });
    expect((await show(bandPage, at('narae'))).text).toContain('우체국이 접수하며 번호를 정하는 계약입니다');
    expect(await bandPage.read(at('nobody'))).toEqual({ outcome: 'not-found' });
  });
});

describe('giving a block back', () => {
  it('voids what no parcel has, with one audit row; the second time says who did it', async () => {
    expect((await retireBand.confirm?.(at('sodam'), 2))?.body[0]).toContain('쓰지 않은 번호 1,000개');
    expect(await submit(retireBand, at('sodam'), { block: '2' }, REASON)).toMatchObject({
      outcome: 'done',
      notice: { text: '2번째 대역의 번호 1,000개를 반납했습니다. 이제 10개 남아 있습니다.' },
    });
    expect(await submit(retireBand, at('sodam'), { block: '2' }, REASON)).toEqual({
      outcome: 'conflict',
      message: '11.24(화) 14:20 김운영 님이 이미 반납한 대역입니다.',
    });
    expect(await deeds('block#sodam#2')).toHaveLength(2);
    expect((await deeds('block#sodam#2'))[0]).toMatchObject({
      what: 'block.retired',
      reason: REASON,
      before: { available: 1010 },
      after: { removed: 1000, available: 10 },
    });
    const { html } = await show(bandsPage, desk.context({ query: new URLSearchParams('q=6899900400500') }));
    expect(html).toContain(`쓰지 않고 반납했습니다. 11.24(화) 14:20 김운영 님 · 사유: ${REASON}`);
  });
  it('needs a reason', async () => {
    expect(await submit(retireBand, at('haneul'), { block: '1' })).toMatchObject({ outcome: 'problems' });
  });
});

describe('a frozen pool', () => {
  it('is shown with who, when and why, and cannot be given back', async () => {
    const by = { kind: 'operator' as const, id: 'op-1', name: '이담당' };
    const order = { contractId: 'haneul', by, reason: '복원 뒤 점검', now: T0 };
    await freezePool(desk.doc, desk.tables.pools, desk.ports.audit, order);
    const { model, text } = await show(bandPage, at('haneul'));
    expect(model.code).toBe('frozen');
    expect(text).toContain('번호 발급이 멈춰 있습니다.');
    expect(text).toContain('이담당 님 · 사유: 복원 뒤 점검');
    expect(await submit(retireBand, at('haneul'), { block: '1' }, REASON)).toMatchObject({
      outcome: 'conflict',
    });
  });
});

describe('who may', () => {
  it.each(['view', 'review'] as const)('%s looks, and is told why the buttons are off', async (role) => {
    const { html } = await show(bandPage, at('sodam'), { operator: { id: 'op-2', name: '이담당', role } });
    expect(html).toContain('관리자만 할 수 있습니다');
    expect(html).not.toMatch(/<button[^>]*type="submit"(?![^>]*disabled)/);
    expect(importBand.role).toBe('manage');
  });
});
