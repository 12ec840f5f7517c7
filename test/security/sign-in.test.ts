import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSignIn } from '../../functions/admin/door/sign-in.client.ts';
import { ORIGIN, testConsole, type TestConsole } from '../admin/support/console.ts';
import { thingPages } from '../admin/support/pages.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type Bend, type BentIssuer, CLIENT, type IdToken, startBentIssuer } from './support/bent-issuer.ts';

let tables: TestTables;
let issuer: BentIssuer;
let console: TestConsole;
beforeAll(async () => {
  [tables, issuer] = await Promise.all([startTables(), startBentIssuer()]);
});
afterAll(async () => {
  await Promise.all([tables.stop(), issuer.stop()]);
});
beforeEach(() => {
  const readSecret = async () => ({ cookieKey: 'k'.repeat(32) });
  const signIn = createSignIn({ issuer: issuer.url, clientId: CLIENT, readSecret });
  console = testConsole(tables, thingPages().registry, { signIn });
});

const sessions = async () => {
  const rows = await tables.doc.send(new ScanCommand({ TableName: tables.tables.sessions }));
  return rows.Items?.length ?? 0;
};

/** Leaves for the issuer: where to, and the cookie that waits for the way back. */
const leave = async (to = '/things/7') => {
  const answer = await console.get(`/auth/sign-in?to=${encodeURIComponent(to)}`);
  const set = answer.headers.get('set-cookie') ?? '';
  return { authorize: new URL(answer.headers.get('location') ?? ''), cookie: set.split(';')[0] ?? '', set };
};
type Left = Awaited<ReturnType<typeof leave>>;

/** Comes back from the issuer, as right as can be but for what is given. */
const comeBack = ({ authorize, cookie }: Left, bend: Bend = {}, over: Record<string, string> = {}) => {
  const state = authorize.searchParams.get('state') ?? '';
  const params = new URLSearchParams({ code: issuer.code(authorize, bend), state, ...over });
  return console.get(`/auth/callback?${params.toString()}`, cookie);
};
const isRefused = async (answer: Response, status: number, before: number) => {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('set-cookie') ?? '').not.toContain('__Host-s=');
  expect(await sessions()).toBe(before);
};

describe('a sign-in', () => {
  it('opens a session and leads where the operator wanted to go', async () => {
    const before = await sessions();
    const left = await leave('/things/7?tab=a');
    const answer = await comeBack(left);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/things/7?tab=a']);
    expect(await sessions()).toBe(before + 1);
    const session = /__Host-s=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '';
    expect((await console.get('/things/7', session)).status).toBe(200);
  });

  it('asks with a proof key, a state and a nonce that are new every time', async () => {
    const [one, other] = [await leave(), await leave()];
    const asked = one.authorize.searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toBe(`${ORIGIN}/auth/callback`);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
      expect(asked.get(name)).not.toBe(other.authorize.searchParams.get(name));
    }
  });

  it('keeps its cookies from scripts, from plain http, from other sites and from longer than it needs', async () => {
    const left = await leave();
    expect(left.set).toMatch(
      /^sign-in-[\w-]{8}=[\w-]+; Max-Age=600; Path=\/auth; HttpOnly; Secure; SameSite=Lax$/,
    );
    const opened = (await comeBack(left)).headers.getSetCookie();
    expect(opened.find((cookie) => cookie.startsWith('sign-in-'))).toMatch(/=; Max-Age=0; Path=\/auth/);
    expect(opened.find((cookie) => cookie.startsWith('__Host-s='))).toMatch(
      /^__Host-s=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('shows neither state, nonce nor verifier in the cookie that holds them', async () => {
    const { authorize, cookie } = await leave();
    const text = Buffer.from(cookie.split('=')[1] ?? '', 'base64url').toString('latin1');
    for (const name of ['state', 'nonce'])
      expect(text).not.toContain(authorize.searchParams.get(name) ?? '-');
  });
});

const claims = (over: (token: IdToken) => IdToken['claims']): Bend => ({
  token: (token) => ({ ...token, claims: { ...token.claims, ...over(token) } }),
});
const signed = (over: Partial<IdToken>): Bend => ({ token: (token) => ({ ...token, ...over }) });
const now = () => Math.floor(Date.now() / 1000);

/** One character of the payload, so that the signature no longer fits. */
const tampered = (text: string): string => {
  const [head, payload = '', signature] = text.split('.');
  const json = Buffer.from(payload, 'base64url').toString().replace('sub-1', 'sub-2');
  return [head, Buffer.from(json).toString('base64url'), signature].join('.');
};

describe('an id token is refused, and no session made, when it', () => {
  it.each<[string, Bend]>([
    ['comes from another issuer', claims(() => ({ iss: 'https://evil.example' }))],
    ['is for another client', claims(() => ({ aud: 'another' }))],
    ['is for several clients and issued to another', claims(() => ({ aud: [CLIENT, 'b'], azp: 'b' }))],
    ['answers another sign-in', claims(() => ({ nonce: 'A'.repeat(43) }))],
    ['answers no sign-in at all', claims(() => ({ nonce: undefined }))],
    ['has expired', claims(() => ({ iat: now() - 600, exp: now() - 60 }))],
    ['never expires', claims(() => ({ exp: undefined }))],
    ['is not valid yet', claims(() => ({ nbf: now() + 300 }))],
    ['names nobody', claims(() => ({ sub: undefined }))],
    ['is not signed', signed({ header: { alg: 'none' }, key: 'none' })],
    [
      'is signed with our public key as a password',
      signed({ header: { alg: 'HS256', kid: 'right' }, key: 'public-as-secret' }),
    ],
    ['is signed by a key nobody knows', signed({ header: { alg: 'RS256', kid: 'other' }, key: 'another' })],
    ['is signed by another key under our name', signed({ key: 'another' })],
    ['was changed after it was signed', { text: tampered }],
    ['is cut off', { text: (text) => text.slice(0, -20) }],
    ['is no token', { text: () => 'a.b.c' }],
    ['is missing', { text: () => undefined }],
  ])('%s', async (_, bend) => {
    const before = await sessions();
    await isRefused(await comeBack(await leave(), bend), 400, before);
  });
});

describe('a way back is refused, and no session made, when', () => {
  it.each<[string, Record<string, string>]>([
    ['its state is missing', { state: '' }],
    ['its state is forged', { state: 'A'.repeat(43) }],
    ['its code is forged', { code: 'forged' }],
    ['its code is missing', { code: '' }],
    ['it says it comes from another issuer', { iss: 'https://evil.example' }],
    ['the operator cancelled', { error: 'access_denied' }],
    ['the issuer failed', { error: 'server_error' }],
  ])('%s', async (_, over) => {
    const before = await sessions();
    await isRefused(await comeBack(await leave(), {}, over), 400, before);
  });

  it('its state begins like that of the cookie and goes on differently', async () => {
    const left = await leave();
    const state = `${left.authorize.searchParams.get('state')?.slice(0, 8)}${'A'.repeat(35)}`;
    const before = await sessions();
    await isRefused(await comeBack(left, {}, { state }), 400, before);
  });

  it('another browser left for the issuer', async () => {
    const before = await sessions();
    await isRefused(await comeBack({ ...(await leave()), cookie: '' }), 400, before);
  });

  it('the cookie was sealed by somebody else', async () => {
    const left = await leave();
    const before = await sessions();
    await isRefused(await comeBack({ ...left, cookie: `${left.cookie.slice(0, -2)}AA` }), 400, before);
  });

  it('the code was used before', async () => {
    const left = await leave();
    const code = issuer.code(left.authorize);
    expect((await comeBack(left, {}, { code })).status).toBe(303);
    const before = await sessions();
    await isRefused(await comeBack(left, {}, { code }), 400, before);
  });

  it("the code is another operator's: the proof key does not fit", async () => {
    const stolen = issuer.code((await leave()).authorize);
    const before = await sessions();
    await isRefused(await comeBack(await leave(), {}, { code: stolen }), 400, before);
  });

  it('the sign-in took longer than ten minutes', async () => {
    const left = await leave();
    console.time.now += 10 * 60_000 + 1;
    const before = await sessions();
    await isRefused(await comeBack(left), 400, before);
  });

  it.each([
    ['no group', undefined],
    ['an empty list', []],
    ['groups of other names', ['admin', 'manage', '관리자', '심사 ', '조회,관리']],
    ['a text instead of a list', '관리'],
    ['an object', { 0: '관리' }],
  ])('the operator is in none of our groups: %s', async (_, groups) => {
    const before = await sessions();
    const answer = await comeBack(
      await leave(),
      claims(() => ({ 'cognito:groups': groups })),
    );
    await isRefused(answer, 403, before);
  });
});
