import * as z from 'zod/mini';
import { present, wholeNumber } from '../runtime/environment.ts';

export const retainEnvironment = z.object({
  LEDGER_TABLE: present,
  SHIPMENTS_TABLE: present,
  /** days after the last parcel of an entry has ended (requirements section 8) */
  RETENTION_DAYS: wholeNumber(1, 3650),
  /** days a shipment that never went out keeps its recipient */
  RETENTION_DAYS_UNSENT: wholeNumber(1, 3650),
});
export type RetainEnvironment = z.input<typeof retainEnvironment>;
