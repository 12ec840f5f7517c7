import { describe, expect, it } from 'vitest';
import { startThings, RENAME, REMOVE } from './support/things.ts';
import { anOperator, fieldsOf, LIMITS } from './support/console.ts';
import { routesOf } from '../../functions/admin/app.tsx';

const console = startThings();

describe('the door', () => {
  it('is closed: every route asks who it is, but for the list of open ones', async () => {
    const routes = routesOf(console.things.registry);
    expect(routes.filter(({ needs }) => needs === 'open').map(({ path }) => path)).toEqual([
      '/healthz',
      '/assets/*',
      '/auth/sign-in',
      '/auth/callback',
      '/auth/signed-out',
      '/auth/session',
      '/auth/sign-out',
      '/auth/sign-out-everywhere',
      '/auth/display',
    ]);
    for (const { method, path } of routes.filter((route) => route.needs !== 'open')) {
      const at = path.replace(':id', '7');
      const answer = method === 'GET' ? await console.get(at) : await console.post(at, { name: 'x' });
      const expected = method === 'POST' || at.startsWith('/api') ? 401 : 302;
      expect(`${method} ${at}: ${answer.status}`).toBe(`${method} ${at}: ${expected}`);
    }
    expect(console.things.effects).toEqual([]);
  });

  it('sends a browser to the sign-in and back, and a program nowhere', async () => {
    const answer = await console.get('/things/7?tab=a');
    expect(answer.headers.get('location')).toBe('/auth/sign-in?to=%2Fthings%2F7%3Ftab%3Da');
    const twin = await console.get('/api/things/7');
    expect(await twin.json()).toEqual({ error: 'signed-out', login: '/auth/sign-in' });
    expect((await console.get('/nowhere')).status).toBe(302);
    expect((await console.post('/nowhere', {})).status).toBe(302);
  });

  it('lets whoever only looks change nothing', async () => {
    const cookie = await console.signIn(anOperator('view'));
    const html = await (await console.get('/things/7', cookie)).text();
    for (const { path } of routesOf(console.things.registry).filter(
      (r) => r.method === 'POST' && r.needs !== 'open',
    )) {
      const at = path.replace(':id', '7');
      const answer = await console.post(at, { ...fieldsOf(html, at), name: 'x' }, cookie);
      expect([at, answer.status]).toEqual([at, 403]);
      expect(await answer.text()).toContain('(현재: 조회 전용)');
    }
    expect(console.things.effects).toEqual([]);
  });

  it('lets a reviewer not do what takes a manager', async () => {
    const { cookie, fields } = await console.opened(REMOVE, 'review');
    const confirmed = { ...fields, _confirmed: '1', _reason: 'r', _phrase: '삭제' };
    expect((await console.post(REMOVE, confirmed, cookie)).status).toBe(403);
    expect(console.things.effects).toEqual([]);
  });

  it('closes when the session ends', async () => {
    const { cookie } = await console.opened();
    console.time.now += LIMITS.idleMs;
    expect((await console.get('/things/7', cookie)).status).toBe(302);
  });

  it('answers a refresh without keeping anyone signed in', async () => {
    const cookie = await console.signIn(anOperator('view'));
    const byItself = { 'x-refresh': '1' };
    console.time.now += LIMITS.idleMs - 1;
    expect((await console.get('/things/7', cookie, byItself)).status).toBe(200);
    expect(await (await console.get('/auth/session', cookie, byItself)).json()).toEqual({ secondsLeft: 0 });
    console.time.now += 1;
    expect((await console.get('/things/7', cookie, byItself)).status).toBe(401);
    expect((await console.get('/auth/session', cookie)).status).toBe(401);
  });

  it('tells the script how long the session lives, and a sign of life prolongs it', async () => {
    const cookie = await console.signIn(anOperator('view'));
    console.time.now += 60_000;
    expect(await (await console.get('/auth/session', cookie)).json()).toEqual({ secondsLeft: 1800 });
  });
});

describe('signing out', () => {
  it('ends the session, clears the cookie and leads to the issuer', async () => {
    const { cookie, fields } = await console.opened();
    const answer = await console.post('/auth/sign-out', { _csrf: fields['_csrf']! }, cookie);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://issuer.example/logout']);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-s=; Max-Age=0; Path=\/; Secure/);
    expect((await console.get('/things/7', cookie)).status).toBe(302);
  });

  it('everywhere ends the sessions of other machines too', async () => {
    const { cookie, fields } = await console.opened(RENAME, 'review', 'sub-everywhere');
    const other = await console.signIn(anOperator('review', { id: 'sub-everywhere' }));
    await console.post('/auth/sign-out-everywhere', { _csrf: fields['_csrf']! }, cookie);
    expect((await console.get('/things/7', other)).status).toBe(302);
  });
});
