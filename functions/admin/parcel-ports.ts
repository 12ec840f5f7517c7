/** What the pages about parcels, numbers, runs and failed messages use of the outside. */
import type { ReadContract } from '../merchant/contract.store.ts';
import type { Publish } from '../runtime/bus.client.ts';
import type { Attempts } from '../shipment/attempt.store.ts';
import type { ReadListed } from '../shipment/listing.store.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import type { QuotaCounter } from '../tracking/quota.store.ts';
import type { RunRecords } from '../tracking/run-record.store.ts';
import type { CarrierPauses } from '../transmission/carrier-pause.store.ts';
import type { FindNumber } from '../waybill/find-number.store.ts';
import type { Ledger } from '../waybill/ledger.store.ts';
import type { LedgerSearch } from '../waybill/ledger-search.store.ts';
import type { Pools } from '../waybill/pools.store.ts';
import type { ReadBandUse } from './band-use.ts';
import type { DeadLetters } from './dead-letter.ts';
import type { Jobs } from './job.store.ts';

export interface ParcelPorts {
  shipments: Pick<Shipments, 'read' | 'put' | 'requestCancel' | 'attention'>;
  attempts: Pick<Attempts, 'read' | 'commit'>;
  listed: ReadListed;
  contract: ReadContract;
  publish: Publish;
  findNumber: FindNumber;
  ledger: Pick<Ledger, 'slots' | 'unsentEntries'>;
  ledgerSearch: LedgerSearch;
  pools: Pools;
  pauses: CarrierPauses;
  runs: Pick<RunRecords, 'latest' | 'read'>;
  /** calls of a day at the tracking service `source`; `daily` undefined: it has no quota */
  quota: Pick<QuotaCounter, 'used'> & { daily: number | undefined; source: string };
  /** between two scheduled tracking rounds */
  roundEveryMs: number;
  bandUse: ReadBandUse;
  jobRecords: Jobs;
  deadLetters: DeadLetters;
}
