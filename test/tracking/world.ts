/** Tracking on the real engine and the real stores, with a carrier that is asked in memory and a clock that is ours. */
import { type DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TraceAnswer } from '../../functions/epost/trace-reply.ts';
import type { OutgoingEvent, OutgoingEvents } from '../../functions/events.ts';
import { createTrackingStore } from '../../functions/shipment/tracking.store.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { createQuotaCounter } from '../../functions/tracking/quota.store.ts';
import type { RoundPorts, RoundSettings } from '../../functions/tracking/leg.ts';
import type { TrackingMessage } from '../../functions/tracking/message.ts';
import { handleMessage, type RoundOutcome } from '../../functions/tracking/round.ts';
import { createRunRecords } from '../../functions/tracking/run-record.store.ts';
import { ledgerSlot } from '../../functions/waybill/ledger.ts';
import { createLedger } from '../../functions/waybill/ledger.store.ts';
import { aShipment } from '../support/builders.ts';
import { startTables } from '../support/dynamo.ts';

export const HOUR = 3_600_000;
export const PERIOD = 3 * HOUR;
/** midnight KST */
export const START = Date.parse('2026-11-24T00:00:00+09:00');
/** Invented names that must appear nowhere. */
export const CANARY = '까나리아';

export type Journey = readonly (readonly [afterMs: number, word: string])[];
export const WHOLE_JOURNEY: Journey = [
  [1.5 * HOUR, '접수'],
  [3 * HOUR, '발송'],
  [8 * HOUR, '도착'],
  [21 * HOUR, '배달준비'],
  [23 * HOUR, '배달완료 ( 배달 )'],
];

export type World = Awaited<ReturnType<typeof createWorld>>;

export const createWorld = async (over: Partial<RoundSettings> = {}) => {
  const { doc, tables, stop } = await startTables();
  const settings: RoundSettings = {
    periodMs: PERIOD,
    callsInFlight: 4,
    carrierTimeoutMs: 1000,
    quota: undefined,
    ...over,
  };
  const writes: Record<string, number> = {};
  const counting = counted(doc, writes);
  const state = { now: START, perCall: 0, seq: 0, messages: 0 };
  const journeys = new Map<string, { from: number; journey: Journey }>();
  const asked: { number: string; at: number }[] = [];
  const events: OutgoingEvents['DeliveryStatusChanged'][] = [];
  const queue: { message: TrackingMessage; delaySeconds: number }[] = [];
  const carrier: { answer?: (number: string) => TraceAnswer | undefined } = {};

  const ports: RoundPorts = {
    clock: () => state.now,
    store: createTrackingStore(counting, tables.shipments),
    ledger: createLedger(counting, tables.ledger),
    records: createRunRecords(counting, tables.operations),
    counter: createQuotaCounter(counting, tables.operations),
    publish: async (batch: readonly OutgoingEvent[]) => {
      for (const event of batch) if (event.detailType === 'DeliveryStatusChanged') events.push(event.detail);
    },
    send: async (message, delaySeconds) => void queue.push({ message, delaySeconds }),
    askers: [
      {
        name: 'data-go-kr',
        ask: async (number) => {
          asked.push({ number, at: state.now });
          state.now += state.perCall;
          return carrier.answer?.(number) ?? trace(journeys.get(number), state.now);
        },
      },
    ],
  };

  /** Books parcels of one ledger entry at the present time; their numbers are their ids with zeros before. */
  const book = async (ids: readonly string[], journey: Journey = [], shipment: Partial<Shipment> = {}) => {
    const seq = ++state.seq;
    for (const shipmentId of ids) {
      const item = aShipment({
        shipmentId,
        state: 'accepted',
        waybillNumber: numberOf(shipmentId),
        receivedAt: state.now,
        booking: { reqNo: '1', resNo: '2', at: state.now },
        parcel: {
          recipient: { name: CANARY, zip: '04524', address1: CANARY, mobile: '01000000000' },
          goods: { name: '머그컵' },
        },
        ...shipment,
      });
      await doc.send(new PutCommand({ TableName: tables.shipments, Item: item }));
      journeys.set(numberOf(shipmentId), { from: state.now, journey });
    }
    await doc.send(
      new PutCommand({
        TableName: tables.ledger,
        Item: {
          contractId: 'sodam',
          seq,
          kind: 'allocated',
          at: state.now,
          ids: ids.join('\n'),
          openSlot: ledgerSlot('sodam', seq),
          openSince: state.now,
        },
      }),
    );
  };
  const deliver = (message: TrackingMessage, messageId: string, sentAt: number, lambdaMs = 5 * 60_000) =>
    handleMessage(ports, settings, message, { messageId, sentAt, deadline: state.now + lambdaMs });
  /** A round to its end, continuations and waits included. */
  const round = async (lambdaMs?: number): Promise<RoundOutcome[]> => {
    const outcomes = [await deliver({ v: 1, kind: 'start' }, `m${++state.messages}`, state.now, lambdaMs)];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      state.now += next.delaySeconds * 1000;
      outcomes.push(await deliver(next.message, `m${++state.messages}`, state.now, lambdaMs));
    }
    return outcomes;
  };
  const everything = async (table: string) =>
    (await doc.send(new ScanCommand({ TableName: table }))).Items ?? [];
  const shipment = async (id: string) =>
    (await everything(tables.shipments)).find((item) => item.shipmentId === id) as Shipment;
  const openEntries = async () => {
    const pages = await Promise.all(ports.ledger.slots.map((slot) => ports.ledger.openEntries(slot)));
    return pages.flatMap(({ entries }) => entries.map(({ seq }) => seq));
  };
  const runs = async () => (await ports.records.latest(100)).toReversed();
  const quotaUsed = async (day: string) => {
    const answer = await doc.send(
      new QueryCommand({
        TableName: tables.operations,
        KeyConditionExpression: 'pk = :quota AND sk = :sk',
        ExpressionAttributeValues: { ':quota': 'quota', ':sk': `data-go-kr#${day}` },
      }),
    );
    return (answer.Items?.[0]?.used as number | undefined) ?? 0;
  };
  return {
    state,
    settings,
    ports,
    carrier,
    asked,
    events,
    queue,
    writes,
    tables,
    stop,
    book,
    deliver,
    round,
    shipment,
    everything,
    openEntries,
    runs,
    quotaUsed,
  };
};

export const numberOf = (shipmentId: string) => shipmentId.replace(/\D/g, '').padStart(13, '0');

const trace = (known: { from: number; journey: Journey } | undefined, now: number): TraceAnswer => {
  const scans = (known?.journey ?? [])
    .filter(([after]) => known !== undefined && known.from + after <= now)
    .map(([after, word]) => ({
      at: new Date((known?.from ?? 0) + after).toISOString(),
      office: '서울중앙',
      word,
    }));
  return scans.length === 0 ? { outcome: 'not-yet' } : { outcome: 'found', scans };
};

/** Counts writes by table: what a poll without news must not make. */
const counted = (doc: DynamoDBDocumentClient, writes: Record<string, number>): DynamoDBDocumentClient =>
  new Proxy(doc, {
    get: (target, name) =>
      name !== 'send'
        ? Reflect.get(target, name)
        : (command: { input: { TableName?: string }; constructor: { name: string } }) => {
            const table = command.input.TableName ?? '';
            if (/^(Update|Put|Delete|Transact)/.test(command.constructor.name))
              writes[table] = (writes[table] ?? 0) + 1;
            return target.send(command as never);
          },
  });
