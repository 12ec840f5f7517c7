import * as z from 'zod/mini';
import { present, wholeNumber } from '../runtime/environment.ts';

/** Environment of the drain. */
export const drainEnvironment = z.object({
  CONTRACTS_TABLE: present,
  SHIPMENTS_TABLE: present,
  OPERATIONS_TABLE: present,
  TRANSMISSION_QUEUE_URL: present,
  BUS_NAME: present,
  EPOST_SECRET_ID: present,
  EPOST_SHIP_URL: present,
  /** carrier calls in flight at once */
  CALLS_IN_FLIGHT: wholeNumber(1, 500),
  CARRIER_TIMEOUT_MS: wholeNumber(100, 60_000),
  /** how long an unknown outcome rests before ePost is asked about it */
  SETTLE_SECONDS: wholeNumber(1, 3600),
  /** attempts that may end without an answer before an operator must look */
  MAX_ATTEMPTS: wholeNumber(1, 50),
  /** no call begins later than this after the start; the function's own limit leaves room for the last ones */
  DRAIN_SECONDS: wholeNumber(1, 870),
});
export type DrainEnvironment = z.infer<typeof drainEnvironment>;
