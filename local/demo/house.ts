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
import { startIssuer } from '../issuer/issuer.ts';
import { isLiveCarrier, openCarrier } from './carrier.ts';
import { localClients } from './clients.ts';
import type { Ports } from '../terminal/ports.ts';
import { type DemoContract, FURTHER_DEMO_CONTRACTS } from './contracts.ts';
import { type ControlDoor, startControlDoor } from './control-door.ts';
import { introduceCustomers } from './demo-applications.ts';
import { seedDemoData } from './demo-data.ts';
import { lockData } from './data-lock.ts';
import { deploySettings } from './deploy-settings.ts';
import type { Piloted } from './pilot.ts';
import { announceContracts, seedContracts } from './seed.ts';
import { tablesOf } from './tables.ts';

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
  /** applications, parcels and failures from before, for a console that is looked at */
  demoData: boolean;
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

/** How the console calls itself at the development issuer. */
const CONSOLE_CLIENT = 'console';

const furnish = async (options: HouseOptions, stops: (() => unknown)[]): Promise<Omit<House, 'stop'>> => {
  const clock = createClock({ speed: options.speed });
  const settings = deploySettings();
  const folder = await openFolder(options.dataDir, stops);
  const synthesized = await synthesize(folder.assembly);
  const carrier = await openCarrier({ ...options, ...folder, port: options.ports.simulator, now: clock.now });
  const { simulator } = carrier;
  if (simulator) stops.push(() => simulator.stop());
  const issuer = await startIssuer({ port: options.ports.issuer, clientId: CONSOLE_CLIENT, now: clock.now });
  stops.push(() => issuer.stop());
  const stack = await startStack({
    ...synthesized,
    clock,
    issuer: { url: issuer.url, clientId: CONSOLE_CLIENT },
    ...(folder.dataDir && { dataDir: folder.dataDir }),
    schedules: true,
    // A permission forgotten in lib/ shows here, not first in AWS.
    iam: true,
    port: options.ports.edge,
    urlPorts: { Admin: options.ports.console, PlatformApi: options.ports.api },
    env: { ...carrier.env, CONSOLE_URL: `http://localhost:${options.ports.console}` },
    secrets: { [`epost/${settings.stage}`]: carrier.secret },
    onEvent: options.onEvent,
    log: options.log,
  });
  stops.push(() => stack.stop());
  const clients = localClients(stack.endpoints);
  stops.push(() => Object.values(clients).forEach((client) => client.destroy()));
  const contracts = await seed(options, {
    stack,
    clients,
    clock,
    carrierUrl: carrier.url,
    settings,
    ...(simulator && { simulator }),
  });
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

type Seeded = Pick<
  House,
  'stack' | 'clients' | 'clock' | 'carrierUrl' | 'settings' | 'simulator' | 'contracts'
>;

/** Numbers lie there for a week, so that what the demo data did with them came after. */
const LENT_BEFORE_MS = 7 * 86_400_000;

const seed = async (
  { contracts, further, demoData }: HouseOptions,
  { stack, clients, clock, carrierUrl, settings, simulator }: Omit<Seeded, 'contracts'>,
): Promise<DemoContract[]> => {
  const tables = tablesOf(stack.outputs);
  const how = { now: clock.now() - LENT_BEFORE_MS, testOrders: isLiveCarrier(carrierUrl) };
  const withDemoData = demoData && simulator !== undefined;
  const shown = [...contracts, ...(withDemoData ? FURTHER_DEMO_CONTRACTS : [])];
  await seedContracts(clients.doc, tables, shown, { ...how, kept: true });
  await seedContracts(clients.doc, tables, further, { ...how, kept: false });
  const busName = stack.outputs['BusName'] ?? '';
  await announceContracts(clients.bus, busName, further);
  if (withDemoData) {
    introduceCustomers(simulator);
    await seedDemoData({
      ...clients,
      tables,
      busName,
      onboardingQueueUrl: stack.outputs['OnboardingQueueUrl'] ?? '',
      transmissionDeadLettersUrl: stack.outputs['TransmissionDeadLettersUrl'] ?? '',
      quarantineUrl: stack.outputs['QuarantineQueueUrl'] ?? '',
      now: clock.now(),
      promiseMinutes: settings.promiseMinutes,
      maxAttempts: settings.maxAttempts,
      wording: { senderName: settings.smsSenderName, supportNumber: settings.supportNumber },
    });
  }
  return [...shown, ...further];
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
