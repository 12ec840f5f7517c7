/** A day at the console in a real browser: applications decided, parcels followed, failures sent again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, noBrowser, openDesk, shows, signIn, skipped, startOfWork } from './desk.ts';
import { control, jumpUntil } from './npm-start.ts';
import { openPlatform, type Platform } from './platform.ts';

const MINUTE = 60_000;
const PATIENCE = { timeout: 60_000, interval: 250 };

describe.skipIf(noBrowser)(`an operator at the console${skipped}`, () => {
  let desk: Desk;
  let platform: Platform;
  let page: Page;
  beforeAll(async () => {
    desk = await openDesk(4750);
    platform = openPlatform(desk.running);
    await startOfWork(desk.running);
    page = await desk.open('review');
  });
  afterAll(async () => {
    platform.close();
    await desk.stop();
  });

  const at = (path: string) => page.goto(`${desk.origin}${path}`);
  const advance = (minutes: number) => control(desk.running, '/clock', { advanceMs: minutes * MINUTE });
  const says = (text: string | RegExp, where = page) => shows(where, text);
  const textOf = async (where = page) => (await where.locator('main').textContent()) ?? '';
  /** The page as a program reads it. */
  const model = async <T>(path: string, where = page): Promise<T> =>
    (await where.request.get(`${desk.origin}/api${path}`)).json() as Promise<T>;

  it('begins where the sign-in leads', async () => {
    expect(new URL(page.url()).pathname).toBe('/settings/display');
    await says('김운영');
  });

  it('holds an application; the merchant gets one SMS, though the button is pressed twice', async () => {
    await at('/applications/demo-2101');
    await page.getByRole('button', { name: '승인보류하고 문자 보내기' }).click();
    await page.getByRole('button', { name: '보류하고 문자 보내기', exact: true }).dblclick();
    await says('승인보류로 바꾸');
    const held = async () =>
      (await desk.sms()).filter((text) => text.includes('승인보류: 승인번호가 다릅니다')).length;
    await expect
      .poll(async () => {
        await advance(1);
        return held();
      }, PATIENCE)
      .toBe(1);
    for (let i = 0; i < 3; i++) await advance(2);
    expect(await held()).toBe(1);
    const { history } = await model<{ history: { title: string }[] }>('/applications/demo-2101');
    expect(history.filter(({ title }) => title.includes('보류')).length).toBe(1);
  });

  it('approves an application, which is in use a moment later', async () => {
    await at('/applications/demo-2102');
    await page.getByText('승인', { exact: true }).first().click();
    await page
      .getByRole('button', { name: /^승인하/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^승인하/ })
      .click();
    await page.waitForLoadState();
    const status = async () => (await model<{ status: string }>('/applications/demo-2102')).status;
    await expect
      .poll(async () => {
        await advance(1);
        return status();
      }, PATIENCE)
      .toBe('active');
    await at('/applications/demo-2102');
    await says('이용중');
  });

  it('sees what the approved merchant ships, step by step until it is delivered', async () => {
    await platform.ship({ shipmentId: 'W-1', orderId: 'W-ORDER-1', shopId: 'bomnal-paper' });
    await platform.until('W-1', 'ShipmentTransmitted');
    const { waybillNumber } = platform.last('W-1', 'ShipmentTransmitted') as { waybillNumber: string };
    expect(waybillNumber).toMatch(/^689996\d{7}$/);
    await jumpUntil(
      desk.running,
      () => platform.last('W-1', 'DeliveryStatusChanged')?.['orderStatus'] === '배송완료',
    );
    await signIn(page, desk.origin, 'review', `/shipments/${waybillNumber}`);
    const steps = page.getByRole('list', { name: '배송 단계' });
    expect(await steps.textContent()).toMatch(/출고완료.*전송완료.*배송완료/s);
    expect(await textOf()).toContain('봄날문구');
    expect((await textOf()).match(/가나다/g)).toBeNull();
    await page.getByRole('searchbox').first().fill('W-ORDER-1');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/shipments/);
    await says(/W-ORDER-1/);
  });

  it('sends a failure again, and it goes out under its own number', async () => {
    await at('/shipments?shop=haneul-books&state=tx-failed');
    await page.locator('main tbody a').first().click();
    await page.getByRole('button', { name: '출고정보 다시 전송' }).waitFor();
    const path = new URL(page.url()).pathname;
    const before = await model<{ number: string }>(path);
    await page.getByRole('button', { name: '출고정보 다시 전송' }).click();
    await page.getByRole('dialog').getByLabel('사유').fill('주소를 확인했습니다');
    await page.getByRole('dialog').getByRole('button', { name: /다시/ }).dblclick();
    await says('다시 전송할 목록에 넣었습니다');
    const { history } = await model<{ history: { title: string }[] }>(path);
    expect(history.filter(({ title }) => title.includes('다시'))).toHaveLength(1);
    const code = async () => {
      await advance(1);
      return (await model<{ code: string }>(path)).code;
    };
    await expect.poll(code, PATIENCE).toBe('tx-done');
    expect((await model<{ number: string }>(path)).number).toBe(before.number);
  });

  it('lends numbers to a contract that is nearly out of them, once', async () => {
    const manager = await desk.open('manage');
    await manager.goto(`${desk.origin}/bands`);
    await manager
      .getByRole('link', { name: /푸른식탁/ })
      .first()
      .click();
    await manager.getByLabel('처음 번호').fill('68999-7000-0031');
    await manager.getByLabel('끝 번호').fill('68999-7000-0080');
    await manager.getByRole('button', { name: '대역 추가' }).click();
    await says(/50개를 추가할까요/, manager);
    await manager.getByRole('button', { name: '대역 추가' }).dblclick();
    await says(/푸른식탁에 50개를 추가했습니다/, manager);
    const path = new URL(manager.url()).pathname;
    const { blocks } = await model<{ blocks: { left: number }[] }>(path, manager);
    expect(blocks.filter(({ left }) => left === 50)).toHaveLength(1);
    await manager.context().close();
  });

  it('leaves a browser without a single complaint, and asked nobody else', () => {
    expect(desk.trouble).toEqual([]);
  });
});
