/** The console as one application: what is open, the door, and behind it the route table. Deny by default. */
import { gzipSync } from 'node:zlib';
import { Hono, type MiddlewareHandler } from 'hono';
import { createReadRail, type Drawing, json, page as draw, wantsJson } from './answer.tsx';
import type { ConsoleParts, Env, Req } from './console-parts.ts';
import { isOurOwn } from './door/guard.ts';
import { FOR_EVER, NO_STORE, securityHeaders } from './door/headers.ts';
import { Broken, Foreign } from './error-pages.tsx';
import type { AnyPage, Registry } from './page.ts';
import type { Role } from './role.ts';
import { pathOf, serveAction } from './serve-action.tsx';
import { authRoutes, currentSession } from './serve-auth.tsx';
import { notFound, servePage, serveTwin } from './serve-page.tsx';

/** Every route there is, as data. `open`: answers without a session. */
export interface Route {
  method: 'GET' | 'POST';
  path: string;
  needs: Role | 'open';
}
export const routesOf = ({ pages, actions }: Registry): Route[] => [
  ...OPEN_ROUTES,
  ...pages.flatMap(({ path, role }) => [
    { method: 'GET' as const, path, needs: role },
    { method: 'GET' as const, path: twinOf(path), needs: role },
  ]),
  ...actions.map(({ path, role }) => ({ method: 'POST' as const, path, needs: role })),
];
const OPEN_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/healthz', needs: 'open' },
  { method: 'GET', path: '/assets/*', needs: 'open' },
  ...['sign-in', 'callback', 'signed-out', 'session'].map((name): Route => ({
    method: 'GET',
    path: `/auth/${name}`,
    needs: 'open',
  })),
  ...['sign-out', 'sign-out-everywhere', 'display'].map((name): Route => ({
    method: 'POST',
    path: `/auth/${name}`,
    needs: 'open',
  })),
];
const twinOf = (path: string): string => (path === '/' ? '/api' : `/api${path}`);

export const createConsole = (parts: ConsoleParts): Hono<Env> => {
  const drawing: Drawing = { parts, readRail: createReadRail(parts) };
  const app = new Hono<Env>();
  app.use(answered(parts), squeezed, ownPostsOnly(drawing));
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/assets/:name', (c) => serveAsset(c, parts));
  authRoutes(app, drawing);
  app.use(door(drawing));
  for (const page of parts.registry.pages) {
    app.get(page.path, (c) => servePage(c, drawing, page));
    app.get(twinOf(page.path), (c) => serveTwin(c, drawing, page));
  }
  for (const action of parts.registry.actions) {
    const page = pageOf(parts.registry, action.page);
    app.post(action.path, (c) => serveAction(c, drawing, action, page));
  }
  app.notFound((c) => (wantsJson(c) ? json(c, 404, { error: 'not-found' }) : notFound(c, drawing)));
  app.onError((error, c) => broken(c, drawing, error));
  return app;
};

/** @throws when an action names a page that is not there: a mistake to find before anyone is served */
const pageOf = ({ pages }: Registry, path: string): AnyPage => {
  const page = pages.find((one) => one.path === path);
  if (page === undefined) throw new Error(`There is no page ${path} to return to`);
  return page;
};

/** Headers of every answer, and what the request is. */
const answered =
  (parts: ConsoleParts): MiddlewareHandler<Env> =>
  async (c, next) => {
    c.set('now', parts.ports.clock());
    c.set('requestId', c.env?.lambdaContext?.awsRequestId ?? parts.random().slice(0, 12));
    c.set('origin', parts.origin ?? new URL(c.req.url).origin);
    await next();
    for (const [name, value] of Object.entries(securityHeaders(parts.logoutOrigins)))
      c.res.headers.set(name, value);
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', NO_STORE);
  };

const squeezed: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  const type = c.res.headers.get('content-type') ?? '';
  if (!/^(text\/|application\/json)/.test(type)) return;
  c.res.headers.append('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return;
  const body = Buffer.from(await c.res.arrayBuffer());
  if (body.length < 1_000) {
    c.res = new Response(body, c.res);
    return;
  }
  c.res = new Response(gzipSync(body), c.res);
  c.res.headers.set('content-encoding', 'gzip');
};

/** A change from anywhere else is refused before anybody asks who sent it. */
const ownPostsOnly =
  (drawing: Drawing): MiddlewareHandler<Env> =>
  async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (reads || isOurOwn(c.req.raw.headers, c.get('origin'))) return next();
    return draw(c, drawing, 403, { title: '처리하지 않았습니다' }, <Foreign />, true);
  };

/** Nobody passes without a session. A form that comes without one goes on, for what was typed in it is kept. */
const door =
  (drawing: Drawing): MiddlewareHandler<Env> =>
  async (c, next) => {
    const byItself = c.req.header('x-refresh') !== undefined;
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const takesNotice = reads && !wantsJson(c) && c.req.query('format') === undefined;
    const session = await currentSession(c, drawing, byItself, takesNotice);
    c.set('session', session);
    if (session !== undefined) return next();
    if (wantsJson(c) || byItself) return json(c, 401, { error: 'signed-out', login: '/auth/sign-in' });
    if (!reads && isActionOf(drawing.parts.registry, c)) return next();
    const { pathname, search } = new URL(c.req.url);
    const to = reads ? `${pathname}${search}` : '/';
    return c.redirect(`/auth/sign-in?to=${encodeURIComponent(to)}`, 302);
  };

const isActionOf = ({ actions }: Registry, c: Req): boolean =>
  c.req.method === 'POST' &&
  actions.some(({ path }) =>
    new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`).test(new URL(c.req.url).pathname),
  );

const serveAsset = (c: Req, { assets }: ConsoleParts): Response => {
  const asset = assets.find(c.req.path);
  if (asset === undefined) return c.text('not found', 404);
  return c.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': FOR_EVER });
};

/** Nobody expected this: the operator gets a number to tell, the log gets the same number. */
const broken = (c: Req, drawing: Drawing, error: unknown): Response | Promise<Response> => {
  const requestId = c.get('requestId');
  drawing.parts.report(error, requestId);
  if (wantsJson(c)) return json(c, 500, { error: 'failed', requestId });
  const url = new URL(c.req.url);
  const action = drawing.parts.registry.actions.find(({ path }) => path === c.req.routePath);
  const params = c.req.param() as Record<string, string>;
  const retry = action === undefined ? `${url.pathname}${url.search}` : pathOf(action.page, params);
  const title = '요청을 처리하지 못했습니다';
  return draw(c, drawing, 500, { title }, <Broken requestId={requestId} retry={retry} />, true);
};
