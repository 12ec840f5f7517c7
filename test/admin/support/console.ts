/** The console over a real table engine, with pages of the test's own. */
import { randomBytes } from 'node:crypto';
import { createConsole } from '../../../functions/admin/app.tsx';
import { createAssets } from '../../../functions/admin/assets.ts';
import type { ConsoleParts } from '../../../functions/admin/console-parts.ts';
import { createOnce } from '../../../functions/admin/door/once.store.ts';
import { createSessions } from '../../../functions/admin/door/session.store.ts';
import type { SignIn } from '../../../functions/admin/door/sign-in.client.ts';
import type { Operator, Registry } from '../../../functions/admin/page.ts';
import type { Ports } from '../../../functions/admin/ports.ts';
import type { Role } from '../../../functions/admin/role.ts';
import { T0 } from '../../support/builders.ts';
import type { TestTables } from '../../support/dynamo.ts';

export const ORIGIN = 'https://console.example';
export const LIMITS = { idleMs: 30 * 60_000, absoluteMs: 9 * 3_600_000 };

const noIssuer: SignIn = {
  begin: async () => ({
    location: 'https://issuer.example/authorize',
    cookie: { name: 'sign-in-x', value: 'y' },
  }),
  finish: async () => ({ outcome: 'expired' }),
  goodbye: async () => 'https://issuer.example/logout',
};
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

export const anOperator = (role: Role, over: Partial<Operator> = {}): Operator => ({
  id: `sub-${role}`,
  name: '김운영',
  role,
  ...over,
});

export interface TestConsole {
  /** epoch ms; set it to let time pass */
  time: { now: number };
  parts: ConsoleParts;
  failures: unknown[];
  /** Cookie header of a new session. */
  signIn(operator: Operator): Promise<string>;
  /** Anything at all. */
  ask(path: string, init: RequestInit): Promise<Response>;
  get(path: string, cookie?: string, headers?: Record<string, string>): Promise<Response>;
  /** As a browser sends a form of ours, unless headers say otherwise. */
  post(
    path: string,
    fields: Record<string, string | readonly string[]>,
    cookie?: string,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export const testConsole = (
  { doc, tables }: TestTables,
  registry: Registry,
  over: Partial<ConsoleParts> = {},
): TestConsole => {
  const time = { now: T0 };
  const failures: unknown[] = [];
  const sessions = createSessions(doc, tables.sessions, LIMITS);
  const ports = {
    clock: () => time.now,
    count: () => {},
    support: { senderName: '퍼스트몰', number: '1544-3270' },
  };
  const parts: ConsoleParts = {
    registry,
    // The machinery uses these three; the rest belongs to pages.
    ports: ports as unknown as Ports,
    sessions,
    once: createOnce(doc, tables.sessions, LIMITS),
    limits: LIMITS,
    signIn: noIssuer,
    assets: createAssets({
      css: ['body{}'],
      js: '',
      fonts: { regular: bytes('a'), semibold: bytes('b') },
    }),
    stage: 'dev',
    version: '0.1.0',
    origin: ORIGIN,
    logoutOrigins: ['https://issuer.example'],
    demo: async () => false,
    random: () => randomBytes(32).toString('base64url'),
    report: (error) => failures.push(error),
    ...over,
  };
  const app = createConsole(parts);
  const ask = async (path: string, init: RequestInit) => app.request(`${ORIGIN}${path}`, init);
  return {
    time,
    parts,
    failures,
    ask,
    signIn: async (operator) => `__Host-s=${await sessions.open(operator, time.now)}`,
    get: (path, cookie, headers = {}) => ask(path, { headers: { ...(cookie && { cookie }), ...headers } }),
    post: (path, fields, cookie, headers) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams(
          Object.entries(fields).flatMap(([name, value]) =>
            [value].flat().map((one): [string, string] => [name, one]),
          ),
        ),
        headers: {
          ...(cookie && { cookie }),
          'content-type': 'application/x-www-form-urlencoded',
          ...(headers ?? { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }),
        },
      }),
  };
};

/** The machinery's fields of the form that posts to `action`, as the browser would send them. */
export const fieldsOf = (html: string, action: string): Record<string, string> => {
  const form = new RegExp(
    `<form[^>]*action="${action.replaceAll('?', '\\?')}"[^>]*>([\\s\\S]*?)</form>`,
  ).exec(html)?.[1];
  if (form === undefined) throw new Error(`The page has no form to ${action}`);
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  );
};
