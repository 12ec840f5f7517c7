/** The platform's door: routes, size and form of what comes in, problem details for what cannot be taken. */
import { Hono, type Context } from 'hono';
import * as z from 'zod/mini';
import { decide } from '../merchant/decide.ts';
import { applicationId, applicationRequest } from './application-request.ts';
import { viewOf } from './application-view.ts';
import { openApiDocument } from './openapi.ts';
import { fieldErrors, FIXES, type Problem, problem } from './problem.ts';
import { PLATFORM, submit, type SubmitPorts } from './submit.ts';

export interface AppPorts extends SubmitPorts {
  /** told once per request: what was asked and how it ended, ids only */
  log: (text: string, about: Record<string, unknown>) => void;
}
/** A whole application is below 3 KB. */
const MAX_BODY_BYTES = 16 * 1024;

/** Every request was signed (AWS_IAM) before it comes here; nothing here asks who it is. */
export const createApp = (ports: AppPorts) => {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    ports.log('platform request', {
      method: c.req.method,
      status: c.res.status,
      requestId: requestIdOf(c),
    });
  });
  app.get('/openapi.json', (c) => c.json(openApiDocument()));
  app.put('/applications/:id', (c) => withId(c, (id) => put(ports, c, id)));
  app.get('/applications/:id', (c) => withId(c, (id) => read(ports, c, id)));
  app.delete('/applications/:id', (c) => withId(c, (id) => withdraw(ports, c, id)));
  app.all('/applications/:id', (c) => {
    c.header('allow', 'GET, PUT, DELETE');
    return tell(c, problem(405, 'method', 'GET, PUT, DELETE만 쓸 수 있습니다.'));
  });
  app.notFound((c) =>
    tell(
      c,
      problem(
        404,
        'no-such-path',
        '주소를 확인해 주세요. 쓸 수 있는 주소: /applications/{id}, /openapi.json',
      ),
    ),
  );
  app.onError((error, c) => {
    // Its message may quote what was sent.
    ports.log('platform request failed', { error: error.name, requestId: requestIdOf(c) });
    ports.count('PlatformRequestFailed');
    return tell(
      c,
      problem(
        500,
        'failed',
        '요청을 처리하지 못했습니다. 내용은 저장되지 않았을 수 있으니 같은 내용으로 다시 보내 주세요.',
      ),
    );
  });
  return app;
};

const withId = async (c: Context, then: (id: string) => Promise<Response>): Promise<Response> => {
  const id = z.safeParse(applicationId, c.req.param('id'));
  if (id.success) return then(id.data);
  const fix = FIXES['applicationId'] ?? '';
  return tell(
    c,
    problem(422, 'fields', '고칠 항목이 1개 있습니다.', [{ field: 'applicationId', rule: 'format', fix }]),
  );
};

const put = async (ports: AppPorts, c: Context, id: string): Promise<Response> => {
  const body = await readBody(c);
  if ('status' in body) return tell(c, body);
  const request = z.safeParse(applicationRequest, body.json);
  if (!request.success) {
    const errors = fieldErrors(request.error.issues);
    return tell(c, problem(422, 'fields', `고칠 항목이 ${errors.length}개 있습니다.`, errors));
  }
  const answer = await submit(ports, id, request.data, requestIdOf(c));
  if (answer.outcome === 'problem') return tell(c, answer.problem);
  return c.json(viewOf(answer.application), answer.outcome === 'created' ? 201 : 200);
};

const read = async ({ applications }: AppPorts, c: Context, id: string): Promise<Response> => {
  const application = await applications.read(id);
  return application === undefined ? tell(c, unknownId) : c.json(viewOf(application));
};

/** The second time: withdrawn already, the same answer. */
const withdraw = async (ports: AppPorts, c: Context, id: string): Promise<Response> => {
  const known = await ports.applications.read(id);
  if (known === undefined) return tell(c, unknownId);
  if (known.status === 'terminated') return c.json(viewOf(known));
  const requestId = requestIdOf(c);
  const answer = await decide(ports, {
    applicationId: id,
    command: { do: 'withdraw' },
    actor: PLATFORM,
    ...(requestId !== undefined && { requestId }),
  });
  switch (answer.outcome) {
    case 'moved':
      return c.json(viewOf(answer.application));
    case 'refused':
      return tell(c, problem(409, 'not-now', answer.reason));
    case 'not-found':
      return tell(c, unknownId);
    case 'changed':
    case 'duplicate':
      return tell(c, problem(503, 'busy', '다른 요청이 먼저 처리되었습니다. 다시 보내 주세요.'));
  }
};

const unknownId = problem(404, 'unknown-application', '이 ID의 신청이 없습니다. 신청 ID를 확인해 주세요.');

const readBody = async (c: Context): Promise<{ json: unknown } | Problem> => {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    return problem(415, 'content-type', 'content-type을 application/json으로 보내 주세요.');
  const text = await c.req.text();
  if (Buffer.byteLength(text) > MAX_BODY_BYTES)
    return problem(413, 'too-large', '본문이 16 KB를 넘습니다. 정해진 항목만 보내 주세요.');
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return problem(400, 'not-json', '본문이 올바른 JSON이 아닙니다.');
  }
};

/** Lambda's own id of the request: what a caller reports and what the audit row keeps. */
const requestIdOf = (c: Context): string | undefined => {
  const { requestContext } = (c.env ?? {}) as { requestContext?: { requestId?: string } };
  return requestContext?.requestId;
};

const tell = (c: Context, told: Problem): Response =>
  c.body(JSON.stringify(told), told.status as 400, {
    'content-type': 'application/problem+json; charset=utf-8',
  });
