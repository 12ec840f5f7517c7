import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { createBizTrace, createDataGoKrTrace } from '../epost/trace.client.ts';
import { createTransport } from '../epost/transport.client.ts';
import { busClient, documentClient, queueClient, secretsClient } from '../runtime/aws.ts';
import { createPublish } from '../runtime/bus.client.ts';
import { createCarrierSecretReader } from '../runtime/carrier-secret.client.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { createTrackingStore } from '../shipment/tracking.store.ts';
import { createLedger } from '../waybill/ledger.store.ts';
import { createQuotaCounter } from './quota.store.ts';
import { report } from './report.client.ts';
import type { RoundPorts } from './leg.ts';
import { trackingMessage } from './message.ts';
import { handleMessage } from './round.ts';
import { createRunRecords } from './run-record.store.ts';
import { type SourceName, syncEnvironment } from './sync.environment.ts';
import { traceAddress } from './trace-address.ts';

const environment = readEnvironment(syncEnvironment);
const clock = systemClock;
const doc = documentClient();
const queue = createQueue(queueClient(), environment.TRACKING_QUEUE_URL);
const readSecret = createCarrierSecretReader(secretsClient(), environment.EPOST_SECRET_ID, clock);
const addresses = {
  biz: traceAddress('biz', environment.BIZ_TRACE_URL),
  'data-go-kr': traceAddress('data-go-kr', environment.DATA_GO_KR_URL),
};
const transport = createTransport({
  origins: Object.values(addresses).map((address) => new URL(address).origin),
  maxSockets: environment.CALLS_IN_FLIGHT,
});
const ports: Omit<RoundPorts, 'askers'> = {
  clock,
  publish: createPublish(busClient(), environment.BUS_NAME),
  store: createTrackingStore(doc, environment.SHIPMENTS_TABLE),
  ledger: createLedger(doc, environment.LEDGER_TABLE),
  records: createRunRecords(doc, environment.OPERATIONS_TABLE),
  counter: createQuotaCounter(doc, environment.OPERATIONS_TABLE),
  send: (body, delaySeconds) => queue.send([{ body, delaySeconds }]),
};
const settings = {
  periodMs: environment.TRACKING_HOURS * 3_600_000,
  callsInFlight: environment.CALLS_IN_FLIGHT,
  carrierTimeoutMs: environment.CARRIER_TIMEOUT_MS,
  quota: environment.DAILY_QUOTA === 0 ? undefined : environment.DAILY_QUOTA,
};

/** Works on the tracking queue: a message answered as failed comes back, and after a few times goes to the DLQ. */
export const handler = lambda<SQSEvent, SQSBatchResponse>(async ({ Records }, context) => {
  const deadline = clock() + context.getRemainingTimeInMillis();
  const batchItemFailures = [];
  for (const record of Records) {
    if (!(await handleRecord(record, deadline))) {
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
});

const handleRecord = async (record: SQSRecord, deadline: number): Promise<boolean> => {
  const message = z.safeParse(trackingMessage, readJson(record.body));
  if (!message.success) {
    count('TrackingMessageUnreadable');
    logger.error('tracking message unreadable', { messageId: record.messageId });
    return false;
  }
  const delivery = {
    messageId: record.messageId,
    sentAt: Number(record.attributes.SentTimestamp),
    deadline,
  };
  const askers = [{ name: environment.TRACKING_SOURCE, ask: await traceSource(environment.TRACKING_SOURCE) }];
  const result = await handleMessage({ ...ports, askers }, settings, message.data, delivery);
  report(result);
  return result.outcome !== 'busy';
};

const traceSource = async (name: SourceName) => {
  const { traceKey, dataGoKrKey } = await readSecret();
  const timeoutMs = environment.CARRIER_TIMEOUT_MS;
  return name === 'biz'
    ? createBizTrace({ url: addresses.biz, regkey: traceKey, timeoutMs, transport })
    : createDataGoKrTrace({ url: addresses[name], serviceKey: dataGoKrKey, timeoutMs, transport });
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
