import { documentClient } from '../runtime/aws.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count } from '../runtime/observe.ts';
import { createRetainedEntries } from '../waybill/retained.store.ts';
import { retainEnvironment } from './retain.environment.ts';
import { createForgetting } from './retain.store.ts';
import { retain } from './retain.ts';
import { createShipments } from './shipment.store.ts';

const environment = readEnvironment(retainEnvironment);
const doc = documentClient();
const DAY_MS = 86_400_000;
const ports = {
  entries: createRetainedEntries(doc, environment.LEDGER_TABLE),
  shipments: createForgetting(doc, environment.SHIPMENTS_TABLE),
  attention: createShipments(doc, environment.SHIPMENTS_TABLE).attention,
  clock: systemClock,
  retention: {
    sentMs: environment.RETENTION_DAYS * DAY_MS,
    unsentMs: environment.RETENTION_DAYS_UNSENT * DAY_MS,
  },
  count,
};

/** Told by the schedule once a day; what the event says does not matter. */
export const handler = lambda((_event: unknown, context) =>
  retain({ ...ports, timeLeft: () => context.getRemainingTimeInMillis() }),
);
