import { execFile, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

// The watchdog learns every child's id over a pipe. When the pipe closes, however this process ended, it kills them.
const WATCHDOG = `
let rest = ''; const pids = new Set();
process.stdin.on('data', (data) => {
  const lines = (rest + data).split('\\n'); rest = lines.pop();
  for (const line of lines) line[0] === '+' ? pids.add(+line.slice(1)) : pids.delete(+line.slice(1));
}).on('end', () => { for (const pid of pids) try { process.kill(pid, 'SIGKILL'); } catch {} process.exit(); });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});`;

const children = new Set<ChildProcess>();
let watchdog: ChildProcess | undefined;

/**
 * Starts a process that does not outlive this one, even where this one is killed with SIGKILL. It stands apart from
 * the terminal: Ctrl+C there is for this process, which then ends its children in good order.
 */
export function startChild(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  if (child.pid === undefined) return child;
  const pid = child.pid;
  tellWatchdog(`+${pid}\n`);
  children.add(child);
  child.once('exit', () => {
    children.delete(child);
    tellWatchdog(`-${pid}\n`);
  });
  return child;
}

function tellWatchdog(line: string): void {
  if (!watchdog) {
    watchdog = spawn(process.execPath, ['-e', WATCHDOG], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    watchdog.unref();
    (watchdog.stdin as unknown as { unref(): void }).unref();
    watchdog.stdin?.on('error', () => {});
  }
  watchdog.stdin?.write(line);
}

/** A TCP port of 127.0.0.1 that is free right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Resident memory of this process, its watched children and the watchdog, in MB. */
export async function residentMb(): Promise<number> {
  const pids = [...children, ...(watchdog ? [watchdog] : [])].flatMap((child) => child.pid ?? []);
  const others = await Promise.all(pids.map(residentBytes));
  const own = process.memoryUsage().rss;
  return Math.round((own + others.reduce((sum, bytes) => sum + bytes, 0)) / 2 ** 20);
}

async function residentBytes(pid: number): Promise<number> {
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) * 1024;
  } catch {
    return 0; // The child ended meanwhile.
  }
}
