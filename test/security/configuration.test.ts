import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { adminEnvironment } from '../../functions/admin/admin.environment.ts';
import { createSignInSecretReader } from '../../functions/admin/door/sign-in-secret.client.ts';

const whole: Record<string, string> = {
  ...Object.fromEntries(Object.keys(adminEnvironment.shape).map((name) => [name, 'x'])),
  FAILED_QUEUES: '{}',
  TRACKING_HOURS: '3',
  DAILY_QUOTA: '1000',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_LOGOUT_URL: '',
  CONSOLE_URL: '',
  SESSION_IDLE_MINUTES: '30',
  SESSION_HOURS: '9',
  SUPPORT_NUMBER: '1544-3270',
  SMS_SWITCHED_ON: '',
};
const wrong = (environment: Record<string, string | undefined>): string[] => {
  const parsed = z.safeParse(adminEnvironment, environment);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

describe('the console does not start', () => {
  it('but for a whole configuration', () => {
    expect(wrong(whole)).toEqual([]);
  });

  it.each(['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_SECRET_ID', 'SESSIONS_TABLE'])('without %s', (name) => {
    const { [name]: _left, ...rest } = whole;
    expect(wrong(rest)).toEqual([name]);
    expect(wrong({ ...whole, [name]: '' })).toEqual([name]);
  });

  it.each([
    ['OIDC_ISSUER', 'http://issuer.example'],
    ['OIDC_ISSUER', 'http://localhost.evil.example'],
    ['OIDC_ISSUER', 'ftp://localhost'],
    ['OIDC_ISSUER', 'issuer.example'],
    ['OIDC_LOGOUT_URL', 'http://issuer.example/logout'],
    ['OIDC_LOGOUT_URL', 'javascript:alert(1)'],
    ['CONSOLE_URL', 'http://console.example'],
    ['SESSION_IDLE_MINUTES', '0'],
    ['SESSION_HOURS', '100000'],
    ['SESSION_HOURS', 'Infinity'],
  ])('with %s=%s', (name, value) => {
    expect(wrong({ ...whole, [name]: value })).toEqual([name]);
  });
});

describe('the secret of the sign-in', () => {
  const read = (SecretString: string) =>
    createSignInSecretReader({ send: async () => ({ SecretString }) } as never, 'secret', () => 0)();

  it.each([
    ['a key that is too short', '{"cookieKey":"canary-too-short"}'],
    ['no key', '{"clientSecret":"canary"}'],
    ['broken JSON', '{"cookieKey":"canary'],
    ['nothing', ''],
  ])('with %s lets nobody in, and its value is not repeated', async (_, text) => {
    const refusal = (await read(text).catch((error: unknown) => error)) as Error;
    expect(refusal.message).toMatch(/^The sign-in secret is not usable/);
    expect(refusal.message).not.toContain('canary');
  });

  it('is whole with a key of 32 characters', async () => {
    const cookieKey = 'k'.repeat(32);
    expect(await read(JSON.stringify({ cookieKey }))).toEqual({ cookieKey });
  });
});
