import { type Drawing, idleMinutes, json, page as draw, seeOther, viewOf } from './answer.tsx';
import type { Req } from './console-parts.ts';
import { isTokenOf, type Session } from './door/session.ts';
import { SignedOutWhileTyping } from './error-pages.tsx';
import type { Problem } from './form.ts';
import type { AnyAction, AnyPage, Confirmation, Context, Notice } from './page.ts';
import { type Posted, readPosted } from './posted.ts';
import { allows } from './role.ts';
import { contextOf, forbidden, notFound, type Overlay, servePage } from './serve-page.tsx';
import { ConfirmPage } from './ui/confirm.tsx';

const TOKEN_CHANGED: Notice = {
  tone: 'warn',
  text: '아직 처리하지 않았습니다. 다시 로그인해 확인 값이 바뀌었으니 내용을 확인하고 한 번 더 눌러 주세요.',
};
const ALREADY: Notice = { tone: 'info', text: '이미 처리했습니다.' };
const AT_WORK: Notice = {
  tone: 'info',
  text: '앞서 보낸 요청을 처리하고 있습니다. 잠시 뒤 결과를 확인해 주세요.',
};

/**
 * POST of an action: role, token, form, question, then exactly one effect. Sent a second time it is answered
 * "이미 처리했습니다." and leads where the first one led.
 */
export const serveAction = async (
  c: Req,
  drawing: Drawing,
  action: AnyAction,
  page: AnyPage,
): Promise<Response> => {
  const session = c.get('session');
  const posted = await readPosted(c);
  if (session === undefined) return signedOut(c, drawing, posted);
  if (!allows(session.role, action.role)) return forbidden(c, drawing);
  const again = (overlay: Overlay) => servePage(c, drawing, page, overlay);
  const typed = posted.form;
  if (!isTokenOf(session.csrf, posted.csrf) || !/^[\w.-]{22,80}$/.test(posted.once))
    return again({ status: 403, notice: TOKEN_CHANGED, view: { typed } });
  const context = contextOf(c, drawing, 'page');
  const parsed = action.parse(posted.form, context.params);
  if (parsed.outcome === 'problems')
    return again({ status: 422, view: { problems: parsed.problems, typed } });
  const ask = await action.confirm?.(context, parsed.input);
  const open = ask === undefined ? [] : openQuestions(ask, posted);
  if (ask !== undefined && (!posted.confirmed || open.length > 0))
    return question(c, drawing, ask, posted, pathOf(page.path, context.params), open);
  return perform(c, drawing, { action, context, session, posted, input: parsed.input, again, page });
};

interface Job {
  action: AnyAction;
  page: AnyPage;
  context: Context;
  session: Session;
  posted: Posted;
  input: unknown;
  again: (overlay: Overlay) => Promise<Response>;
}

/** Claims the form before anything is done; whatever did nothing gives it back. */
const perform = async (c: Req, drawing: Drawing, job: Job): Promise<Response> => {
  const { once, sessions } = drawing.parts;
  const { action, context, session, posted, again } = job;
  const sending = { sessionHash: session.sessionHash, path: c.req.path, formKey: posted.once };
  const claimed = await once.claim(sending, context.now);
  if (claimed.outcome !== 'first') {
    await sessions.leave(session, claimed.outcome === 'done' ? ALREADY : AT_WORK);
    return seeOther(c, claimed.outcome === 'done' ? claimed.to : pathOf(job.page.path, context.params));
  }
  const confirmed = posted.reason === '' ? {} : { reason: posted.reason };
  const result = await orRelease(
    () => action.perform(context, job.input, confirmed),
    () => once.release(sending),
  );
  if (result.outcome === 'done') {
    await once.finish(sending, result.to);
    await sessions.leave(session, result.notice);
    return seeOther(c, result.to);
  }
  await once.release(sending);
  const typed = posted.form;
  switch (result.outcome) {
    case 'problems':
      return again({
        status: 422,
        view: { problems: result.problems, typed, ...(result.shown && { shown: result.shown }) },
      });
    case 'conflict':
      return again({ status: 409, notice: { tone: 'warn', text: result.message }, view: { typed } });
    case 'show':
      return again({
        ...(result.notice && { notice: result.notice }),
        view: { shown: result.shown, ...(result.typed && { typed: result.typed }) },
      });
    case 'not-found':
      return notFound(c, drawing);
  }
};

const orRelease = async <T,>(work: () => Promise<T>, release: () => Promise<void>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    await release();
    throw error;
  }
};

/** What the question asks and the answer lacks; nothing before it was asked. */
const openQuestions = (ask: Confirmation, posted: Posted): Problem[] => {
  if (!posted.confirmed) return [];
  const reason = ask.asksReason && posted.reason === '';
  const phrase = ask.phrase !== undefined && posted.phrase !== ask.phrase;
  return [
    ...(reason ? [{ field: '_reason', message: '사유를 적어 주세요' }] : []),
    ...(phrase ? [{ field: '_phrase', message: `확인을 위해 ${ask.phrase}라고 입력해 주세요` }] : []),
  ];
};

const question = (
  c: Req,
  drawing: Drawing,
  ask: Confirmation,
  posted: Posted,
  back: string,
  problems: readonly Problem[],
): Promise<Response> => {
  const view = viewOf(c, drawing.parts);
  const url = new URL(c.req.url);
  const body = (
    <ConfirmPage
      view={view}
      action={`${url.pathname}${url.search}`}
      ask={ask}
      form={posted.form}
      back={back}
      problems={problems}
    />
  );
  return draw(c, drawing, problems.length > 0 ? 422 : 200, { title: ask.title, problems }, body);
};

/** The session ended while something was typed: nothing is lost, and nothing is done. */
const signedOut = async (c: Req, drawing: Drawing, { form }: Posted): Promise<Response> => {
  if (c.req.header('accept')?.includes('application/json'))
    return json(c, 401, { error: 'signed-out', login: '/auth/sign-in' });
  const url = new URL(c.req.url);
  const body = (
    <SignedOutWhileTyping
      action={`${url.pathname}${url.search}`}
      form={form}
      idleMinutes={idleMinutes(drawing.parts)}
    />
  );
  return draw(c, drawing, 401, { title: '로그아웃됐습니다' }, body);
};

/** `/applications/:id` with its params, encoded. */
export const pathOf = (pattern: string, params: Readonly<Record<string, string>>): string =>
  pattern.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
