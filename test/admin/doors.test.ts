import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routesOf } from '../../functions/admin/app.tsx';
import { registry } from '../../functions/admin/pages.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { anOperator, fieldsOf, testConsole } from './support/console.ts';
import { thingPages } from './support/pages.ts';

let db: TestTables;
beforeAll(async () => {
  db = await startTables();
});
afterAll(() => db.stop());

const filled = (path: string) => path.replaceAll(/:\w+/g, '7');

describe('every route of the console', () => {
  const closed = routesOf(registry).filter(({ needs }) => needs !== 'open');

  it('is there to be tested', () => {
    expect(closed.length).toBeGreaterThan(15);
  });
  it.each(closed)('$method $path sends a stranger to sign in', async ({ method, path }) => {
    const console = testConsole(db, registry);
    const answer = method === 'GET' ? await console.get(filled(path)) : await console.post(filled(path), {});
    expect(answer.status).toBe(path.startsWith('/api') ? 401 : 302);
    expect(await answer.text()).not.toContain('main');
  });
  it.each(closed.filter(({ method }) => method === 'POST'))(
    'POST $path is refused to who may only look',
    async ({ path }) => {
      const console = testConsole(db, registry);
      const cookie = await console.signIn(anOperator('view'));
      expect((await console.post(filled(path), {}, cookie)).status).toBe(403);
    },
  );
});

describe('a form', () => {
  let things: ReturnType<typeof thingPages>;
  let console: ReturnType<typeof testConsole>;
  let cookie: string;
  beforeEach(async () => {
    things = thingPages();
    console = testConsole(db, things.registry);
    cookie = await console.signIn(anOperator('review'));
  });
  const fresh = async () =>
    fieldsOf(await (await console.get('/things/7', cookie)).text(), '/things/7/rename');

  it('sent twice changes once, and says so the second time', async () => {
    const fields = { ...(await fresh()), name: '새 이름' };
    const first = await console.post('/things/7/rename', fields, cookie);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/things/7']);
    const again = await console.post('/things/7/rename', fields, cookie);
    expect(again.status).toBeLessThan(400);
    expect(things.effects).toEqual(['새 이름']);
  });
  it('with a problem comes back with what was typed and names the field', async () => {
    const answer = await console.post('/things/7/rename', { ...(await fresh()), name: '' }, cookie);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('이름을 적어 주세요');
    expect(things.effects).toEqual([]);
  });
  it.each([
    ['no token', {}, undefined],
    ['a token of another session', { csrf: 'x'.repeat(43) }, undefined],
    ['another origin', 'own', { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }],
  ] as const)('forged with %s does nothing', async (_name, over, headers) => {
    const own = await fresh();
    const fields = over === 'own' ? own : { once: own['once'] ?? '', ...over };
    const answer = await console.post('/things/7/rename', { ...fields, name: 'forged' }, cookie, headers);
    expect(answer.status).toBe(403);
    expect(things.effects).toEqual([]);
  });
  it('shows a script in a merchant’s name as text', async () => {
    things.name.now = '<script>alert(1)</script>"><img src=x>';
    const html = await (await console.get('/things/7', cookie)).text();
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
  });
  it('is answered with headers that allow nothing from elsewhere', async () => {
    const { headers } = await console.get('/things/7', cookie);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
