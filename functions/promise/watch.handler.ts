import { createContractReader } from '../merchant/contract.store.ts';
import { createCalendarReader } from '../merchant/holidays.store.ts';
import { documentClient, queueClient } from '../runtime/aws.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, gauge } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { createShipments } from '../shipment/shipment.store.ts';
import { createRunRecords } from '../tracking/run-record.store.ts';
import { createLedger } from '../waybill/ledger.store.ts';
import { readHead } from '../waybill/pool.store.ts';
import { createPoolReader } from '../waybill/pools.store.ts';
import { createPace } from './pace.ts';
import { watchPools } from './pool-levels.ts';
import { roundAge } from './round-age.ts';
import { watchEnvironment } from './watch.environment.ts';
import { watch } from './watch.ts';

const environment = readEnvironment(watchEnvironment);
const doc = documentClient();
const sqs = queueClient();
/** A round in pieces leaves a few records that did not come to their end. */
const ROUNDS_READ = 5;

const rounds = createRunRecords(doc, environment.OPERATIONS_TABLE);
const pools = createPoolReader(doc, { pools: environment.POOLS_TABLE, ledger: environment.LEDGER_TABLE });
const ports = {
  ledger: createLedger(doc, environment.LEDGER_TABLE),
  shipments: createShipments(doc, environment.SHIPMENTS_TABLE),
  contract: createContractReader(doc, environment.CONTRACTS_TABLE, systemClock),
  available: async (contractId: string) =>
    (await readHead(doc, environment.POOLS_TABLE, contractId)).available,
  givesNumbers: async (contractId: string) => {
    const { available, frozen } = await readHead(doc, environment.POOLS_TABLE, contractId);
    return available > 0 && frozen === undefined;
  },
  transmission: createQueue(sqs, environment.TRANSMISSION_QUEUE_URL),
  orderEvents: createQueue(sqs, environment.ORDER_EVENTS_QUEUE_URL),
  owners: pools.owners,
  pace: createPace(pools, createCalendarReader(doc, environment.OPERATIONS_TABLE, systemClock), systemClock),
  clock: systemClock,
  count,
  gauge,
};

export const handler = lambda(async (_event: unknown) => {
  const { stragglers, ...figures } = await watch(ports);
  await watchPools(ports);
  const age = roundAge(await rounds.latest(ROUNDS_READ), systemClock());
  if (age !== undefined) gauge('TrackingRoundAgeSeconds', Math.round(age / 1000), 'Seconds');
  return { ...figures, sentAgain: stragglers.length };
});
