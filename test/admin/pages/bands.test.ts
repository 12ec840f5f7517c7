import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bandsPage } from '../../../functions/admin/pages/bands/bands.page.tsx';
import { T0 } from '../../support/builders.ts';
import { startBands } from './bands-desk.ts';
import { type Desk, show } from './parcel-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startBands();
});
afterAll(() => desk.stop());

describe('the numbers of all contracts', () => {
  it('stand with who runs out first on top, with what is left and for how long', async () => {
    const { model, text, html } = await show(bandsPage, desk.context());
    expect(model.rows.map(({ contractId, code }) => [contractId, code])).toEqual([
      ['sodam', 'soon'],
      ['plaza/dalbit', 'enough'],
      ['haneul', 'enough'],
    ]);
    // 90 in ten business days: 9 a day, and 10 left last for one.
    expect(text).toContain('68999-0010-0000 ~ 68999-0010-0099 10 10% 9개 11.25(수) 1영업일 뒤');
    expect(text).toContain('번호를 더 받아야 할 쇼핑몰이 1곳 있습니다');
    expect(html).not.toMatch(/style=|<script>/);
    expect(await bandsPage.waiting?.(desk.ports, T0)).toMatchObject({ shown: 1, tone: 'warn' });
  });
  it('are found by a part of the name, and downloaded whole', async () => {
    const query = new URLSearchParams('q=하늘');
    const { model } = await show(bandsPage, desk.context({ query }));
    expect(model.rows.map(({ shop }) => shop)).toEqual(['하늘책방']);
    expect(bandsPage.csv?.(model).rows).toEqual([
      ['하늘책방', 'haneul', '6899900200000', '6899900200999', 1000, 100, '', '', '', '정상'],
    ]);
  });
  it('say where a number is', async () => {
    const where = async (q: string) =>
      (await show(bandsPage, desk.context({ query: new URLSearchParams({ q }) }))).html;
    const given = await where('68999-0010-0003');
    expect(given).toContain('소담마켓 1번째 대역의 4번째 번호입니다.');
    expect(given).toContain('href="/shipments/sodam-3"');
    expect(await where('6899900100095')).toContain('아직 쓰지 않았습니다');
    expect(await where('1111111111111')).toContain('추가한 어느 대역에도 없는 번호입니다');
  });
});
