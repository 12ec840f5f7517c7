import { createEpostClient } from '../epost/epost.client.ts';
import { createTransport } from '../epost/transport.client.ts';
import { createContractReader } from '../merchant/contract.store.ts';
import { busClient, documentClient, queueClient, secretsClient } from '../runtime/aws.ts';
import { createPublish } from '../runtime/bus.client.ts';
import { createCarrierSecretReader } from '../runtime/carrier-secret.client.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, gauge, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { createAttempts } from '../shipment/attempt.store.ts';
import { createCarrierPauses } from './carrier-pause.store.ts';
import { drainEnvironment } from './drain.environment.ts';
import { drain } from './drain.ts';
import { createRunTallies } from './run-tally.store.ts';

const environment = readEnvironment(drainEnvironment);
const doc = documentClient();
const clock = systemClock;
const readSecret = createCarrierSecretReader(secretsClient(), environment.EPOST_SECRET_ID, clock);
const shipUrl = environment.EPOST_SHIP_URL;
const transport = createTransport({
  origins: [new URL(shipUrl).origin],
  maxSockets: environment.CALLS_IN_FLIGHT,
});
const ports = {
  attempts: createAttempts(doc, environment.SHIPMENTS_TABLE),
  contract: createContractReader(doc, environment.CONTRACTS_TABLE, clock),
  pauses: createCarrierPauses(doc, environment.OPERATIONS_TABLE),
  tallies: createRunTallies(doc, environment.OPERATIONS_TABLE),
  queue: createQueue(queueClient(), environment.TRANSMISSION_QUEUE_URL),
  publish: createPublish(busClient(), environment.BUS_NAME),
  clock,
  count,
  gauge,
  warn: (text: string, about: Record<string, unknown>) => logger.warn(text, about),
  settleMs: environment.SETTLE_SECONDS * 1000,
  maxAttempts: environment.MAX_ATTEMPTS,
};
const settings = { callsInFlight: environment.CALLS_IN_FLIGHT, drainMs: environment.DRAIN_SECONDS * 1000 };

/** Told by the schedule; what the event says does not matter. */
export const handler = lambda(async (_event: unknown) => {
  const { key, securityKey } = await readSecret();
  const timeoutMs = environment.CARRIER_TIMEOUT_MS;
  const carrier = createEpostClient({ shipUrl, key, securityKey, timeoutMs, transport });
  return drain({ ...ports, carrier }, settings);
});
