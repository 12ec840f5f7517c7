/** Every call to AWS on its way: when it arrives, whether it does, and whether its answer comes back. */
import { AwsError } from '../aws/aws-error.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Departures } from '../kernel/departures.ts';
import type { Sandbox } from '../kernel/sandbox.ts';
import type { Tape } from '../kernel/tape.ts';
import { type AwsCall, type AwsFault, subjectOf } from './call-site.ts';
import { type Coverage, countHit } from './coverage.ts';
import type { Names } from './names.ts';
import type { Trouble } from './trouble.ts';

export interface AwsDoorOptions {
  agenda: Agenda;
  departures: Departures;
  tape: Tape;
  trouble: Trouble;
  names: Names;
  coverage: Coverage;
  /** does it, at once; of `stale`, `partial` and `conflict` AWS itself knows what they mean */
  perform: (call: AwsCall, fault: AwsFault | undefined) => unknown;
  /** told after every effect, whatever becomes of the answer */
  happened: (call: AwsCall, output: unknown, sandbox: Sandbox) => void;
  crash: (sandbox: Sandbox) => void;
  note: (line: () => string) => void;
  /** how long every call of a function takes besides, ms */
  drag: (entry: string) => number;
}
export type AwsDoor = (sandbox: Sandbox, call: AwsCall) => Promise<unknown>;

const NEVER = new Promise<never>(() => undefined);
const SLOW_MS = [500, 3000, 12_000, 40_000, 100_000] as const;

export const createAwsDoor = (options: AwsDoorOptions): AwsDoor => {
  const { agenda, tape, note } = options;
  return (sandbox, call) => {
    if (sandbox.state === 'dead') return NEVER;
    const subject = subjectOf(call, options.names);
    const site = `${sandbox.entry} ${subject}`;
    sandbox.awaited += 1;
    return new Promise((resolve, reject) => {
      const go = () => depart(sandbox, call, { subject, site, resolve, reject });
      options.departures.leave({ sandbox, site, content: () => contentOf(call), go });
    });
  };

  function depart(sandbox: Sandbox, call: AwsCall, { subject, site, resolve, reject }: Leaving): void {
    const fault = options.trouble.forCall(site, call);
    countHit(options.coverage, site, fault ?? 'ok');
    note(() => `${sandbox.entry}/${sandbox.id} ${subject}${fault === undefined ? '' : ` (${fault})`}`);
    if (fault === 'crash-before') {
      agenda.in(0, () => options.crash(sandbox));
      return;
    }
    const there = 4 + tape.next(8) + (fault === 'slow' && tape.next(2) === 0 ? tape.pick(SLOW_MS) : 0);
    const back = 1 + options.drag(sandbox.entry) + (fault === 'slow' ? tape.pick(SLOW_MS) : 0);
    const answer = (give: () => void) =>
      agenda.in(back, () =>
        sandbox.deliver(() => {
          sandbox.awaited -= 1;
          give();
        }),
      );
    agenda.in(there, () => {
      const outcome = arrive(options, sandbox, call, fault);
      if (outcome === 'crash') options.crash(sandbox);
      else if ('error' in outcome) answer(() => reject(outcome.error));
      else answer(() => resolve(outcome.output));
    });
  }
};

interface Leaving {
  subject: string;
  site: string;
  resolve: (output: unknown) => void;
  reject: (error: Error) => void;
}

/** Without the token, which the client draws from the real dice. */
const contentOf = ({ input }: AwsCall): string =>
  JSON.stringify(input, (key, value: unknown) => (key === 'ClientRequestToken' ? undefined : value));

type Outcome = { output: unknown } | { error: Error } | 'crash';

/** The call is at AWS. */
const arrive = (
  options: AwsDoorOptions,
  sandbox: Sandbox,
  call: AwsCall,
  fault: AwsFault | undefined,
): Outcome => {
  if (fault === 'fail') return { error: refused('InternalServerError', 500) };
  if (fault === 'throttle') return { error: refused('ThrottlingException', 400) };
  const answer = performed(options, sandbox, call, fault);
  if (fault === 'lost') return { error: reset() };
  return fault === 'crash-after' ? 'crash' : answer;
};

const performed = (
  { perform, happened }: AwsDoorOptions,
  sandbox: Sandbox,
  call: AwsCall,
  fault: AwsFault | undefined,
): { output: unknown } | { error: Error } => {
  try {
    const output = perform(call, fault);
    happened(call, output, sandbox);
    return { output };
  } catch (error) {
    if (error instanceof AwsError) return { error };
    throw error;
  }
};

const refused = (name: string, status: number) => new AwsError({ name, message: 'simulated', status });

const reset = (): Error =>
  Object.assign(new Error('simulated: the connection was reset'), {
    name: 'TimeoutError',
    code: 'ECONNRESET',
  });
