/** The routes of one's own session: the only ones besides assets and health that answer without one. */
import type { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Drawing, json, page as draw, seeOther } from './answer.tsx';
import type { Env, Req } from './console-parts.ts';
import { DISPLAY_COOKIE, displayCookie, displayOf } from './display.ts';
import { samePath } from './door/guard.ts';
import { endOf, isTokenOf, type Session } from './door/session.ts';
import { JOURNEY_MS, type SignedIn } from './door/sign-in.ts';
import { SignInProblem } from './error-pages.tsx';
import { one } from './form.ts';
import { readPosted } from './posted.ts';
import { ROLE_LABELS } from './role.ts';

/** Plain http is for one's own machine, where browsers refuse what `__Host-` asks. */
const isSecure = (c: Req): boolean => c.get('origin').startsWith('https:');
export const sessionCookie = (c: Req): string => (isSecure(c) ? '__Host-s' : 's');
export const sessionToken = (c: Req): string | undefined => getCookie(c, sessionCookie(c));

export const authRoutes = (app: Hono<Env>, drawing: Drawing): void => {
  const { signIn, sessions } = drawing.parts;

  app.get('/auth/sign-in', async (c) => {
    const to = samePath(c.req.query('to'));
    const { location, cookie } = await signIn.begin(to, c.get('origin'), c.get('now'));
    setCookie(c, cookie.name, cookie.value, { ...journeyOptions(c), maxAge: JOURNEY_MS / 1000 });
    return c.redirect(location, 302);
  });

  app.get('/auth/callback', async (c) => {
    const { searchParams } = new URL(c.req.url);
    const cookies = (name: string) => getCookie(c, name);
    const answer = await signIn.finish(searchParams, cookies, c.get('origin'), c.get('now'));
    for (const name of Object.keys(getCookie(c)))
      if (name.startsWith('sign-in-')) deleteCookie(c, name, journeyOptions(c));
    if (answer.outcome !== 'signed-in') return signInProblem(c, drawing, answer);
    const token = await sessions.open(answer.operator, c.get('now'));
    const options = { httpOnly: true, secure: isSecure(c), sameSite: 'Lax', path: '/' } as const;
    setCookie(c, sessionCookie(c), token, options);
    return seeOther(c, answer.to);
  });

  app.get('/auth/signed-out', (c) =>
    draw(c, drawing, 200, { title: '로그아웃' }, <SignInProblem title="로그아웃했습니다" />, true),
  );

  /** Seconds left; asked by the script, and without its header a sign of life. */
  app.get('/auth/session', async (c) => {
    const session = await currentSession(c, drawing, c.req.header('x-refresh') !== undefined);
    if (session === undefined) return json(c, 401, { error: 'signed-out', login: '/auth/sign-in' });
    return json(c, 200, {
      secondsLeft: Math.floor((endOf(session, drawing.parts.limits) - c.get('now')) / 1000),
    });
  });

  app.post('/auth/sign-out', (c) => endSession(c, drawing, (session) => sessions.end(session)));
  app.post('/auth/sign-out-everywhere', (c) =>
    endSession(c, drawing, (session) => sessions.endAll(session.operatorId, c.get('now'))),
  );

  app.post('/auth/display', async (c) => {
    const { csrf, form } = await readPosted(c);
    const session = await currentSession(c, drawing, false);
    if (session === undefined || !isTokenOf(session.csrf, csrf)) return seeOther(c, '/settings/display');
    const display = displayOf(`${one(form, 'theme')}.${one(form, 'slash')}`);
    const options = { httpOnly: true, secure: isSecure(c), sameSite: 'Lax', path: '/' } as const;
    setCookie(c, DISPLAY_COOKIE, displayCookie(display), { ...options, maxAge: 365 * 86_400 });
    await sessions.leave(session, { tone: 'ok', text: '화면 설정을 저장했습니다.' });
    return seeOther(c, '/settings/display');
  });
};

const journeyOptions = (c: Req) =>
  ({ httpOnly: true, secure: isSecure(c), sameSite: 'Lax', path: '/auth' }) as const;

/** The session of the cookie; `lookOnly` keeps nobody signed in. */
export const currentSession = (c: Req, { parts }: Drawing, lookOnly: boolean, takeNotice = false) =>
  lookOnly
    ? parts.sessions.look(sessionToken(c), c.get('now'))
    : parts.sessions.use(sessionToken(c), c.get('now'), takeNotice);

/** Without the session's token nothing ends; whoever has no session is told what they wanted to hear. */
const endSession = async (
  c: Req,
  drawing: Drawing,
  end: (session: Session) => Promise<void>,
): Promise<Response> => {
  const { csrf } = await readPosted(c);
  const session = await currentSession(c, drawing, true);
  if (session === undefined) return seeOther(c, '/auth/signed-out');
  if (!isTokenOf(session.csrf, csrf)) return seeOther(c, '/');
  await end(session);
  deleteCookie(c, sessionCookie(c), { path: '/', secure: isSecure(c) });
  return seeOther(c, (await drawing.parts.signIn.goodbye(c.get('origin'))) ?? '/auth/signed-out');
};

const signInProblem = (
  c: Req,
  drawing: Drawing,
  answer: Exclude<SignedIn, { outcome: 'signed-in' }>,
): Promise<Response> => {
  const say = (status: 400 | 403, title: string, text?: string) =>
    draw(c, drawing, status, { title }, <SignInProblem title={title} {...(text && { text })} />, true);
  switch (answer.outcome) {
    case 'cancelled':
      return say(400, '로그인을 취소했습니다.');
    case 'expired':
      return say(400, '로그인 요청이 만료됐습니다. 다시 로그인해 주세요.');
    case 'no-role':
      return say(
        403,
        '이 화면을 볼 권한이 없습니다',
        `${answer.name} 계정은 ${Object.values(ROLE_LABELS).join(' · ')} 그룹에 들어 있지 않습니다. 관리자에게 요청해 주세요.`,
      );
    case 'refused':
      drawing.parts.ports.count('SignInRefused');
      return say(400, '로그인 정보를 확인하지 못했습니다', '처음부터 다시 로그인해 주세요.');
  }
};
