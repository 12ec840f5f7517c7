/** The service that runs functions: warm and cold starts, time limits, concurrency, deaths. */
import type { Agenda, Note } from './agenda.ts';
import type { Departures } from './departures.ts';
import { type Outside, type Sandbox, startSandbox } from './sandbox.ts';
import type { Tape } from './tape.ts';

export interface RunnableFunction {
  entry: string;
  name: string;
  timeoutMs: number;
  concurrency: number | undefined;
  environment: Record<string, string>;
  code: string;
}
/** `died`: killed at its time limit, or by a crash; nothing is known of what it did. */
export type Ended =
  { outcome: 'done'; value: unknown } | { outcome: 'failed'; error: Error } | { outcome: 'died' };

interface Invocation {
  sandbox: Sandbox;
  limit: Note;
  ended: (how: Ended) => void;
}

export interface Functions {
  /**
   * False: as many as allowed are running already, unless that does not matter (`crowded`). `ended` is told on the
   * agenda, never at once.
   */
  invoke(entry: string, event: unknown, ended: (how: Ended) => void, crowded?: boolean): boolean;
  /** Ends the sandbox's life now, whatever it is doing. */
  crash(sandbox: Sandbox): void;
  running(entry?: string): number;
  /** Lets every function go on until it has ended or waits for an answer, then lets their calls go. */
  settle(): Promise<void>;
}

export interface FunctionsOptions {
  functions: readonly RunnableFunction[];
  agenda: Agenda;
  departures: Departures;
  tape: Tape;
  outside: Outside;
  serial: () => string;
  note: (line: () => string) => void;
}

/** How long a killed sandbox may go on acting, at most. */
const AFTERLIFE_MS = 60_000;
const START_MS = 100;

export const createFunctions = (options: FunctionsOptions): Functions => {
  const { agenda, tape, outside, note } = options;
  const byEntry = new Map(options.functions.map((fn) => [fn.entry, fn]));
  const idle = new Map<string, Sandbox[]>();
  const invocations = new Map<Sandbox, Invocation>();
  let sandboxes = 0;

  const end = (sandbox: Sandbox, how: Ended) => {
    const invocation = invocations.get(sandbox);
    if (invocation === undefined) return;
    invocations.delete(sandbox);
    invocation.limit.off = true;
    note(
      () =>
        `${sandbox.entry}/${sandbox.id} ${how.outcome}${how.outcome === 'failed' ? `: ${how.error.name}` : ''}`,
    );
    agenda.in(0, () => invocation.ended(how));
    if (how.outcome === 'died') return;
    sandbox.freeze();
    idle.set(sandbox.entry, [...(idle.get(sandbox.entry) ?? []), sandbox]);
  };
  const die = (sandbox: Sandbox, afterlife: number) => {
    end(sandbox, { outcome: 'died' });
    if (afterlife === 0) sandbox.kill();
    else agenda.in(afterlife, () => sandbox.kill());
  };
  const sandboxFor = (fn: RunnableFunction): Sandbox => {
    const warm = idle.get(fn.entry) ?? [];
    if (warm.length > 0 && !tape.chance(150)) {
      // Not always the latest: an old one knows old things.
      const at = warm.length - 1 - tape.next(warm.length);
      return warm.splice(at, 1)[0]!;
    }
    const environment = { ...fn.environment, AWS_LAMBDA_FUNCTION_NAME: fn.name };
    return startSandbox(++sandboxes, { entry: fn.entry, code: fn.code, environment }, agenda, outside);
  };
  const running = (entry?: string): number =>
    [...invocations.keys()].filter((sandbox) => entry === undefined || sandbox.entry === entry).length;

  return {
    running,
    crash: (sandbox) => die(sandbox, 0),
    invoke: (entry, event, ended, crowded = false) => {
      const fn = byEntry.get(entry);
      if (fn === undefined) throw new Error(`no function ${entry}`);
      if (!crowded && fn.concurrency !== undefined && running(entry) >= fn.concurrency) return false;
      const sandbox = sandboxFor(fn);
      const deadline = agenda.now() + START_MS + fn.timeoutMs;
      const atLimit = () => {
        note(() => `${entry}/${sandbox.id} killed at its time limit`);
        die(sandbox, tape.chance(300) ? tape.next(AFTERLIFE_MS) : 0);
      };
      invocations.set(sandbox, { sandbox, limit: agenda.at(deadline, atLimit), ended });
      const context = {
        awsRequestId: options.serial(),
        functionName: fn.name,
        functionVersion: '$LATEST',
        invokedFunctionArn: `arn:aws:lambda:ap-northeast-2:000000000000:function:${fn.name}`,
        memoryLimitInMB: '256',
        getRemainingTimeInMillis: () => Math.max(0, deadline - agenda.now()),
      };
      note(() => `${entry}/${sandbox.id} begins`);
      if (sandbox.state === 'frozen') sandbox.thaw();
      sandbox.handler(event, context).then(
        (value) => end(sandbox, { outcome: 'done', value }),
        (error: Error) => end(sandbox, { outcome: 'failed', error }),
      );
      return true;
    },
    settle: async () => {
      for (let turns = 0; ; turns++) {
        await new Promise((resolve) => setImmediate(resolve));
        const busy = [...invocations.keys()].find(({ awaited }) => awaited === 0);
        if (busy === undefined) return options.departures.flush();
        if (turns > 10_000) throw new Error(`${busy.entry} waits for something outside of the simulation`);
      }
    },
  };
};
