import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { LocalClock } from '../clock.ts';
import { startSandbox } from './sandbox.ts';
import type { FunctionDefinition } from './runtime-process.ts';
import type { Sandbox } from './sandbox.ts';

/** How an invocation ended. `throttled`: the reserved concurrency was used up and nothing ran. */
export type InvocationResult =
  | { outcome: 'done'; requestId: string; payload: unknown }
  | { outcome: 'failed'; requestId: string; error: string; payload: unknown }
  | { outcome: 'throttled'; requestId: string };

/** A function of the stack with its pool of sandboxes. */
export interface LambdaFunction {
  definition: FunctionDefinition;
  /** Sandboxes this machine runs at once at most. */
  concurrency: number;
  /** Waits for a free sandbox; the second run of a function that reserves one is throttled, as in Lambda. */
  invoke(event: unknown, requestId?: string): Promise<InvocationResult>;
  stop(): void;
}

/** Called after each invocation with its real duration in milliseconds. */
export type OnInvocation = (invocation: {
  function: string;
  ms: number;
  error?: string;
  requestId: string;
}) => void;

// An idle sandbox costs some 70 MB; the next cold start costs a quarter of a second.
const IDLE_MS = 30_000;

/** A function that starts sandboxes as they are needed, at most one per core and reserved slot. */
export function createFunction(
  definition: FunctionDefinition,
  options: {
    clock: LocalClock;
    log: (line: string, functionName: string) => void;
    onInvocation: OnInvocation;
    /** How long a sandbox waits for its next invocation; default 30 s. */
    idleMs?: number;
  },
): LambdaFunction {
  const limit = definition.reservedConcurrency ?? Number.POSITIVE_INFINITY;
  const concurrency = Math.min(limit, Math.max(2, availableParallelism()));
  const idle: { sandbox: Sandbox; reap: NodeJS.Timeout }[] = [];
  const queue: (() => void)[] = [];
  const all = new Set<Sandbox>();
  let running = 0;
  let stopped = false;

  const log = (line: string) => options.log(line, definition.name);

  async function acquire(): Promise<Sandbox> {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.reap);
      if (kept.sandbox.alive()) return kept.sandbox;
      all.delete(kept.sandbox);
    }
    const sandbox = await startSandbox(definition, options.clock, log);
    all.add(sandbox);
    if (stopped) sandbox.stop();
    return sandbox;
  }

  function release(sandbox: Sandbox): void {
    if (!sandbox.alive()) return void all.delete(sandbox);
    const reap = setTimeout(() => {
      idle.splice(
        idle.findIndex((kept) => kept.sandbox === sandbox),
        1,
      );
      all.delete(sandbox);
      sandbox.stop();
    }, options.idleMs ?? IDLE_MS);
    reap.unref();
    idle.push({ sandbox, reap });
  }

  async function run(payload: string, requestId: string): Promise<InvocationResult> {
    const started = performance.now();
    const sandbox = await acquire();
    const { payload: text, error } = await sandbox.invoke(requestId, payload);
    release(sandbox);
    const ms = performance.now() - started;
    options.onInvocation({ function: definition.logicalId, ms, requestId, ...(error && { error }) });
    const answer = { requestId, payload: parse(text) };
    return error ? { outcome: 'failed', error, ...answer } : { outcome: 'done', ...answer };
  }

  async function invoke(event: unknown, requestId: string = randomUUID()): Promise<InvocationResult> {
    if (running >= limit) return { outcome: 'throttled', requestId };
    if (running >= concurrency) await new Promise<void>((turn) => queue.push(turn));
    running += 1;
    try {
      return await run(JSON.stringify(event), requestId);
    } finally {
      running -= 1;
      queue.shift()?.();
    }
  }

  const stop = () => {
    stopped = true;
    for (const { reap } of idle) clearTimeout(reap);
    for (const sandbox of all) sandbox.stop();
  };
  return { definition, concurrency, invoke, stop };
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
