import { describe, expect, it } from 'vitest';
import { anOperator, ORIGIN } from '../admin/support/console.ts';
import { REMOVE, RENAME, startThings } from '../admin/support/things.ts';

const console = startThings();
const ours = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
const FORM = 'application/x-www-form-urlencoded';

/** Any request at all, past the helper that sends what a browser would. */
const send = (method: string, path: string, cookie: string, headers: Record<string, string>, body?: string) =>
  console.ask(path, { method, headers: { cookie, ...headers }, ...(body !== undefined && { body }) });

describe('a forged change', () => {
  it.each<[string, (fields: Record<string, string>) => Record<string, string>, Record<string, string>]>([
    ['from another site', (f) => f, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['from a neighbour under the same name', (f) => f, { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
    ['that hides its origin', (f) => f, { origin: 'null' }],
    ['that says nothing of where it comes from', (f) => f, {}],
    ['that only looks like our origin', (f) => f, { origin: `${ORIGIN}.evil.example` }],
    ['without the token', ({ _csrf, ...f }) => f, ours],
    ['with a made-up token', (f) => ({ ...f, _csrf: 'A'.repeat(86) }), ours],
    ['without the key of its form', ({ _once, ...f }) => f, ours],
  ])('%s does nothing', async (_, bend, headers) => {
    const { cookie, fields } = await console.opened();
    expect((await console.post(RENAME, bend(fields), cookie, headers)).status).toBe(403);
    expect(console.things.effects).toEqual([]);
  });

  it("with another session's token does nothing, and what was typed is kept", async () => {
    const { fields } = await console.opened();
    const { cookie } = await console.opened();
    const answer = await console.post(RENAME, fields, cookie);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('value="새 이름"');
    expect(console.things.effects).toEqual([]);
  });

  it.each(['GET', 'HEAD'])('by a %s does nothing', async (method) => {
    const { cookie, fields } = await console.opened();
    const answer = await send(method, `${RENAME}?${new URLSearchParams(fields).toString()}`, cookie, ours);
    expect(answer.status).toBe(404);
    expect(console.things.effects).toEqual([]);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('by the method %s does nothing', async (method) => {
    const { cookie, fields } = await console.opened();
    const body = method === 'OPTIONS' ? undefined : new URLSearchParams(fields).toString();
    const answer = await send(method, RENAME, cookie, { ...ours, 'content-type': FORM }, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(console.things.effects).toEqual([]);
  });

  it.each([
    ['a header', '', { 'x-http-method-override': 'POST', 'x-method-override': 'POST' }],
    ['the query', '&_method=POST&method=POST', {}],
  ])('that asks by %s to be taken for a POST does nothing', async (_, query, headers) => {
    const { cookie, fields } = await console.opened();
    const path = `${RENAME}?${new URLSearchParams(fields).toString()}${query}`;
    expect((await send('GET', path, cookie, { ...ours, ...headers })).status).toBe(404);
    expect(console.things.effects).toEqual([]);
  });

  it.each([
    ['JSON', 'application/json', (f: Record<string, string>) => JSON.stringify(f)],
    ['plain text', 'text/plain', (f: Record<string, string>) => new URLSearchParams(f).toString()],
    ['nothing it names', '', (f: Record<string, string>) => new URLSearchParams(f).toString()],
    ['a form that is none', 'multipart/form-data; boundary=x', () => '--y\r\nbroken'],
  ])('sent as %s does nothing, though its values are right', async (_, type, write) => {
    const { cookie, fields } = await console.opened();
    const headers = { ...ours, ...(type && { 'content-type': type }) };
    expect((await send('POST', RENAME, cookie, headers, write(fields))).status).toBe(403);
    expect(console.things.effects).toEqual([]);
  });

  it('that replays a form after its session ended does nothing, also in the next session', async () => {
    const { cookie, fields } = await console.opened(RENAME, 'review', 'sub-replayed');
    await console.post('/auth/sign-out', { _csrf: fields['_csrf']! }, cookie);
    expect((await console.post(RENAME, fields, cookie)).status).toBe(401);
    const next = await console.signIn(anOperator('review', { id: 'sub-replayed' }));
    expect((await console.post(RENAME, fields, next)).status).toBe(403);
    expect(console.things.effects).toEqual([]);
  });

  it('that carries the key of another form has one effect, not two', async () => {
    const { cookie, fields } = await console.opened();
    await console.post(RENAME, fields, cookie);
    await console.post(RENAME, { ...fields, name: '다른 이름' }, cookie);
    expect(console.things.effects).toEqual(['새 이름']);
  });

  it('that answers a question before it was asked, without its reason, does nothing', async () => {
    const { cookie, fields } = await console.opened(REMOVE, 'manage');
    expect((await console.post(REMOVE, { ...fields, _confirmed: '1' }, cookie)).status).toBe(422);
    expect(console.things.effects).toEqual([]);
  });

  it.each(['/auth/sign-out', '/auth/sign-out-everywhere'])('of %s leaves the session alive', async (path) => {
    const { cookie } = await console.opened();
    await console.post(path, { _csrf: 'x' }, cookie);
    expect((await console.get('/things/7', cookie)).status).toBe(200);
  });

  it('of the screen settings leaves them as they are', async () => {
    const { cookie } = await console.opened();
    const answer = await console.post('/auth/display', { _csrf: 'x', theme: 'dark', slash: 'off' }, cookie);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
