/** The drain with a fake ePost and a queue on a virtual clock; the tables are the real engine's. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OutgoingEvent } from '../../../functions/events.ts';
import { createContractReader, putContract } from '../../../functions/merchant/contract.store.ts';
import type { Contract } from '../../../functions/merchant/contract.ts';
import type { ReceivedMessage } from '../../../functions/runtime/queue.client.ts';
import { createAttempts } from '../../../functions/shipment/attempt.store.ts';
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import { createShipments } from '../../../functions/shipment/shipment.store.ts';
import { createCarrierPauses } from '../../../functions/transmission/carrier-pause.store.ts';
import { drain, type DrainPorts } from '../../../functions/transmission/drain.ts';
import { createRunTallies } from '../../../functions/transmission/run-tally.store.ts';
import { aContract, aShipment, T0 } from '../../support/builders.ts';
import type { TestTables } from '../../support/dynamo.ts';
import { createFakeCarrier } from './fake-carrier.ts';

export const MINUTE = 60_000;
const VISIBILITY_MS = 120_000;

interface Stored extends ReceivedMessage {
  visibleAt: number;
  receives: number;
}

export type World = ReturnType<typeof createWorld>;

let serial = 0;
/** Ids are unique per world, so that worlds share the tables. */
export const createWorld = (db: TestTables, start = T0) => {
  const world = `w${serial++}`;
  let now = start;
  const clock = () => now;
  const messages: Stored[] = [];
  const told: OutgoingEvent[] = [];
  const counts: Record<string, number> = {};
  const warnings: string[] = [];
  const operations = db.tables.operations;
  let messageNo = 0;
  const enqueue = (body: unknown, delaySeconds = 0) => {
    const messageId = `m${messageNo++}`;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const visibleAt = now + delaySeconds * 1000;
    messages.push({ body: text, messageId, receiptHandle: messageId, sentAt: now, visibleAt, receives: 0 });
  };
  const queue: DrainPorts['queue'] = {
    send: async (all) => {
      for (const { body, delaySeconds } of all) enqueue(body, delaySeconds);
    },
    receive: async () => {
      const some = messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, 10);
      for (const one of some) {
        one.visibleAt = now + VISIBILITY_MS;
        one.receives += 1;
      }
      return some;
    },
    remove: async ({ messageId }) => {
      const at = messages.findIndex((one) => one.messageId === messageId);
      if (at >= 0) messages.splice(at, 1);
    },
  };
  const carrier = createFakeCarrier(clock, (ms) => (now += ms));
  const attempts = createAttempts(db.doc, db.tables.shipments);
  const ports: DrainPorts = {
    attempts,
    contract: createContractReader(db.doc, db.tables.contracts, clock),
    pauses: createCarrierPauses(db.doc, operations),
    tallies: createRunTallies(db.doc, operations),
    carrier,
    queue,
    publish: async (events) => void told.push(...events),
    clock,
    count: (name, value = 1) => void (counts[name] = (counts[name] ?? 0) + value),
    gauge: () => undefined,
    warn: (text) => void warnings.push(text),
    settleMs: 210_000,
    maxAttempts: 5,
  };
  const settings = { callsInFlight: 4, drainMs: 95_000 };
  const id = (name: string) => `${world}-${name}`;
  return {
    ports,
    settings,
    carrier,
    attempts,
    queue,
    messages,
    told,
    counts,
    warnings,
    id,
    enqueue,
    now: () => now,
    pass: (ms: number) => void (now += ms),
    shipments: createShipments(db.doc, db.tables.shipments),
    drain: () => drain(ports, settings),
    /** Drains every two minutes until so much time has passed. */
    drainFor: async (minutes: number) => {
      const end = now + minutes * MINUTE;
      for (let due = now; due <= end; due += 2 * MINUTE) {
        now = Math.max(now, due);
        await drain(ports, settings);
      }
      now = Math.max(now, end);
    },
    aContract: async (over: Partial<Contract> = {}) => {
      const contractId = id(over.contractId ?? 'shop');
      await putContract(db.doc, db.tables.contracts, aContract({ ...over, contractId }));
      return contractId;
    },
    /** Stores a shipment and puts its message on the queue. */
    ship: async (name: string, over: Partial<Shipment> = {}, message = true) => {
      const shipment = aShipment({
        contractId: id('shop'),
        waybillNumber: String(6_899_900_000_000 + serial * 10_000 + messageNo),
        receivedAt: now,
        deadline: now + 20 * MINUTE,
        allocatedAt: now,
        ...over,
        shipmentId: id(name),
      });
      await db.doc.send(new PutCommand({ TableName: db.tables.shipments, Item: shipment }));
      if (message) enqueue({ v: 1, shipmentId: shipment.shipmentId });
      return shipment.shipmentId;
    },
    stored: async (shipmentId: string) => (await attempts.read(shipmentId))!,
    typesOf: (shipmentId: string) =>
      told
        .filter(({ detail }) => 'shipmentId' in detail && detail.shipmentId === shipmentId)
        .map((e) => e.detailType),
    /** Forgets pauses: the tables are shared by the worlds of a file. */
    forget: async () => {
      const { contracts } = await ports.pauses.read();
      await ports.pauses.clear();
      for (const contractId of contracts.keys()) await ports.pauses.clearContract(contractId);
    },
  };
};
