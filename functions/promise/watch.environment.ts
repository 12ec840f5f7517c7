import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';

export const watchEnvironment = z.object({
  CONTRACTS_TABLE: present,
  POOLS_TABLE: present,
  LEDGER_TABLE: present,
  SHIPMENTS_TABLE: present,
  OPERATIONS_TABLE: present,
  TRANSMISSION_QUEUE_URL: present,
  ORDER_EVENTS_QUEUE_URL: present,
});
export type WatchEnvironment = z.input<typeof watchEnvironment>;
