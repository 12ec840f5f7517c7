/** The console's forms in a real browser: pressed twice, by two at once, too late, and without any script. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRequest } from '../platform-api/door.ts';
import { signatureOf } from '../security/support/signed-request.ts';
import { type Desk, noBrowser, openDesk, PEOPLE, shows, skipped, startOfWork } from './desk.ts';
import { control } from './npm-start.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };

describe.skipIf(noBrowser)(`a form of the console${skipped}`, () => {
  let desk: Desk;
  let one: Page;
  beforeAll(async () => {
    desk = await openDesk(4760);
    await startOfWork(desk.running);
    one = await desk.open('review');
  });
  afterAll(() => desk.stop());

  const at = (page: Page, path: string) => page.goto(`${desk.origin}${path}`);
  const model = async <T>(path: string, page: Page): Promise<T> =>
    (await page.request.get(`${desk.origin}/api${path}`)).json() as Promise<T>;
  const statusOf = async (id: string) => (await model<{ status: string }>(`/applications/${id}`, one)).status;
  /** The platform hands in an application that can only be held: ePost does not know the customer. */
  const apply = async (id: string, businessNo: string) => {
    const body = JSON.stringify(aRequest({ shopId: `shop-${id}`, businessNo, companyName: `${id} 상점` }));
    const url = new URL(`/applications/${id}`, desk.running.ready.api);
    const signed = signatureOf({ method: 'PUT', url, body }, { accessKeyId: 'platform', secret: 'local' });
    const headers = { 'content-type': 'application/json', ...signed };
    const answer = await fetch(url, { method: 'PUT', body, headers });
    expect(answer.status).toBe(201);
    const status = async () => (await model<{ status: string }>(`/applications/${id}`, one)).status;
    await expect.poll(status, PATIENCE).toBe('reviewing');
  };

  it('sent by two operators at once has the effect of the first, and the second is told', async () => {
    await apply('J-two', '0030000033');
    const other = await desk.open('manage');
    for (const page of [one, other]) {
      await at(page, '/applications/J-two');
      await page.getByLabel('자세한 안내').fill(page === one ? '먼저 누른 사람' : '나중에 누른 사람');
      await page.getByRole('button', { name: '승인보류하고 문자 보내기' }).click();
    }
    const press = (page: Page) =>
      page.getByRole('button', { name: '보류하고 문자 보내기', exact: true }).click();
    await press(one);
    await shows(one, '승인보류로 바꾸');
    await press(other);
    await shows(other, /먼저 처리했습니다/);
    const { hold } = await model<{ hold: { note: string; by: string } }>('/applications/J-two', one);
    expect(hold).toMatchObject({ note: '먼저 누른 사람', by: '김운영' });
    await other.context().close();
  });

  it('sent after the session ended keeps what was typed, does nothing, and goes on after a new sign-in', async () => {
    await apply('J-late', '0040000040');
    const typed = '고객번호를 우체국 홈페이지에서 다시 확인해 주시고, 확인한 화면을 보내 주세요.';
    const page = await desk.open('review');
    await at(page, '/applications/J-late');
    await page.getByLabel('자세한 안내').fill(typed);
    await control(desk.running, '/clock', { advanceMs: 31 * 60_000 });
    await page.getByRole('button', { name: '승인보류하고 문자 보내기' }).click();
    await page.getByRole('button', { name: '보류하고 문자 보내기', exact: true }).click();
    await shows(page, '자리를 비운 사이 로그아웃됐습니다');
    expect(await page.locator('textarea[name=note]').inputValue()).toBe(typed);
    const [window] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '새 창에서 로그인' }).click(),
    ]);
    await window.getByRole('button', { name: PEOPLE.review }).click();
    await shows(window, '로그인했습니다');
    one = window;
    expect(await statusOf('J-late')).toBe('reviewing');
    await page.getByRole('button', { name: '로그인한 뒤 이어서 하기' }).click();
    await shows(page, '아직 처리하지 않았습니다');
    expect(await page.getByLabel('자세한 안내').inputValue()).toBe(typed);
    expect(await statusOf('J-late')).toBe('reviewing');
    await page.getByRole('button', { name: '승인보류하고 문자 보내기' }).click();
    await page.getByRole('button', { name: '보류하고 문자 보내기', exact: true }).click();
    await shows(page, '승인보류로 바꾸');
    expect(await statusOf('J-late')).toBe('on-hold');
  });

  it('leaves the browsers without a complaint but for the answers that are meant to be refusals', () => {
    const meant = /the server responded with a status of (401|403|409)/;
    expect(desk.trouble.filter((text) => !meant.test(text))).toEqual([]);
  });

  describe('without any script', () => {
    let page: Page;
    beforeAll(async () => {
      page = await desk.open('manage', { javaScriptEnabled: false });
    });
    const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
    /** The question stands on a page of its own. */
    const confirm = async (name: string | RegExp, reason?: string) => {
      if (reason !== undefined) await page.getByLabel('사유').fill(reason);
      await press(name);
    };

    it('holds an application', async () => {
      await at(page, '/applications/demo-2101');
      await page.getByRole('button', { name: '승인보류하고 문자 보내기' }).click();
      await shows(page, '승인보류로 바꾸고 문자를 보낼까요?');
      expect(await statusOf('demo-2101')).toBe('reviewing');
      await confirm('보류하고 문자 보내기');
      await shows(page, '승인보류로 바꾸');
      expect(await statusOf('demo-2101')).toBe('on-hold');
    });

    it('that lacks something comes back with a list of what, and what was typed', async () => {
      await at(page, '/settings/holidays');
      await page.getByLabel('이름').fill('임시공휴일');
      await press('공휴일 추가');
      await shows(page, /확인이 필요한 항목이 1개 있습니다/);
      expect(await page.title()).toMatch(/^오류: /);
      expect(await page.getByLabel('이름').inputValue()).toBe('임시공휴일');
    });

    it('adds a holiday', async () => {
      await at(page, '/settings/holidays');
      await page.getByLabel('날짜').fill(`${new Date().getFullYear()}-12-30`);
      await page.getByLabel('이름').fill('임시공휴일');
      await press('공휴일 추가');
      await confirm('공휴일 추가', '정부 발표');
      await shows(page, '임시공휴일');
    });

    it('lends numbers, pasted one by one', async () => {
      await at(page, '/bands');
      await page
        .getByRole('link', { name: /푸른식탁/ })
        .first()
        .click();
      await page.getByText('번호 목록', { exact: true }).click();
      await page.getByLabel('번호 붙여 넣기').fill('6899970000101\n6899970000102\n6899970000103');
      await press('대역 추가');
      await shows(page, /3개를 추가할까요/);
      await confirm('대역 추가');
      await shows(page, /푸른식탁에 3개를 추가했습니다/);
    });

    it('sends chosen failures again', async () => {
      await at(page, '/transmissions?tab=failed');
      await page.locator('input[name=ids]').first().check();
      await press('고른 출고 다시 전송');
      await shows(page, '출고 1건을 다시 전송할까요?');
      await confirm('1건 다시 전송', '주소를 고쳤습니다');
      await shows(page, '1건을 다시 전송할 목록에 넣었습니다');
    });

    it('sends a failed message back', async () => {
      const { queues } = await model<{ queues: { name: string; waiting: number; returns: boolean }[] }>(
        '/dlq',
        page,
      );
      const full = queues.find(({ waiting, returns }) => waiting > 0 && returns);
      await at(page, `/dlq/${full?.name}`);
      await press('한 건 되돌리기');
      await confirm('한 건 되돌리기', '원인을 고쳤습니다');
      await shows(page, '1건을 원래 대기열로 되돌렸습니다');
    });
  });
});
