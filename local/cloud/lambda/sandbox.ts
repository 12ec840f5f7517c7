import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { LocalClock } from '../clock.ts';
import { freeze, logLines, spawnRuntime, thaw } from './runtime-process.ts';
import type { FunctionDefinition } from './runtime-process.ts';

/** How an invocation ended: `error` is the error type where the function failed. */
export interface SandboxResult {
  payload: string;
  error?: string;
}

/** One execution environment: AWS's runtime client in a child process, served by a Runtime API of its own. */
export interface Sandbox {
  invoke(requestId: string, payload: string): Promise<SandboxResult>;
  alive(): boolean;
  stop(): void;
}

// Lambda gives the code outside the handler ten seconds of its own.
const INIT_MS = 10_000;

interface Job {
  requestId: string;
  payload: string;
  settle: (result: SandboxResult) => void;
}

/** Starts a sandbox; its first invocation waits until the function is initialized. */
export async function startSandbox(
  definition: FunctionDefinition,
  clock: LocalClock,
  log: (line: string) => void,
): Promise<Sandbox> {
  let waiting: ServerResponse | undefined;
  let job: Job | undefined;
  let alive = true;
  let timer: NodeJS.Timeout | undefined;
  const server = await listen((request, response) => void answer(request, response));
  const child = spawnRuntime(definition, clock, (server.address() as { port: number }).port);
  const forget = clock.onChange(() => void (child.connected && child.send({ clock: clock.state() })));
  child.stdout?.on('data', (data: Buffer) => logLines(data, log));
  child.stderr?.on('data', (data: Buffer) => logLines(data, log));
  child.once('exit', (code, signal) => {
    alive = false;
    forget();
    server.closeAllConnections();
    server.close();
    const how = signal ? `signal: ${signal.toLowerCase().slice(3)}` : `exit status ${code}`;
    settle(
      failure('Runtime.ExitError', `RequestId: ${job?.requestId} Error: Runtime exited with error: ${how}`),
    );
  });

  function settle(result: SandboxResult): void {
    clearTimeout(timer);
    const settled = job;
    job = undefined;
    settled?.settle(result);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const path = request.url ?? '';
    if (path.endsWith('/invocation/next')) {
      waiting = response;
      freeze(child);
      deliver();
      return;
    }
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (path.endsWith('/response')) return settle({ payload: body });
    settle({ payload: body, error: errorType(body) });
    if (path.endsWith('/init/error')) child.kill('SIGKILL');
  }

  function deliver(): void {
    if (!job || !waiting) return;
    const { requestId, payload } = job;
    const response = waiting;
    waiting = undefined;
    thaw(child);
    clearTimeout(timer);
    timer = setTimeout(() => timeOut(requestId), definition.timeoutSeconds * 1000);
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        // The function sees virtual time pass, its work takes real time.
        'lambda-runtime-deadline-ms': String(clock.now() + definition.timeoutSeconds * 1000 * clock.speed),
        'lambda-runtime-invoked-function-arn': definition.arn,
        'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=0',
        'local-clock': JSON.stringify(clock.state()),
      })
      .end(payload);
  }

  function timeOut(requestId: string): void {
    const message = `RequestId: ${requestId} Error: Task timed out after ${definition.timeoutSeconds.toFixed(2)} seconds`;
    settle(failure('Sandbox.Timedout', message));
    alive = false;
    child.kill('SIGKILL');
  }

  return {
    alive: () => alive,
    invoke: (requestId, payload) =>
      new Promise((resolve) => {
        job = { requestId, payload, settle: resolve };
        timer = setTimeout(() => timeOut(requestId), INIT_MS + definition.timeoutSeconds * 1000);
        if (alive) deliver();
        else settle(failure('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited`));
      }),
    stop: () => {
      alive = false;
      child.kill('SIGKILL');
    },
  };
}

function failure(errorType: string, errorMessage: string): SandboxResult {
  return { error: errorType, payload: JSON.stringify({ errorType, errorMessage }) };
}

function errorType(payload: string): string {
  try {
    return String((JSON.parse(payload) as { errorType?: unknown }).errorType ?? 'Unhandled');
  } catch {
    return 'Unhandled';
  }
}

async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(handler);
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The whole body of a request as text. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
