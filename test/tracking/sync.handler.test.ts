import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ledgerSlot } from '../../functions/waybill/ledger.ts';
import { aShipment } from '../support/builders.ts';
import { startTables, type TestTables } from '../support/dynamo.ts';
import { type StandIn, startStandIn } from './aws-stand-in.ts';

const CANARY = '까나리아';
const SECRET = { key: 'k-secret', securityKey: 's-secret', traceKey: 't-secret', dataGoKrKey: 'd-secret' };
const NUMBER = '6899900123456';
const now = Date.now();

/** Biz trace with the persons that it names, in each place it has for them. */
const bizAnswer = (number: string) => `<?xml version="1.0" encoding="UTF-8"?>
<trace><regino>${number}</regino><sendnm>${CANARY}</sendnm><recevnm>${CANARY}</recevnm><signernm>${CANARY}</signernm>
<itemlist>
<item><sortingdate>2026.11.20</sortingdate><eventhms>10:00:00</eventhms><eventregiponm>서울중앙</eventregiponm><tracestatus>접수</tracestatus></item>
<item><sortingdate>2026.11.21</sortingdate><eventhms>11:30:00</eventhms><eventregiponm>부산진</eventregiponm><tracestatus>배달완료(수령인:${CANARY})</tracestatus></item>
</itemlist></trace>`;

let engine: TestTables;
let standIn: StandIn;
let handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
const printed: string[] = [];

beforeAll(async () => {
  [engine, standIn] = await Promise.all([startTables(), startStandIn(SECRET, bizAnswer)]);
  const environment = {
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: standIn.url,
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    POWERTOOLS_SERVICE_NAME: 'sync',
    POWERTOOLS_METRICS_NAMESPACE: 'EpostParcel',
    SHIPMENTS_TABLE: engine.tables.shipments,
    LEDGER_TABLE: engine.tables.ledger,
    OPERATIONS_TABLE: engine.tables.operations,
    TRACKING_QUEUE_URL: `${standIn.url}/000000000000/tracking`,
    BUS_NAME: 'parcels',
    EPOST_SECRET_ID: 'epost/test',
    TRACKING_SOURCE: 'biz',
    BIZ_TRACE_URL: standIn.url,
    DATA_GO_KR_URL: standIn.url,
    CALLS_IN_FLIGHT: '4',
    CARRIER_TIMEOUT_MS: '5000',
    DAILY_QUOTA: '1000',
    TRACKING_HOURS: '3',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  }
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.join(' ')));
  }
  ({ handler } = (await import('../../functions/tracking/sync.handler.ts')) as never);
  const shipment = aShipment({
    state: 'accepted',
    waybillNumber: NUMBER,
    booking: { reqNo: '1', resNo: '2', at: now },
  });
  await engine.doc.send(new PutCommand({ TableName: engine.tables.shipments, Item: shipment }));
  const entry = {
    contractId: 'sodam',
    seq: 2,
    kind: 'allocated',
    at: now,
    ids: 'S-1',
    openSlot: ledgerSlot('sodam', 2),
    openSince: now,
  };
  await engine.doc.send(new PutCommand({ TableName: engine.tables.ledger, Item: entry }));
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([engine.stop(), standIn.stop()]);
});

const receive = (body: string, messageId: string) =>
  handler(
    { Records: [{ messageId, body, attributes: { SentTimestamp: String(now) } }] } as never,
    { getRemainingTimeInMillis: () => 300_000, functionName: 'sync', awsRequestId: 'r' } as never,
  );

describe('the sync function', () => {
  it('takes a scheduled message, asks, tells and writes', async () => {
    expect(await receive('{"v":1}', 'm1')).toEqual({ batchItemFailures: [] });
    expect(standIn.traced).toEqual([
      `/KpostPortal/openapi?regkey=t-secret&target=trace&query=${NUMBER}&showRec=Y`,
    ]);
    const events = standIn.calls
      .filter(({ operation }) => operation === 'PutEvents')
      .map(({ body }) => JSON.parse(body).Entries[0]);
    expect(
      events.map((event) => [event.Source, event.DetailType, JSON.parse(event.Detail).orderStatus]),
    ).toEqual([
      ['epost-parcel', 'DeliveryStatusChanged', '배송중'],
      ['epost-parcel', 'DeliveryStatusChanged', '배송완료'],
    ]);
    expect(JSON.parse(events[1].Detail)).toMatchObject({
      asOf: '2026-11-21T02:30:00.000Z',
      nextCheckAt: null,
    });
    const { Items } = await engine.doc.send(new ScanCommand({ TableName: engine.tables.shipments }));
    expect(Items?.[0]).toMatchObject({ state: 'closed', tracked: { orderStatus: '배송완료' } });
  });

  it('counts the round in its metrics', () => {
    const metrics = printed.flatMap((line) => (line.includes('TrackingHeartbeat') ? [JSON.parse(line)] : []));
    expect(metrics).toHaveLength(1);
    expect(metrics[0]).toMatchObject({ TrackingHeartbeat: 1, TrackingAsked: 1, TrackingChanged: 1 });
  });

  it('leaves a message it cannot read to the dead letters', async () => {
    const bad = await receive(`{"v":2,"kind":"${CANARY}"}`, 'm2');
    expect(bad).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect((await receive('{', 'm3')).batchItemFailures).toHaveLength(1);
  });

  it('lets no person and no secret out: not into logs, metrics, events or what is stored of tracking', async () => {
    const operations = await engine.doc.send(new ScanCommand({ TableName: engine.tables.operations }));
    const shipments = await engine.doc.send(new ScanCommand({ TableName: engine.tables.shipments }));
    const out = JSON.stringify([printed, standIn.calls, operations.Items, shipments.Items]);
    expect(printed.join('')).toContain('tracking round ended');
    for (const canary of [CANARY, ...Object.values(SECRET)]) expect(out).not.toContain(canary);
  });
});
