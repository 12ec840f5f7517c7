import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startThings, RENAME } from './support/things.ts';
import { anOperator, testConsole } from './support/console.ts';

const console = startThings();

describe('a page', () => {
  it('is drawn in its frame for who may see it', async () => {
    const cookie = await console.signIn(anOperator('view'));
    const answer = await console.get('/things/7', cookie);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toMatch(/^<!doctype html><html lang="ko"/);
    expect(html).toContain('<title>담은공방 - 우체국택배 자동화</title>');
    expect(html).toContain('본문 바로가기');
    expect(html).toContain('2026.11.24(화) 14:20 인쇄 · 김운영');
    expect(html).toContain('<span class="env">개발</span>');
  });

  it('names demonstration data, and nothing in production', async () => {
    const cookie = await console.signIn(anOperator('view'));
    const demo = testConsole(console.tables, console.things.registry, {
      stage: 'prod',
      demo: async () => true,
    });
    expect(await (await demo.get('/things/7', cookie)).text()).toContain(
      '<span class="env">데모 데이터</span>',
    );
    const production = testConsole(console.tables, console.things.registry, { stage: 'prod' });
    expect(await (await production.get('/things/7', cookie)).text()).not.toContain('class="env"');
  });

  it('has a JSON twin with the same model, and a CSV that Excel opens', async () => {
    const cookie = await console.signIn(anOperator('view'));
    const twin = await console.get('/api/things/7', cookie);
    expect(await twin.json()).toEqual({ id: '7', name: '담은공방' });
    const csv = await console.get('/things/7?format=csv', cookie);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="things.csv"');
    expect(Buffer.from(await csv.arrayBuffer()).toString()).toBe(
      '\uFEFF번호,이름\r\n"=""0123456789""",담은공방\r\n',
    );
  });

  it('that is not there says so, in both forms', async () => {
    const cookie = await console.signIn(anOperator('manage'));
    for (const path of ['/things/none', '/nowhere', RENAME, '/things/7/'])
      expect([path, (await console.get(path, cookie)).status]).toEqual([path, 404]);
    expect(await (await console.get('/nowhere', cookie)).text()).toContain('페이지를 찾을 수 없습니다');
    expect(await (await console.get('/api/things/none', cookie)).json()).toEqual({ error: 'not-found' });
  });

  it('that breaks tells a number and not a reason', async () => {
    const cookie = await console.signIn(anOperator('review'));
    const [page] = console.things.registry.pages;
    const broken = { ...page!, read: () => Promise.reject(new Error('secret of the store')) };
    const breaking = testConsole(console.tables, { pages: [broken], actions: [] });
    const answer = await breaking.get('/things/7', cookie);
    expect(answer.status).toBe(500);
    const html = await answer.text();
    expect(html).toContain('내용은 저장되지 않았습니다');
    expect(html).not.toContain('secret of the store');
    expect(breaking.failures).toHaveLength(1);
    expect(await (await breaking.get('/api/things/7', cookie)).json()).toMatchObject({ error: 'failed' });
  });

  it('keeps every character of a merchant as text', async () => {
    const cookie = await console.signIn(anOperator('view'));
    const nasty = fc.oneof(
      fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-->]]>&lt;"),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(nasty, async (name) => {
        console.things.name.now = `<b class="x">${name}</b>`;
        const html = await (await console.get('/things/7', cookie)).text();
        expect(html).not.toContain('<b class="x">');
        expect(html).not.toContain('<script>');
        expect(html).not.toContain('<img');
        expect(html.match(/<h1>/g)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the screen', () => {
  it('is set by a form and remembered by a cookie', async () => {
    const { cookie, fields } = await console.opened();
    const answer = await console.post(
      '/auth/display',
      { _csrf: fields['_csrf']!, theme: 'dark', slash: 'off' },
      cookie,
    );
    expect(answer.headers.get('set-cookie')).toMatch(/^display=dark\.off; Max-Age=31536000/);
    const html = await (await console.get('/things/7', `${cookie}; display=dark.off`)).text();
    expect(html).toContain('data-theme="dark"');
    expect(html).toContain('data-slash="off"');
  });
});
