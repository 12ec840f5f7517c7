import { createServer } from 'node:net';

/** What listens on a port of its own, in the order of the ports: what people open most comes first. */
const DOORS = ['console', 'simulator', 'edge', 'control', 'api', 'issuer'] as const;

/** The ports of one start: six in a row, or any free ones. */
export type Ports = Record<(typeof DOORS)[number], number>;

/** The first port may be at most this, so that the others fit behind it. */
export const HIGHEST_FIRST_PORT = 65_536 - DOORS.length;

export const portsFrom = (first: number): Ports =>
  Object.fromEntries(DOORS.map((door, index) => [door, first === 0 ? 0 : first + index])) as Ports;

/** The sentence for a taken port: a range ten further on is likely free. */
export const busySentence = (port: number, first: number): string => {
  const other = first + 10 <= HIGHEST_FIRST_PORT ? first + 10 : 4300;
  return `${port}번 포트를 이미 쓰고 있습니다. --port ${other} 으로 다시 실행해 주세요.`;
};

const GRACE_MS = 1_000;
const RETRY_MS = 100;

/**
 * First of the ports that someone else listens on at 127.0.0.1, or undefined. A taken one is tried again for a
 * second: after a kill, the ended process may hold it a moment longer.
 */
export const firstBusyPort = async (
  ports: readonly number[],
  graceMs = GRACE_MS,
): Promise<number | undefined> => {
  const until = Date.now() + graceMs;
  for (const port of ports.filter((wanted) => wanted !== 0)) {
    while (!(await isFree(port))) {
      if (Date.now() >= until) return port;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  return undefined;
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
