import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { createEpostClient } from '../epost/epost.client.ts';
import { createTransport } from '../epost/transport.client.ts';
import { busClient, documentClient, queueClient, secretsClient } from '../runtime/aws.ts';
import { createPublish } from '../runtime/bus.client.ts';
import { createCarrierSecretReader } from '../runtime/carrier-secret.client.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, gauge, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { readHead } from '../waybill/pool.store.ts';
import { createApplications } from './application.store.ts';
import { createCalendarReader } from './holidays.store.ts';
import { onboardEnvironment } from './onboard.environment.ts';
import { onboardMessage } from './onboard-message.ts';
import { onboard } from './onboard.ts';
import { createOutbox } from './outbox.store.ts';

const environment = readEnvironment(onboardEnvironment);
const doc = documentClient();
const clock = systemClock;
const queue = createQueue(queueClient(), environment.ONBOARDING_QUEUE_URL);
const publish = createPublish(busClient(), environment.BUS_NAME);
const readSecret = createCarrierSecretReader(secretsClient(), environment.EPOST_SECRET_ID, clock);
const shipUrl = environment.EPOST_SHIP_URL;
const transport = createTransport({ origins: [new URL(shipUrl).origin], maxSockets: 8 });
const ports = {
  applications: createApplications(doc, {
    applications: environment.APPLICATIONS_TABLE,
    audit: environment.AUDIT_TABLE,
    operations: environment.OPERATIONS_TABLE,
    messages: environment.MESSAGES_TABLE,
    contracts: environment.CONTRACTS_TABLE,
  }),
  outbox: createOutbox(doc, environment.OPERATIONS_TABLE, { publish, queue }),
  calendar: createCalendarReader(doc, environment.OPERATIONS_TABLE, clock),
  available: async (contractId: string) =>
    (await readHead(doc, environment.POOLS_TABLE, contractId)).available,
  queue,
  clock,
  count,
  gauge,
};

/** Works on the onboarding queue, and on the clock's own calls. A message that fails comes back alone. */
export const handler = lambda<SQSEvent | object, SQSBatchResponse>(async (event) => {
  if (!('Records' in event)) {
    await take(event);
    return { batchItemFailures: [] };
  }
  const batchItemFailures = [];
  for (const record of event.Records) {
    try {
      await take(JSON.parse(record.body));
    } catch (error) {
      logger.error('onboarding message failed', { messageId: record.messageId, error: nameOf(error) });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
});

const take = async (body: unknown): Promise<void> => {
  const message = z.parse(onboardMessage, body);
  const { key, securityKey } = await readSecret();
  const timeoutMs = environment.CARRIER_TIMEOUT_MS;
  const epost = createEpostClient({ shipUrl, key, securityKey, timeoutMs, transport });
  await onboard({ ...ports, epost }, message);
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
