import type { SQSEvent } from 'aws-lambda';
import { createContractReader } from '../merchant/contract.store.ts';
import { busClient, documentClient, queueClient } from '../runtime/aws.ts';
import { createPublish } from '../runtime/bus.client.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { createShipments } from '../shipment/shipment.store.ts';
import { createAllocate } from '../waybill/allocation.store.ts';
import { allocateEnvironment } from './allocate.environment.ts';
import { takeBatch } from './take-batch.ts';

const environment = readEnvironment(allocateEnvironment);
const doc = documentClient();
const sqs = queueClient();
const ports = {
  contract: createContractReader(doc, environment.CONTRACTS_TABLE, systemClock),
  shipments: createShipments(doc, environment.SHIPMENTS_TABLE),
  allocate: createAllocate(
    doc,
    {
      pools: environment.POOLS_TABLE,
      ledger: environment.LEDGER_TABLE,
      shipments: environment.SHIPMENTS_TABLE,
    },
    systemClock,
  ),
  publish: createPublish(busClient(), environment.BUS_NAME),
  transmission: createQueue(sqs, environment.TRANSMISSION_QUEUE_URL),
  quarantine: createQueue(sqs, environment.QUARANTINE_QUEUE_URL),
  clock: systemClock,
  count,
  warn: (text: string, about: Record<string, unknown>) => logger.warn(text, about),
  promiseMinutes: environment.PROMISE_MINUTES,
};

export const handler = lambda((event: SQSEvent) => takeBatch(ports, event.Records));
