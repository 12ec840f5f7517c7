import { mkdirSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Settings } from '../../lib/settings.ts';
import { createClock, type LocalClock } from '../cloud/clock.ts';
import type { BusEvent } from '../cloud/events/event-shape.ts';
import { startStack } from '../cloud/stack.ts';
import type { LocalStack } from '../cloud/stack-options.ts';
import { synthesize } from '../cloud/synthesize.ts';
import type { EpostSimulator } from '../epost-simulator/simulator.ts';
import { isLiveCarrier, openCarrier } from './carrier.ts';
import { localClients } from './clients.ts';
import type { Ports } from '../terminal/ports.ts';
import type { DemoContract } from './contracts.ts';
import { type ControlDoor, startControlDoor } from './control-door.ts';
import { lockData } from './data-lock.ts';
import { deploySettings } from './deploy-settings.ts';
import type { Piloted } from './pilot.ts';
import { announceContracts, seedContracts } from './seed.ts';

/** The whole product on this machine: the stack from its template, the carrier, one clock over both. */
export interface House extends Piloted {
  clock: LocalClock;
  stack: LocalStack;
  /** absent where another carrier endpoint is used */
  simulator?: EpostSimulator;
  carrierUrl: string;
  /** where operators work */
  consoleUrl: string | undefined;
  /** the shop platform's door for applications */
  apiUrl: string | undefined;
  control: ControlDoor;
  clients: ReturnType<typeof localClients>;
  settings: Settings;
  contracts: readonly DemoContract[];
  stop(): Promise<void>;
}

export interface HouseOptions {
  ports: Ports;
  dataDir?: string;
  /** virtual seconds per second */
  speed: number;
  /** another carrier endpoint than the built-in simulator */
  epost?: { url: string; key: string; securityKey: string };
  contracts: readonly DemoContract[];
  /** contracts that kept data may have been waiting for */
  further: readonly DemoContract[];
  onEvent: (event: BusEvent) => void;
  log: (line: string, functionName: string) => void;
}

/**
 * Starts everything and seeds the contracts; a later start with the same folder goes on where it was.
 * @throws a sentence for the reader where something is missing; EADDRINUSE for a taken port. Nothing stays behind.
 */
export const openHouse = async (options: HouseOptions): Promise<House> => {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return { ...(await furnish(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const furnish = async (options: HouseOptions, stops: (() => unknown)[]): Promise<Omit<House, 'stop'>> => {
  const clock = createClock({ speed: options.speed });
  const settings = deploySettings();
  const folder = await openFolder(options.dataDir, stops);
  const synthesized = await synthesize(folder.assembly);
  const carrier = await openCarrier({ ...options, ...folder, port: options.ports.simulator, now: clock.now });
  const { simulator } = carrier;
  if (simulator) stops.push(() => simulator.stop());
  const stack = await startStack({
    ...synthesized,
    clock,
    ...(folder.dataDir && { dataDir: folder.dataDir }),
    schedules: true,
    // A permission forgotten in lib/ shows here, not first in AWS.
    iam: true,
    port: options.ports.edge,
    urlPorts: { Admin: options.ports.console, PlatformApi: options.ports.api },
    env: carrier.env,
    secrets: { [`epost/${settings.stage}`]: carrier.secret },
    onEvent: options.onEvent,
    log: options.log,
  });
  stops.push(() => stack.stop());
  const clients = localClients(stack.endpoints);
  stops.push(() => (clients.doc.destroy(), clients.bus.destroy()));
  const contracts = await seed(options, { stack, clients, clock, carrierUrl: carrier.url });
  const piloted = pilotedBy(stack, clock);
  const simulated = simulator && { simulatorUrl: simulator.url };
  const control = await startControlDoor({
    port: options.ports.control,
    house: piloted,
    stack: { endpoint: stack.endpoints.edge, outputs: stack.outputs },
    sms: stack.sms,
    ...simulated,
  });
  stops.push(() => control.stop());
  return {
    ...piloted,
    ...(simulator && { simulator }),
    carrierUrl: carrier.url,
    consoleUrl: originOf(stack.outputs['ConsoleUrl']),
    apiUrl: originOf(stack.outputs['PlatformApiUrl']),
    stack,
    clients,
    control,
    settings,
    contracts,
  };
};

const originOf = (url: string | undefined): string | undefined => url && new URL(url).origin;

const seed = async (
  { contracts, further }: HouseOptions,
  { stack, clients, clock, carrierUrl }: Pick<House, 'stack' | 'clients' | 'clock' | 'carrierUrl'>,
): Promise<DemoContract[]> => {
  const tables = tablesOf(stack.outputs);
  const how = { now: clock.now(), testOrders: isLiveCarrier(carrierUrl) };
  await seedContracts(clients.doc, tables, [...contracts, ...further], how);
  await announceContracts(clients.bus, stack.outputs['BusName'] ?? '', further);
  return [...contracts, ...further];
};

/** The synthesized assembly is of this start only; the data stay where they were asked for. */
const openFolder = async (dataDir: string | undefined, stops: (() => unknown)[]) => {
  const assembly = mkdtempSync(join(tmpdir(), 'epost-parcel-'));
  stops.push(() => rmSync(assembly, { recursive: true, force: true }));
  if (dataDir === undefined) return { assembly };
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  stops.push(await lockData(folder));
  return { assembly, dataDir: join(folder, 'cloud'), journalFile: join(folder, 'epost.jsonl') };
};

export const tablesOf = (outputs: Record<string, string>) => ({
  contracts: outputs['ContractsTable'] ?? '',
  pools: outputs['PoolsTable'] ?? '',
  ledger: outputs['LedgerTable'] ?? '',
  shipments: outputs['ShipmentsTable'] ?? '',
  operations: outputs['OperationsTable'] ?? '',
  applications: outputs['ApplicationsTable'] ?? '',
  audit: outputs['AuditTable'] ?? '',
  messages: outputs['MessagesTable'] ?? '',
});

const SETTLE_MS = 600_000;
/** A schedule that fires at a jump reaches its queue within this time. */
const HANDOVER_MS = 30;

const pilotedBy = (stack: LocalStack, clock: LocalClock): Piloted & { clock: LocalClock } => ({
  clock,
  schedules: stack.schedules,
  settle: async () => {
    await new Promise((done) => setTimeout(done, HANDOVER_MS));
    await stack.drain({ timeoutMs: SETTLE_MS });
  },
  transmissionWaits: async () => {
    const { visible, inFlight, delayed } = await stack.queueDepth(
      stack.outputs['TransmissionQueueUrl'] ?? '',
    );
    return visible + inFlight + delayed > 0;
  },
});
