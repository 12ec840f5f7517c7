import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Drawing, json, page as draw, seeOther, viewOf } from './answer.tsx';
import type { Req } from './console-parts.ts';
import { csvText } from './csv.ts';
import { NO_STORE } from './door/headers.ts';
import { operatorOf } from './door/session.ts';
import { Forbidden, NotFound } from './error-pages.tsx';
import type { AnyPage, Context, Notice, View } from './page.ts';
import { allows } from './role.ts';

/** What an action has to say on the page it came from. */
export interface Overlay {
  status?: ContentfulStatusCode;
  notice?: Notice;
  view?: Partial<Pick<View, 'problems' | 'typed' | 'shown'>>;
}

/** What reads and changes of this request. */
export const contextOf = (c: Req, { parts }: Drawing, as: Context['as']): Context => {
  const session = c.get('session');
  if (session === undefined) throw new Error('A context needs a session');
  return {
    ports: parts.ports,
    now: c.get('now'),
    operator: operatorOf(session),
    requestId: c.get('requestId'),
    params: c.req.param() as Record<string, string>,
    query: new URL(c.req.url).searchParams,
    as,
  };
};

/** GET of a page, as HTML or, with `?format=csv`, as a file. */
export const servePage = async (
  c: Req,
  drawing: Drawing,
  page: AnyPage,
  overlay: Overlay = {},
): Promise<Response> => {
  const context = contextOf(c, drawing, c.req.query('format') === 'csv' && page.csv ? 'csv' : 'page');
  if (!allows(context.operator.role, page.role)) return forbidden(c, drawing);
  const read = await page.read(context);
  if (read.outcome === 'not-found') return notFound(c, drawing);
  if (read.outcome === 'redirect') return seeOther(c, read.to);
  if (context.as === 'csv' && page.csv) return csvAnswer(c, page.csv(read.model));
  const view = viewOf(c, drawing.parts, overlay.view);
  const notice = overlay.notice ?? c.get('session')?.notice;
  const refresh = typeof page.refresh === 'function' ? page.refresh(read.model) : page.refresh;
  const extra = {
    title: page.title(read.model),
    problems: view.problems,
    ...(page.rail && { current: page.rail }),
    ...(page.crumbs && { crumbs: page.crumbs(read.model) }),
    ...(refresh !== undefined && { refresh }),
    ...(notice && { notice }),
  };
  return draw(c, drawing, overlay.status ?? 200, extra, page.render(read.model, view));
};

/** GET of a page's JSON twin: the same model, nothing more and nothing less. */
export const serveTwin = async (c: Req, drawing: Drawing, page: AnyPage): Promise<Response> => {
  const context = contextOf(c, drawing, 'json');
  if (!allows(context.operator.role, page.role)) return json(c, 403, { error: 'forbidden' });
  const read = await page.read(context);
  if (read.outcome === 'found') return json(c, 200, read.model as object);
  return read.outcome === 'redirect'
    ? seeOther(c, `/api${read.to === '/' ? '' : read.to}`)
    : json(c, 404, { error: 'not-found' });
};

export const forbidden = (c: Req, drawing: Drawing): Promise<Response> => {
  const role = c.get('session')?.role ?? 'view';
  return draw(c, drawing, 403, { title: '권한이 없습니다' }, <Forbidden role={role} />);
};
export const notFound = (c: Req, drawing: Drawing): Promise<Response> =>
  draw(c, drawing, 404, { title: '페이지를 찾을 수 없습니다' }, <NotFound />);

const csvAnswer = (c: Req, table: Parameters<typeof csvText>[0] & { name: string }): Response => {
  c.header('cache-control', NO_STORE);
  c.header('content-disposition', `attachment; filename="${table.name.replaceAll(/[^\w.-]/g, '_')}.csv"`);
  return c.body(csvText(table), 200, { 'content-type': 'text/csv; charset=utf-8' });
};
