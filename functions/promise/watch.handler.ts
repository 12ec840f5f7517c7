import { createContractReader } from '../merchant/contract.store.ts';
import { documentClient, queueClient } from '../runtime/aws.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, gauge } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { createShipments } from '../shipment/shipment.store.ts';
import { createLedger } from '../waybill/ledger.store.ts';
import { readHead } from '../waybill/pool.store.ts';
import { watchEnvironment } from './watch.environment.ts';
import { watch } from './watch.ts';

const environment = readEnvironment(watchEnvironment);
const doc = documentClient();
const sqs = queueClient();
const ports = {
  ledger: createLedger(doc, environment.LEDGER_TABLE),
  shipments: createShipments(doc, environment.SHIPMENTS_TABLE),
  contract: createContractReader(doc, environment.CONTRACTS_TABLE, systemClock),
  available: async (contractId: string) =>
    (await readHead(doc, environment.POOLS_TABLE, contractId)).available,
  transmission: createQueue(sqs, environment.TRANSMISSION_QUEUE_URL),
  orderEvents: createQueue(sqs, environment.ORDER_EVENTS_QUEUE_URL),
  clock: systemClock,
  count,
  gauge,
};

export const handler = lambda(async (_event: unknown) => {
  const { stragglers, ...figures } = await watch(ports);
  return { ...figures, sentAgain: stragglers.length };
});
