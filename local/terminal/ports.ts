import { createServer } from 'node:net';

/** The ports of one start: three in a row, or any free ones. */
export interface Ports {
  edge: number;
  simulator: number;
  control: number;
}

export const portsFrom = (first: number): Ports =>
  first === 0
    ? { edge: 0, simulator: 0, control: 0 }
    : { edge: first, simulator: first + 1, control: first + 2 };

/** The sentence for a taken port: a range ten further on is likely free. */
export const busySentence = (port: number, first: number): string => {
  const other = first + 10 <= 65_533 ? first + 10 : 4300;
  return `${port}번 포트를 이미 쓰고 있습니다. --port ${other} 으로 다시 실행해 주세요.`;
};

const GRACE_MS = 1_000;
const RETRY_MS = 100;

/**
 * First of the ports that someone else listens on at 127.0.0.1, or undefined. A taken one is tried again for a
 * second: after a kill, the ended process may hold it a moment longer.
 */
export const firstBusyPort = async (ports: readonly number[]): Promise<number | undefined> => {
  const until = Date.now() + GRACE_MS;
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
