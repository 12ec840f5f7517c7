import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Publish } from '../runtime/bus.client.ts';
import type { Queue } from '../runtime/queue.client.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import { PoolContended, PoolFrozen } from '../waybill/pool.ts';
import { cancelShipment } from './cancel.ts';
import type { Effects } from './effects.ts';
import { newShipment } from './new-shipment.ts';
import { readMessage, type Reading } from './read-message.ts';
import { groupTold, receiveShipped, type Told } from './receive.ts';
import { serveWaiting, type ServePorts } from './serve-waiting.ts';

export interface TakePorts extends ServePorts {
  shipments: Pick<Shipments, 'put' | 'read' | 'attention' | 'requestCancel'>;
  publish: Publish;
  quarantine: Pick<Queue, 'send'>;
  warn: (text: string, about: Record<string, unknown>) => void;
  promiseMinutes: number;
}
interface Message extends Told {
  messageId: string;
}

/** Contracts worked on at the same time; their transactions never touch the same pool. */
const CONTRACTS_AT_ONCE = 8;

/**
 * Takes a batch of order events. Every message is let go only when everything it owes is done; one that fails
 * or is malformed never holds up the others. The second time: see `receiveShipped` and `cancelShipment`.
 */
export const takeBatch = async (
  ports: TakePorts,
  records: readonly SQSRecord[],
): Promise<SQSBatchResponse> => {
  const failed = new Set<string>();
  const guard = async (messageIds: string[], work: () => Promise<Effects>): Promise<Guarded> => {
    try {
      await owe(ports, await work());
      return 'done';
    } catch (error) {
      for (const messageId of messageIds) failed.add(messageId);
      if (error instanceof PoolFrozen) ports.count('OrdersHeldByFreeze', messageIds.length);
      ports.warn('order events stay queued', { messages: messageIds.length, error: (error as Error).name });
      return error instanceof PoolFrozen || error instanceof PoolContended ? 'later' : 'failed';
    }
  };
  const read = records.map((record) => ({ record, reading: readMessage(record.body) }));
  const contracts = groupTold(read.flatMap(({ record, reading }) => toTold(ports, record, reading)));
  await inLanes(contracts, CONTRACTS_AT_ONCE, async (calls) => {
    for (const told of calls) {
      const take = (some: readonly Message[]) =>
        guard(
          some.map(({ messageId }) => messageId),
          () => receiveShipped(ports, some),
        );
      if ((await take(told)) !== 'failed' || told.length === 1) continue;
      const healed = await singly(told, async (one) => (await take([one])) === 'done');
      for (const { messageId } of healed) failed.delete(messageId);
    }
  });
  for (const { record, reading } of read) {
    const other = otherWork(ports, record, reading);
    if (other !== undefined) await guard([record.messageId], other);
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
};

/** later: the pool takes nobody now, and it is not the messages. */
type Guarded = 'done' | 'later' | 'failed';

/** Two in a row, and it is not the messages. */
const FAILURES_IN_A_ROW = 2;

/** Tries a failed call's messages one by one, so that one that can never be taken fails alone; answers the taken ones. */
const singly = async <T>(all: readonly T[], take: (one: T) => Promise<boolean>): Promise<T[]> => {
  const taken: T[] = [];
  let inARow = 0;
  for (const one of all) {
    if (inARow === FAILURES_IN_A_ROW) break;
    const good = await take(one);
    inARow = good ? 0 : inARow + 1;
    if (good) taken.push(one);
  }
  return taken;
};

const toTold = (ports: TakePorts, record: SQSRecord, reading: Reading): Message[] => {
  if (reading.says !== 'shipped') return [];
  ports.count('OrdersReceived');
  const receivedAt = Number(record.attributes.SentTimestamp);
  return [
    {
      messageId: record.messageId,
      shipment: newShipment(reading.order, receivedAt, ports.promiseMinutes),
      redelivered: Number(record.attributes.ApproximateReceiveCount) > 1,
    },
  ];
};

const otherWork = (
  ports: TakePorts,
  record: SQSRecord,
  reading: Reading,
): (() => Promise<Effects>) | undefined => {
  switch (reading.says) {
    case 'shipped':
      return undefined;
    case 'cancelled':
      return () => cancelShipment(ports, reading.cancellation);
    case 'contract-ready':
      return () => serveWaiting(ports, reading.contractId);
    case 'not-ours':
      ports.count('OrdersIgnored');
      return undefined;
    case 'misfit':
      return async () => {
        await ports.quarantine.send([{ body: { v: 1, problems: reading.problems, event: record.body } }]);
        ports.count('OrdersQuarantined');
        // The rule may quote names of keys, which the sender chose: those stay in the quarantine.
        const problems = reading.problems.map(({ field, kind }) => ({ field, kind }));
        ports.warn('order event quarantined', { messageId: record.messageId, problems });
        return { events: [], transmit: [] };
      };
  }
};

/** The number is told and the parcel queued for ePost before the message is let go: both at least once. */
const owe = async (ports: TakePorts, effects: Effects): Promise<void> => {
  await Promise.all([
    ports.publish(effects.events),
    ports.transmission.send(effects.transmit.map((shipmentId) => ({ body: { v: 1, shipmentId } }))),
  ]);
};

const inLanes = async <T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>) => {
  const rest = [...items];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
    }),
  );
};
