/** The merchant room on a real engine and a simulated post office, with a bus and a queue held in memory. */
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier as Suite } from '@aws-crypto/client-node';
import { createEpostClient } from '../../functions/epost/epost.client.ts';
import { createTransport } from '../../functions/epost/transport.client.ts';
import type { OutgoingEvent } from '../../functions/events.ts';
import { createApplications } from '../../functions/merchant/application.store.ts';
import { decide } from '../../functions/merchant/decide.ts';
import { createCalendarReader, createHolidays } from '../../functions/merchant/holidays.store.ts';
import { newApplication } from '../../functions/merchant/new-application.ts';
import type { OnboardPorts } from '../../functions/merchant/onboard.ts';
import { onboardMessage } from '../../functions/merchant/onboard-message.ts';
import { onboard } from '../../functions/merchant/onboard.ts';
import { createOutbox } from '../../functions/merchant/outbox.store.ts';
import type { Command } from '../../functions/merchant/moves.ts';
import { createSeal } from '../../functions/merchant/seal.client.ts';
import { startEpostSimulator } from '../../local/epost-simulator/simulator.ts';
import { aSubmission, KIM, PLATFORM } from '../support/applications.ts';
import { T0 } from '../support/builders.ts';
import { startTables } from '../support/dynamo.ts';

const KEYS = { key: 'simulated-auth-key', securityKey: '1234567890abcdefghijkl' };

export const startWorld = async () => {
  const clock = { now: T0 };
  const tables = await startTables();
  const office = await startEpostSimulator({ ...KEYS, traceKey: 'trace', now: () => clock.now });
  office.control.setMember('sodam01', '0011223344');
  office.control.setCustomer('0011223344', [{ apprNo: '1018680001', expiredYmd: '20991231' }]);
  const events: OutgoingEvent[] = [];
  const queued: unknown[] = [];
  const figures = new Map<string, number>();
  const failing = { bus: false };
  const available = new Map<string, number>();
  const transport = createTransport({ origins: [office.url], maxSockets: 4 });
  const queue = {
    send: async (messages: readonly { body: unknown }[]) => {
      queued.push(...messages.map(({ body }) => body));
    },
  };
  const publish = async (given: readonly OutgoingEvent[]) => {
    if (failing.bus) throw new Error('The event bus is away');
    events.push(...given);
  };
  const note = (name: string, value = 1) => void figures.set(name, (figures.get(name) ?? 0) + value);
  const ports: OnboardPorts = {
    applications: createApplications(tables.doc, tables.tables),
    outbox: createOutbox(tables.doc, tables.tables.operations, { publish, queue }),
    // Nothing is remembered here, so that a test sees an added holiday at once.
    calendar: () => createCalendarReader(tables.doc, tables.tables.operations, () => clock.now)(),
    epost: createEpostClient({ ...KEYS, shipUrl: office.url, timeoutMs: 300, transport }),
    available: async (contractId) => available.get(contractId) ?? 0,
    queue,
    clock: () => clock.now,
    count: note,
    gauge: (name, value) => void figures.set(name, value),
  };
  const seal = createSeal(
    new RawAesKeyringNode({
      keyNamespace: 'test',
      keyName: 'passwords',
      unencryptedMasterKey: new Uint8Array(32).fill(7),
      wrappingSuite: Suite.AES256_GCM_IV12_TAG16_NO_PADDING,
    }),
  );
  const command = (applicationId: string, given: Command, version?: number) =>
    decide(ports, { applicationId, command: given, actor: KIM, ...(version !== undefined && { version }) });
  return {
    ...tables,
    ports,
    seal,
    office,
    clock,
    events,
    queued,
    figures,
    failing,
    available,
    command,
    holidays: createHolidays(tables.doc, tables.tables),
    /** Puts an application in the queue without the door. */
    submit: async (applicationId: string, over: Parameters<typeof aSubmission>[0] = {}) => {
      const move = newApplication(
        applicationId,
        aSubmission(over),
        PLATFORM,
        clock.now,
        await ports.calendar(),
      );
      if (move.outcome === 'refused') throw new Error(move.reason);
      const answer = await ports.applications.submit(move);
      if (answer.outcome !== 'written') throw new Error(answer.outcome);
    },
    /** One message of the onboarding queue, as it would come from it. */
    onboard: (body: unknown) => onboard(ports, onboardMessage.parse(body)),
    read: async (applicationId: string) => {
      const application = await ports.applications.read(applicationId);
      if (application === undefined) throw new Error(`No application ${applicationId}`);
      return application;
    },
    stop: async () => {
      await office.stop();
      await tables.stop();
    },
  };
};
export type World = Awaited<ReturnType<typeof startWorld>>;
