/** `npm start -- --json` as an outsider runs it: a child process, its JSON lines, its control door. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Told {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
}
export interface Ready {
  endpoints: Record<'eventbridge' | 'dynamodb' | 'sqs' | 'epost', string>;
  busName: string;
  control: string;
  /** the machine door */
  api: string;
  region: string;
  tables: Record<string, string>;
}
export interface Running {
  ready: Ready;
  /** our events, in order; the platform's own are left out */
  told: Told[];
  /** SIGKILL, as a power cut would */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const root = path.join(import.meta.dirname, '..', '..');

/** Starts it and waits for the ready line. @throws with what it printed when it ends before. */
export const npmStart = async (...options: string[]): Promise<Running> => {
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const child = spawn(process.execPath, [tsx, 'local/main.ts', '--json', '--no-demo', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const told: Told[] = [];
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${errors}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { type: string };
      if (said.type === 'ready') resolve(said as unknown as Ready);
      else if ((said as unknown as Told).source === 'epost-parcel') told.push(said as unknown as Told);
    });
  });
  return { ready, told, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') };
};

/** Signals the launcher and its child alike, as a terminal or a power cut would. */
const end = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.pid !== undefined) process.kill(-child.pid, signal);
  await gone;
};

/** POSTs to the control door and answers with its JSON. */
export const control = async (
  running: Running,
  what: string,
  body: unknown,
): Promise<Record<string, unknown>> => {
  const answer = await fetch(new URL(what, running.ready.control), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
};

/** The simulator's counts. */
export const carrierState = async (running: Running) =>
  (await (await fetch(new URL('/state', running.ready.control))).json()) as {
    bookings: number;
    secondRegistrations: number;
    distinctNumbers: number;
  };

/** Jumps from event to event until something holds. @throws when it does not within the jumps. */
export const jumpUntil = async (running: Running, holds: () => boolean | Promise<boolean>, jumps = 400) => {
  for (let i = 0; i < jumps; i++) {
    if (await holds()) return;
    await control(running, '/clock', { jump: true });
  }
  throw new Error(`It did not come about within ${jumps} jumps`);
};
