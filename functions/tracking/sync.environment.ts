import * as z from 'zod/mini';
import { present, wholeNumber } from '../runtime/environment.ts';

const source = z.enum(['biz', 'data-go-kr']);
export type SourceName = z.infer<typeof source>;

/** Environment of the sync function. */
export const syncEnvironment = z.object({
  SHIPMENTS_TABLE: present,
  LEDGER_TABLE: present,
  OPERATIONS_TABLE: present,
  TRACKING_QUEUE_URL: present,
  BUS_NAME: present,
  EPOST_SECRET_ID: present,
  TRACKING_SOURCE: source,
  BIZ_TRACE_URL: present,
  DATA_GO_KR_URL: present,
  CALLS_IN_FLIGHT: wholeNumber(1, 500),
  CARRIER_TIMEOUT_MS: wholeNumber(100, 60_000),
  /** tracking calls a KST day, per source; 0 = the source has no quota */
  DAILY_QUOTA: wholeNumber(0, 100_000_000),
  TRACKING_HOURS: wholeNumber(1, 24),
});
export type SyncEnvironment = z.infer<typeof syncEnvironment>;
