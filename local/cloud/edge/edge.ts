import { Agent, createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { jsonRefusal } from './answers.ts';
import type { EdgeAnswer } from './answers.ts';
import { answerJson, answerQuery, KMS } from './edge-services.ts';
import type { EdgeServices } from './edge-services.ts';
import { accessKeyIn } from './callers.ts';
import type { Caller } from './callers.ts';
import { needsOf } from './iam-actions.ts';
import { isAllowed } from './iam-policy.ts';

/** A call that the strict mode refused: who, what, on which resource. */
export interface DeniedCall {
  function: string;
  action: string;
  resource: string;
}

/** What stands behind the edge. */
export interface EdgeBackends {
  dynamodb: string;
  sqs: string;
  services: EdgeServices;
  /** Whose calls are checked; anyone else is the operator, to whom all is allowed. */
  callers: Map<string, Caller>;
  denied: DeniedCall[];
}

/** The one address at which every AWS API of the stack answers, for any SDK or CLI with any credentials. */
export interface Edge {
  url: string;
  /** Requests are answered from this moment; before it they wait. */
  open(backends: EdgeBackends): void;
  stop(): void;
}

/** Listens on 127.0.0.1. @throws where the port is taken (code EADDRINUSE). */
export async function startEdge(port = 0): Promise<Edge> {
  let open!: (backends: EdgeBackends) => void;
  const ready = new Promise<EdgeBackends>((resolve) => (open = resolve));
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const server: Server = createServer((request, response) => {
    ready
      .then((backends) => answer(request, response, backends, agent))
      .catch((error) => {
        if (!response.headersSent) write(response, jsonRefusal('InternalFailure', String(error), 500));
      });
  });
  // Longer than any SDK keeps an idle connection: a frozen sandbox finds its connection alive.
  server.keepAliveTimeout = 90_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const stop = () => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, open, stop };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  backends: EdgeBackends,
  agent: Agent,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') {
    const form = new URLSearchParams(raw.toString());
    const refusal = refusedAs(request, backends, () => [
      { action: `sns:${form.get('Action')}`, resource: '*' },
    ]);
    return write(response, refusal ?? answerQuery(form, backends.services));
  }
  const body = parseBody(raw);
  const refusal = refusedAs(request, backends, () =>
    target.startsWith(KMS)
      ? backends.services.kms.needs(target.slice(KMS.length), body)
      : needsOf(target, body),
  );
  if (refusal) return write(response, refusal);
  const own = await answerJson(target, body, backends.services);
  if (own) return write(response, own);
  if (target.startsWith('DynamoDB_')) return forward(request, response, raw, backends.dynamodb, agent);
  if (target.startsWith('AmazonSQS.')) return forward(request, response, raw, backends.sqs, agent);
  write(response, jsonRefusal('UnknownOperationException', `${target} is not emulated here`));
}

function refusedAs(
  request: IncomingMessage,
  { callers, denied }: EdgeBackends,
  needs: () => { action: string; resource: string }[],
): EdgeAnswer | null {
  const key = accessKeyIn(request.headers.authorization);
  const caller = callers.get(key ?? '');
  if (!caller) return null;
  const missing = needs().find(({ action, resource }) => !isAllowed(caller.statements, action, resource));
  if (!missing) return null;
  denied.push({ function: caller.name, ...missing });
  const what = `${missing.action} on resource: ${missing.resource}`;
  const message = `User: ${caller.name} is not authorized to perform: ${what} because no identity-based policy allows it`;
  return jsonRefusal('AccessDeniedException', message);
}

function parseBody(raw: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(raw.toString() || '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}

function write(response: ServerResponse, { status, type, body }: EdgeAnswer): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  raw: Buffer,
  backend: string,
  agent: Agent,
): Promise<void> {
  const { hostname, port } = new URL(backend);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, method: 'POST', path: request.url, headers: request.headers, agent };
    const upstream = httpRequest(options, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
      answered.on('end', resolve);
    });
    upstream.on('error', reject);
    upstream.end(raw);
  });
}
