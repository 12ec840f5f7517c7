import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InvocationResult, LambdaFunction } from './lambda-function.ts';

/** A function URL: where it listens, what it calls, and who may come in. */
export interface FunctionUrl {
  logicalId: string;
  port: number;
  fn: LambdaFunction;
  /** Whether the request may come in; asked with its body, for the signature. */
  mayEnter: (request: IncomingMessage, body: Buffer) => boolean;
  now: () => number;
  /** Counts the invocation as work under way. */
  track: <T>(work: Promise<T>) => Promise<T>;
}

/** Anything else, forms included, comes as base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript)\b|application\/[\w.-]+\+(json|xml)\b)/;

/** Serves a function over HTTP with payload format 2.0. Source: Lambda developer guide, "Invoking function URLs". */
export async function serveFunctionUrl(url: FunctionUrl): Promise<() => void> {
  const server = createServer((request, response) => {
    answer(url, request, response).catch(() => reply(response, 502, '{"message":"Internal Server Error"}'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(url.port, '127.0.0.1', resolve);
  });
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

async function answer(url: FunctionUrl, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!url.mayEnter(request, body)) return reply(response, 403, '{"Message":"Forbidden"}');
  const result = await url.track(url.fn.invoke(toEvent(url, request, body)));
  if (result.outcome === 'throttled')
    return reply(response, 429, '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}');
  if (result.outcome === 'failed') return reply(response, 502, '{"message":"Internal Server Error"}');
  respond(response, result);
}

function toEvent(url: FunctionUrl, request: IncomingMessage, body: Buffer): object {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://local');
  const { cookie, ...headers } = request.headers;
  const query = [...new Set(searchParams.keys())].map((key) => [key, searchParams.getAll(key).join(',')]);
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain');
  const now = url.now();
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')])),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': String(url.port),
    },
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) as Record<string, string> }),
    requestContext: {
      accountId: 'anonymous',
      apiId: url.logicalId,
      domainName: headers.host,
      domainPrefix: url.logicalId,
      http: {
        method: request.method,
        path: pathname,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'],
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

interface UrlAnswer {
  statusCode: number;
  headers?: Record<string, string>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** An answer without a status code is the body of a 200, as in AWS. */
function respond(
  response: ServerResponse,
  { payload }: Extract<InvocationResult, { outcome: 'done' }>,
): void {
  if (payload === null || typeof payload !== 'object' || !('statusCode' in payload)) {
    return reply(response, 200, typeof payload === 'string' ? payload : JSON.stringify(payload));
  }
  const { statusCode, headers, cookies, body = '', isBase64Encoded } = payload as UrlAnswer;
  response
    .writeHead(statusCode, {
      'content-type': 'application/json',
      ...headers,
      ...(cookies && { 'set-cookie': cookies }),
    })
    .end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
