import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod/mini';
import type { LocalClock } from '../cloud/clock.ts';
import type { SmsMessage } from '../cloud/edge/edge-services.ts';
import { jumpOnce, type Piloted } from './pilot.ts';

/** A door for tests and outsiders: the clock, and what the simulator's own control offers. */
export interface ControlDoor {
  url: string;
  stop(): Promise<void>;
}

interface Behind {
  house: Omit<Piloted, 'clock'> & { clock: Pick<LocalClock, 'now' | 'advanceTo' | 'advanceBy' | 'speed'> };
  simulatorUrl?: string;
  /** where the stack answers and what it is made of: operators' scripts ask for it */
  stack?: { endpoint: string; outputs: Record<string, string> };
  /** what was handed to SNS for a phone, oldest first */
  sms?: readonly SmsMessage[];
}

const clockOrder = z.union([
  z.strictObject({ advanceMs: z.number().check(z.gte(0), z.lte(366 * 86_400_000)) }),
  z.strictObject({ jump: z.literal(true) }),
  z.strictObject({ speed: z.number().check(z.gt(0), z.lte(100_000)) }),
]);

type Answer = { status: number; body: unknown };

/** Listens on 127.0.0.1. @throws EADDRINUSE where the port is taken. */
export const startControlDoor = async ({
  port,
  ...behind
}: Behind & { port: number }): Promise<ControlDoor> => {
  const server = createServer((request, response) => {
    answer(request, behind).then(
      (answered) => send(response, answered),
      (error: unknown) => send(response, { status: 500, body: { error: String(error) } }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};

const answer = async (request: IncomingMessage, behind: Behind): Promise<Answer> => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  // A web page open in the same browser must not be able to move the clock.
  if (request.headers.origin !== undefined) return { status: 403, body: { error: 'not for web pages' } };
  let body = '';
  for await (const chunk of request) body += String(chunk);
  if (pathname === '/outputs' && request.method === 'GET' && behind.stack !== undefined)
    return { status: 200, body: behind.stack };
  if (pathname === '/sms' && request.method === 'GET' && behind.sms !== undefined)
    return { status: 200, body: { messages: behind.sms } };
  if (pathname !== '/clock')
    return askSimulator(request.method ?? 'GET', pathname, body, behind.simulatorUrl);
  if (request.method === 'GET') return clockAnswer(behind, {});
  return request.method === 'POST' ? moveClock(body, behind) : notFound(pathname);
};

const moveClock = async (body: string, behind: Behind): Promise<Answer> => {
  const order = clockOrder.safeParse(parsed(body));
  if (!order.success)
    return { status: 400, body: { error: 'expected {"advanceMs": n}, {"jump": true} or {"speed": n}' } };
  const { house } = behind;
  if ('jump' in order.data) return clockAnswer(behind, await jumpOnce(house));
  if ('speed' in order.data) house.clock.speed = order.data.speed;
  else house.clock.advanceBy(order.data.advanceMs);
  return clockAnswer(behind, {});
};

const clockAnswer = ({ house: { clock } }: Behind, more: object): Answer => ({
  status: 200,
  body: { now: clock.now(), time: new Date(clock.now()).toISOString(), speed: clock.speed, ...more },
});

const SIMULATOR_PATHS = ['/journeys', '/faults', '/switches', '/state'];

const askSimulator = async (
  method: string,
  pathname: string,
  body: string,
  simulatorUrl: string | undefined,
): Promise<Answer> => {
  if (simulatorUrl === undefined || !SIMULATOR_PATHS.includes(pathname)) return notFound(pathname);
  const answered = await fetch(`${simulatorUrl}/control${pathname}`, {
    method,
    ...(body !== '' && { body, headers: { 'content-type': 'application/json' } }),
  });
  return { status: answered.status, body: await answered.json() };
};

const notFound = (pathname: string): Answer => ({
  status: 404,
  body: { error: `nothing at ${pathname}`, paths: ['/clock', '/outputs', '/sms', ...SIMULATOR_PATHS] },
});

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const send = (response: ServerResponse, { status, body }: Answer): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
};
