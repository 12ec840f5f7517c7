import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';

export const ledgerAuditEnvironment = z.object({
  POOLS_TABLE: present,
  LEDGER_TABLE: present,
  SHIPMENTS_TABLE: present,
  LEDGER_AUDIT_QUEUE_URL: present,
});
export type LedgerAuditEnvironment = z.input<typeof ledgerAuditEnvironment>;
