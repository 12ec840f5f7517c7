/** One execution environment of a function: the real bundle, with clock, timers, dice, printing and the network ours. */
import { createRequire } from 'node:module';
import type { Agenda, Note } from './agenda.ts';
import { consoleOf, diceOf, processOf, RememberingDecoder } from './globals.ts';

/** What a sandbox can reach: answered by the world, or never. */
export interface Outside {
  /** packages by their name in the place of the installed ones */
  packages: Record<string, unknown>;
  /** around every cold start, so that what is made during it is known to be the sandbox's own */
  starting: <T>(sandbox: Sandbox, start: () => T) => T;
  /** in the place of functions/epost/transport.client.ts */
  transport: (sandbox: Sandbox, options: unknown) => unknown;
  print: (sandbox: Sandbox, line: string) => void;
  random: () => number;
}
export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export interface Sandbox {
  readonly id: number;
  readonly entry: string;
  /** `frozen`: no invocation; what comes meanwhile waits for the next one. `dead`: nothing happens in it any more. */
  state: 'running' | 'frozen' | 'dead';
  /** answers it waits for: calls and its own timers */
  awaited: number;
  handler: Handler;
  /** Does it now, at the next invocation if it is frozen, or never if it is dead. */
  deliver(what: () => void): void;
  freeze(): void;
  thaw(): void;
  kill(): void;
}

type Compiled = (...parameters: unknown[]) => void;
const PARAMETERS = [
  'require',
  'module',
  'exports',
  'process',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'console',
  'AbortSignal',
  'TextDecoder',
  'simulatedTransport',
];
const load = createRequire(import.meta.url);
const loaded = new Map<string, unknown>();
/** Looking a package up takes longer than a cold start. */
const hostRequire = (name: string): unknown => {
  if (!loaded.has(name)) loaded.set(name, load(name));
  return loaded.get(name);
};
const compiled = new Map<string, Compiled>();

/** Compiled once per text; evaluated at every cold start. */
const compile = (code: string): Compiled => {
  const known = compiled.get(code);
  if (known !== undefined) return known;
  // oxlint-disable-next-line typescript/no-implied-eval -- the product's own bundle, given other globals
  const fresh = new Function(...PARAMETERS, code) as Compiled;
  compiled.set(code, fresh);
  return fresh;
};

/** A cold start. @throws what the function's own start throws, such as an environment that is not usable */
export const startSandbox = (
  id: number,
  { entry, code, environment }: { entry: string; code: string; environment: Record<string, string> },
  agenda: Agenda,
  outside: Outside,
): Sandbox => {
  let waiting: (() => void)[] = [];
  const timers = new Map<number, Note>();
  const sandbox: Sandbox = {
    id,
    entry,
    state: 'running',
    awaited: 0,
    handler: () => Promise.reject(new Error('not started')),
    deliver: (what) => {
      if (sandbox.state === 'frozen') waiting.push(what);
      else if (sandbox.state === 'running') what();
    },
    freeze: () => {
      if (sandbox.state === 'running') sandbox.state = 'frozen';
    },
    thaw: () => {
      sandbox.state = 'running';
      const late = waiting;
      waiting = [];
      for (const what of late) what();
    },
    kill: () => {
      sandbox.state = 'dead';
      waiting = [];
      for (const note of timers.values()) note.off = true;
    },
  };
  const time = clockOf(agenda, sandbox, timers);
  const module = { exports: {} as { handler?: Handler } };
  const own = platform(time, (line) => outside.print(sandbox, line));
  const require = (name: string): unknown => own[name] ?? outside.packages[name] ?? hostRequire(name);
  const globals = [
    require,
    module,
    module.exports,
    { ...processOf(environment), stdout: {}, stderr: {} },
    time.Date,
    diceOf(outside.random),
    time.setTimeout,
    time.clearTimeout,
    () => undefined,
    (then: () => void) => time.setTimeout(then, 0),
    { now: () => agenda.now() },
    consoleOf((line) => outside.print(sandbox, line)),
    time.AbortSignal,
    RememberingDecoder,
    (options: unknown) => outside.transport(sandbox, options),
  ];
  outside.starting(sandbox, () => compile(code)(...globals));
  if (module.exports.handler === undefined) throw new Error(`${entry} exports no handler`);
  sandbox.handler = module.exports.handler;
  return sandbox;
};

type Time = ReturnType<typeof clockOf>;

const clockOf = (agenda: Agenda, sandbox: Sandbox, timers: Map<number, Note>) => {
  let serial = 0;
  /** @param counts whether somebody waits for it: a guard that only fires when all else fails does not */
  const startTimer = (
    then: (...given: unknown[]) => void,
    ms = 0,
    counts: boolean,
    given: unknown[] = [],
  ) => {
    const id = ++serial;
    if (counts) sandbox.awaited += 1;
    const fire = () => {
      if (!timers.delete(id)) return;
      if (counts) sandbox.awaited -= 1;
      then(...given);
    };
    timers.set(
      id,
      agenda.in(Math.max(0, ms), () => sandbox.deliver(fire)),
    );
    return { id, counts, unref: () => undefined, ref: () => undefined };
  };
  const clearTimeout = (timer: { id: number; counts: boolean } | undefined) => {
    const note = timer && timers.get(timer.id);
    if (timer === undefined || note === undefined) return;
    note.off = true;
    timers.delete(timer.id);
    if (timer.counts) sandbox.awaited -= 1;
  };
  const setTimeout = (then: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
    startTimer(then, ms, true, given);
  class VirtualDate extends Date {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [agenda.now()] : given) as [number]));
    }
    static override now(): number {
      return agenda.now();
    }
  }
  const signals = {
    timeout: (ms: number) => {
      const controller = new AbortController();
      startTimer(() => controller.abort(new DOMException('timed out', 'TimeoutError')), ms, false);
      return controller.signal;
    },
    any: (all: AbortSignal[]) => AbortSignal.any(all),
    abort: (reason?: unknown) => AbortSignal.abort(reason),
  };
  return {
    Date: VirtualDate,
    AbortSignal: signals,
    setTimeout,
    clearTimeout,
    guard: (then: () => void, ms?: number) => startTimer(then, ms, false),
  };
};

/** Node's own modules that keep time or print. The middleware's timer is a guard against the end of the time allowed. */
const platform = (time: Time, print: (line: string) => void): Record<string, unknown> => {
  class Console {
    constructor() {
      Object.assign(this, consoleOf(print));
    }
  }
  return {
    'node:timers/promises': {
      setTimeout: (ms: number, value: unknown) =>
        new Promise((resolve) => time.setTimeout(() => resolve(value), ms)),
    },
    'node:timers': { setTimeout: time.guard, clearTimeout: time.clearTimeout },
    'node:console': { Console },
  };
};
