import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decryptSeed128Hex } from '../../functions/epost/seed128.ts';
import { readCall } from './wire/call.ts';
import type { CarrierDoor } from './wire/carrier-door.ts';
import { serveCall } from './wire/carrier-door.ts';
import type { SimulatorControl } from './control/control.ts';
import { createControl } from './control/control.ts';
import { serveControl } from './control/routes.ts';
import { createFaults, seededRandom } from './faults.ts';
import { operationAt } from './wire/operations.ts';
import { readBody } from './wire/read-body.ts';
import type { Statistics } from './statistics.ts';
import { createStatistics } from './statistics.ts';
import { openWorld } from './office/world.ts';

export interface EpostSimulator {
  /** `http://127.0.0.1:<port>`; all three ePost hosts are served under it by their paths. */
  url: string;
  control: SimulatorControl;
  /** Cuts open connections, closes the journal and frees the port. */
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  /** Default: a free one. A taken one rejects with EADDRINUSE. */
  port?: number;
  /** The auth key of ship calls. */
  key: string;
  /** The security key regData is encrypted with. */
  securityKey: string;
  /** regkey of biz trace and serviceKey of both data.go.kr services. */
  traceKey: string;
  /** The virtual clock, epoch ms: bookings, scans and days follow it; delays of faults are real time. */
  now: () => number;
  /** JSON lines; bookings written before an answer is sent are there after a kill. Default: memory only. */
  journalFile?: string;
  /** Decides draws of faults and the start of the number range; default 1. */
  seed?: number;
}

/**
 * Starts a post office of our own that speaks ePost's wire. It is no proof about the live service: behaviours.ts
 * says of each behaviour how sure it is.
 */
export async function startEpostSimulator(options: SimulatorOptions): Promise<EpostSimulator> {
  const world = openWorld(options);
  const random = seededRandom(options.seed ?? 1);
  const faults = createFaults(random);
  const statistics = createStatistics();
  const control = createControl(world, faults, statistics);
  const stopping = new AbortController();
  const door: CarrierDoor = {
    world,
    faults,
    key: options.key,
    traceKey: options.traceKey,
    used: new Map(),
    random,
    stopping: stopping.signal,
  };
  const decrypt = (hex: string) => decryptSeed128Hex(hex, options.securityKey);

  const server = createServer((request, response) => {
    route(request, response, { door, control, statistics, decrypt }).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  // Longer than any client keeps an idle connection, or a reused one would be reset by accident.
  server.keepAliveTimeout = 120_000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
  } catch (error) {
    world.close();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    control,
    stop: async () => {
      if (stopping.signal.aborted) return;
      stopping.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      world.close();
    },
  };
}

interface House {
  door: CarrierDoor;
  control: SimulatorControl;
  statistics: Statistics;
  decrypt: (hex: string) => string;
}

async function route(request: IncomingMessage, response: ServerResponse<IncomingMessage>, house: House) {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const operation = operationAt(url.pathname);
  if (operation === null) return serveControl(request, response, url, house.control);
  if (request.method !== 'GET' && request.method !== 'POST') {
    response.writeHead(405, { Allow: 'GET, POST' }).end();
    return;
  }
  const finish = house.statistics.arrive(operation);
  response.once('close', finish);
  const body = await readBody(request);
  const call = readCall(operation, url.searchParams, body, house.decrypt);
  await serveCall(house.door, call, response, finish);
}
