import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LocalClock } from '../clock.ts';
import { startChild } from '../child-process.ts';

/** What a Lambda function is, resolved from the template. */
export interface FunctionDefinition {
  logicalId: string;
  name: string;
  arn: string;
  codeDirectory: string;
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  reservedConcurrency: number | null;
  environment: Record<string, string>;
}

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

const RUNTIME_CLIENT = join(
  dirname(createRequire(import.meta.url).resolve('aws-lambda-ric/package.json')),
  'index.mjs',
);
// Heap limit as Lambda's own runtime sets it: most of the configured memory, the rest is the runtime's.
const HEAP_SHARE = 0.9;
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

function spawnRuntime(definition: FunctionDefinition, clock: LocalClock, port: number): ChildProcess {
  const shim = join(import.meta.dirname, 'sandbox-shim.cjs');
  const heap = Math.floor(definition.memoryMb * HEAP_SHARE);
  const environment = {
    PATH: process.env.PATH,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...definition.environment,
    _HANDLER: definition.handler,
    LAMBDA_TASK_ROOT: definition.codeDirectory,
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LOCAL_CLOCK: JSON.stringify(clock.state()),
  };
  return startChild(process.execPath, [`--max-old-space-size=${heap}`, '--require', shim, RUNTIME_CLIENT], {
    cwd: definition.codeDirectory,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: environment,
  });
}

/** Lambda freezes an environment between invocations: nothing of it runs until the next one. */
function freeze(child: ChildProcess): void {
  if (process.platform !== 'win32') child.kill('SIGSTOP');
}

function thaw(child: ChildProcess): void {
  if (process.platform !== 'win32') child.kill('SIGCONT');
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

function logLines(data: Buffer, log: (line: string) => void): void {
  for (const line of data.toString().replaceAll('\r', '\n').split('\n')) if (line) log(line);
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
