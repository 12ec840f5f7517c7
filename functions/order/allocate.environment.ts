import * as z from 'zod/mini';
import { present, wholeNumber } from '../runtime/environment.ts';

export const allocateEnvironment = z.object({
  CONTRACTS_TABLE: present,
  POOLS_TABLE: present,
  LEDGER_TABLE: present,
  SHIPMENTS_TABLE: present,
  TRANSMISSION_QUEUE_URL: present,
  QUARANTINE_QUEUE_URL: present,
  BUS_NAME: present,
  /** R05: by when ePost will have confirmed */
  PROMISE_MINUTES: wholeNumber(1, 1440),
});
export type AllocateEnvironment = z.input<typeof allocateEnvironment>;
