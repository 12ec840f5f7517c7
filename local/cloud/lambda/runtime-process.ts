import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startChild } from '../child-process.ts';
import type { LocalClock } from '../clock.ts';

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

const RUNTIME_CLIENT = join(
  dirname(createRequire(import.meta.url).resolve('aws-lambda-ric/package.json')),
  'index.mjs',
);
// Heap limit as Lambda's own runtime sets it: most of the configured memory, the rest is the runtime's.
const HEAP_SHARE = 0.9;

/** Starts AWS's runtime client for a function; `port` is that of its Runtime API. */
export function spawnRuntime(definition: FunctionDefinition, clock: LocalClock, port: number): ChildProcess {
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
export function freeze(child: ChildProcess): void {
  if (process.platform !== 'win32') child.kill('SIGSTOP');
}

/** Lets a frozen environment go on. */
export function thaw(child: ChildProcess): void {
  if (process.platform !== 'win32') child.kill('SIGCONT');
}

/** Tells each line of what a function wrote. */
export function logLines(data: Buffer, log: (line: string) => void): void {
  for (const line of data.toString().replaceAll('\r', '\n').split('\n')) if (line) log(line);
}
