/** Every page of the console in a real browser: readable by everyone, on every screen, on paper, and small. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../functions/admin/pages.ts';
import { crawl } from '../security/deployed/crawl.ts';
import { type Desk, noBrowser, openDesk, skipped, violationsOf } from './desk.ts';
import { control } from './npm-start.ts';

const WEIGHT_BUDGET = 25 * 1024;
/** Reached without a session, or by going wrong. */
const BESIDES = ['/auth/signed-out', '/auth/callback', '/nowhere'];
const paths = [...registry.pages.map(({ path }) => path), ...BESIDES];

describe.skipIf(noBrowser)(`every page in a browser${skipped}`, () => {
  let desk: Desk;
  let page: Page;
  let addresses: Map<string, string[]>;
  beforeAll(async () => {
    desk = await openDesk(4740);
    // A round of tracking, so that there is one to look at.
    await control(desk.running, '/clock', { jump: true });
    page = await desk.open('manage');
    const get = async (path: string) => {
      const answer = await page.request.get(`${desk.origin}${path}`);
      return new Response(await answer.text());
    };
    const starts = ['/shipments?shop=pureun-table', '/shipments?shop=haneul-books', await someJob()];
    addresses = await crawl({ get }, registry.pages, starts);
    for (const path of BESIDES) addresses.set(path, [path]);
  });
  afterAll(() => desk.stop());

  /** Everything that failed, sent again, is too little for a job of its own: parcels nobody knows make it one. */
  const someJob = async (): Promise<string> => {
    await page.goto(`${desk.origin}/settings/display`);
    const _csrf = await page.locator('[name=_csrf]').first().inputValue();
    const form = new URLSearchParams({ _csrf, _once: 'x'.repeat(24), _confirmed: '1', _reason: '시험' });
    for (let i = 0; i < 11; i++) form.append('ids', `nobody-${i}`);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: desk.origin };
    const answer = await page.request.post(`${desk.origin}/transmissions/resend`, {
      data: form.toString(),
      headers,
    });
    return new URL(answer.url()).pathname;
  };
  const everyAddress = (path: string) => (addresses.get(path) ?? []).slice(0, 2);
  const open = async (at: string) => {
    await page.goto(`${desk.origin}${at}`);
    expect(await page.locator('h1').count()).toBe(1);
  };

  it('is reached by following links', () => {
    expect([...addresses].filter(([, found]) => found.length === 0)).toEqual([]);
  });

  it.each(paths)('%s: no violation in either light at any width, and no sideways scroll', async (path) => {
    for (const at of everyAddress(path)) {
      await open(at);
      for (const width of [1440, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        expect({ at, width, sideways: Math.max(0, over) }).toEqual({ at, width, sideways: 0 });
        if (width === 320) continue;
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect({ at, width, colorScheme, violations: await violationsOf(page) }).toMatchObject({
            violations: [],
          });
        }
      }
    }
  });

  it.each(paths)('%s: on paper there is nothing to press and nowhere to go', async (path) => {
    await page.setViewportSize({ width: 794, height: 1123 });
    for (const at of everyAddress(path).slice(0, 1)) {
      await open(at);
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      const shown = await page.evaluate<string[]>(`
        [...document.querySelectorAll('nav, button, .btn')]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          .map((element) => element.outerHTML.slice(0, 90))`);
      await page.emulateMedia({ media: null });
      expect({ at, shown }).toEqual({ at, shown: [] });
    }
  });

  it.each(paths)('%s: weighs at most 25 KB on the way, fonts aside', async (path) => {
    const load = async (at: string) =>
      Buffer.from(await (await page.request.get(`${desk.origin}${at}`)).body());
    for (const at of everyAddress(path)) {
      const html = await load(at);
      const files = [...html.toString().matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(
        ([, file]) => file!,
      );
      expect(files).toHaveLength(2);
      const parts = [html, ...(await Promise.all(files.map(load)))];
      const weight = parts.reduce((sum, part) => sum + gzipSync(part).length, 0);
      expect({ at, fits: weight <= WEIGHT_BUDGET, weight }).toMatchObject({ fits: true });
    }
  });

  it('asks nobody else for anything, and the browser has nothing to complain of', () => {
    // The answers that are meant to be none are told by the browser as well.
    const meant = /the server responded with a status of 40[04]/;
    expect(desk.trouble.filter((text) => !meant.test(text))).toEqual([]);
  });
});
