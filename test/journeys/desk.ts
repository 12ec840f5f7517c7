/** Operators at real browsers over one `npm start`. Where there is no Chromium the journeys say so and are left out. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { portsFrom } from '../../local/terminal/ports.ts';
import { control, npmStart, type Running } from './npm-start.ts';

const executablePath = [process.env['CHROME_PATH'], '/usr/bin/chromium'].find((at) => at && existsSync(at));
export const noBrowser = executablePath === undefined;
/** Stands in the name of what is left out. */
export const skipped = noBrowser ? ' (skipped: no Chromium at CHROME_PATH or /usr/bin/chromium)' : '';

export const PEOPLE = { view: '조회 전용', review: '심사 담당자', manage: '관리자' } as const;
export type Person = keyof typeof PEOPLE;

export interface Desk {
  running: Running;
  /** of the console */
  origin: string;
  /** A browser of its own, signed in. */
  open(who: Person, options?: BrowserContextOptions): Promise<Page>;
  /** errors and warnings in the browsers' consoles, and requests to other places than ours */
  trouble: string[];
  /** SMS handed out so far */
  sms(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Of one press or look; a test has several. */
const PATIENCE_MS = 20_000;

export const openDesk = async (port: number): Promise<Desk> => {
  const running = await npmStart('--port', String(port), '--seed');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
  const browser: Browser = await chromium.launch({ executablePath: executablePath ?? '', args });
  const origin = `http://localhost:${port}`;
  const trouble: string[] = [];
  // The development issuer, where a sign-in leads.
  const ours = [origin, `http://localhost:${portsFrom(port).issuer}`];
  const open: Desk['open'] = async (who, options = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 1000 },
      // A colour on its way to another would be measured as neither.
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('console', (said) => ['error', 'warning'].includes(said.type()) && trouble.push(said.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && !ours.includes(url.origin)) trouble.push(`asked ${url.href}`);
    });
    await signIn(page, origin, who);
    return page;
  };
  const sms = async () => {
    const answer = await fetch(new URL('/sms', running.ready.control));
    const { messages } = (await answer.json()) as { messages: { text: string }[] };
    return messages.map(({ text }) => text);
  };
  const stop = async () => {
    await browser.close();
    await running.stop();
  };
  return { running, origin, open, trouble, sms, stop };
};

/** Through the development issuer, and on to the page that was asked for. */
export const signIn = async (
  page: Page,
  origin: string,
  who: Person,
  to = '/settings/display',
): Promise<void> => {
  await page.goto(`${origin}${to}`);
  await page.getByRole('button', { name: PEOPLE[who] }).click();
  await page.waitForURL(`${origin}${to}`);
};

/** Waits until a text can be seen; what stands on paper alone does not count. */
export const shows = (page: Page, text: string | RegExp): Promise<void> =>
  page.getByText(text).filter({ visible: true }).first().waitFor();

const HOUR = 3_600_000;

/** Moves the stack's clock to 09:00 in Seoul where it is outside of working hours: at night no SMS goes out. */
export const startOfWork = async (running: Running): Promise<void> => {
  const { now } = await control(running, '/clock', { advanceMs: 0 });
  const sinceMidnight = (Number(now) + 9 * HOUR) % (24 * HOUR);
  if (sinceMidnight < 9 * HOUR || sinceMidnight > 17 * HOUR)
    await control(running, '/clock', { advanceMs: (33 * HOUR - sinceMidnight) % (24 * HOUR) });
};

let axe: string | undefined;
/** What axe-core finds against WCAG and good practice, each with the first element it is about. */
export const violationsOf = async (page: Page): Promise<string[]> => {
  axe ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await here.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
  });
};
