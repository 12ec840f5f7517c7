/** Drawing a page into its frame, and every other answer the machinery gives. */
import type { Child } from 'hono/jsx';
import { getCookie } from 'hono/cookie';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ConsoleParts, Req } from './console-parts.ts';
import { DISPLAY_COOKIE, displayOf } from './display.ts';
import { NO_STORE } from './door/headers.ts';
import { endOf, maskToken, operatorOf, type Session } from './door/session.ts';
import { type Chrome, Layout } from './layout.tsx';
import type { View } from './page.ts';
import { createRailCounts, type RailGroup, railFor } from './rail.ts';

export type Extra = Pick<Chrome, 'title'> &
  Partial<Pick<Chrome, 'current' | 'crumbs' | 'notice' | 'problems' | 'refresh'>>;
export type ReadRail = (session: Session, now: number) => Promise<RailGroup[]>;
export interface Drawing {
  parts: ConsoleParts;
  readRail: ReadRail;
}

/** The rail with its counts; one per sandbox, since it remembers them. */
export const createReadRail = ({ registry, ports }: ConsoleParts): ReadRail => {
  const readCounts = createRailCounts(registry, ports);
  return async (session, now) => railFor(registry, operatorOf(session), await readCounts(now));
};

/** What a page gets to draw with. @throws without a session: there is no page for nobody */
export const viewOf = (c: Req, { random }: ConsoleParts, more: Partial<View> = {}): View => {
  const session = c.get('session');
  if (session === undefined) throw new Error('A view needs a session');
  const url = new URL(c.req.url);
  return {
    now: c.get('now'),
    operator: operatorOf(session),
    requestId: c.get('requestId'),
    path: `${url.pathname}${url.search}`,
    query: url.searchParams,
    csrf: maskToken(session.csrf, random()),
    formKey: random().slice(0, 22),
    problems: [],
    shown: {},
    display: displayOf(getCookie(c, DISPLAY_COOKIE)),
    ...more,
  };
};

/** A whole page. With a session: rail and search; `bare` leaves them out and reads nothing. */
export const page = async (
  c: Req,
  { parts, readRail }: Drawing,
  status: ContentfulStatusCode,
  extra: Extra,
  body: Child,
  bare = false,
): Promise<Response> => {
  const session = bare ? undefined : c.get('session');
  const now = c.get('now');
  const chrome: Chrome = {
    ...extra,
    assets: parts.assets.paths,
    display: displayOf(getCookie(c, DISPLAY_COOKIE)),
    stage: parts.stage,
    demo: bare ? false : await parts.demo(),
    version: parts.version,
    requestId: c.get('requestId'),
    support: parts.ports.support.number,
    now,
    ...(session && {
      signedIn: {
        operator: operatorOf(session),
        csrf: maskToken(session.csrf, parts.random()),
        rail: await readRail(session, now),
        endsAt: endOf(session, parts.limits),
        idleMinutes: idleMinutes(parts),
      },
    }),
  };
  const html = await render(<Layout chrome={chrome}>{body}</Layout>);
  c.header('cache-control', NO_STORE);
  return c.html(`<!doctype html>${html}`, status);
};

export const idleMinutes = ({ limits }: ConsoleParts): number => Math.round(limits.idleMs / 60_000);

/** Whether the answer goes to a program. */
export const wantsJson = (c: Req): boolean => /^\/api(\/|$)/.test(c.req.path);

export const json = (c: Req, status: ContentfulStatusCode, body: object): Response => {
  c.header('cache-control', NO_STORE);
  return c.json(body, status);
};

/** After a change: the browser asks for the next page itself. */
export const seeOther = (c: Req, to: string): Response => {
  c.header('cache-control', NO_STORE);
  return c.redirect(to, 303);
};

/** hono/jsx elements write themselves, at once or after what they wait for. */
const render = async (page: { toString(): string | Promise<string> }): Promise<string> => page.toString();
