/** An operator in a real browser: signs in, holds an application, the SMS goes out once; axe on every page. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { control, npmStart, type Running } from './npm-start.ts';

const executablePath = [process.env['CHROME_PATH'], '/usr/bin/chromium'].find((at) => at && existsSync(at));
const skipped =
  executablePath === undefined ? ' (skipped: no Chromium at CHROME_PATH or /usr/bin/chromium)' : '';

const HOUR = 3_600_000;
const PATHS = ['/', '/applications', '/applications/demo-2101', '/shipments', '/transmissions'];
let running: Running;
let browser: Browser;
let page: Page;
const trouble: string[] = [];

describe.skipIf(executablePath === undefined)(`the console in a browser${skipped}`, () => {
  beforeAll(async () => {
    running = await npmStart('--port', '4740', '--seed');
    const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    page.on('console', (said) => ['error', 'warning'].includes(said.type()) && trouble.push(said.text()));
    await page.goto('http://localhost:4740/');
    await page.getByRole('button', { name: /심사/ }).first().click();
    await page.waitForURL('http://localhost:4740/');
  });
  afterAll(async () => {
    await browser.close();
    await running.stop();
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    'has no accessibility violation, %s at %i px, nor any sideways scroll',
    async (colorScheme, width) => {
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of PATHS) {
        await page.goto(`http://localhost:4740${path}`);
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const { axe: run } = globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          return (await run.run()).violations.map(
            ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`,
          );
        });
        expect({ path, violations }).toEqual({ path, violations: [] });
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        expect({ path, sideways: overflow > 0 }).toEqual({ path, sideways: false });
      }
    },
  );

  it('holds an application, and the merchant gets one SMS', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto('http://localhost:4740/applications/demo-2101');
    await page.getByRole('button', { name: '승인보류하고 문자 보내기' }).click();
    await page.getByRole('button', { name: '보류하고 문자 보내기', exact: true }).click();
    await page.getByText('승인보류로 바꾸').first().waitFor();
    const sms = async () =>
      (
        (await (await fetch(new URL('/sms', running.ready.control))).json()) as {
          messages: { text: string }[];
        }
      ).messages;
    const before = (await sms()).length;
    const { now } = await control(running, '/clock', { advanceMs: 0 });
    const sinceMidnight = (Number(now) + 9 * HOUR) % (24 * HOUR);
    const night = sinceMidnight < 8 * HOUR || sinceMidnight > 20 * HOUR;
    await control(running, '/clock', {
      advanceMs: night ? (33 * HOUR - sinceMidnight) % (24 * HOUR) : 120_000,
    });
    for (let i = 0; i < 40 && (await sms()).length === before; i++)
      await new Promise((done) => setTimeout(done, 250));
    for (let i = 0; i < 3; i++) await control(running, '/clock', { advanceMs: 120_000 });
    const held = (await sms()).filter(({ text }) => text.includes('승인보류: 승인번호가 다릅니다'));
    expect(held).toHaveLength(1);
  });

  it('logs no error or warning in the browser', () => {
    expect(trouble).toEqual([]);
  });
});
