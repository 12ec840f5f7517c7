import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Audit } from '../audit/audit.store.ts';
import { createContractReader } from '../merchant/contract.store.ts';
import { createPublish } from '../runtime/bus.client.ts';
import type { Clock } from '../runtime/clock.ts';
import { createAttempts } from '../shipment/attempt.store.ts';
import { createReadListed } from '../shipment/listing.store.ts';
import { createShipments } from '../shipment/shipment.store.ts';
import { createQuotaCounter } from '../tracking/quota.store.ts';
import { createRunRecords } from '../tracking/run-record.store.ts';
import { createCarrierPauses } from '../transmission/carrier-pause.store.ts';
import { createFindNumber } from '../waybill/find-number.store.ts';
import { createLedgerSearch } from '../waybill/ledger-search.store.ts';
import { createLedger } from '../waybill/ledger.store.ts';
import { createPools } from '../waybill/pools.store.ts';
import { createBandUseReader } from './band-use.ts';
import type { FailedQueueName } from './dead-letter.ts';
import { createDeadLetters } from './dead-letters.client.ts';
import { createJobs } from './job.store.ts';
import type { ParcelPorts } from './parcel-ports.ts';

export interface ParcelSettings {
  SHIPMENTS_TABLE: string;
  CONTRACTS_TABLE: string;
  POOLS_TABLE: string;
  LEDGER_TABLE: string;
  OPERATIONS_TABLE: string;
  BUS_NAME: string;
  FAILED_QUEUES: readonly FailedQueueName[];
  /** 0: the tracking service has no quota */
  DAILY_QUOTA: number;
  TRACKING_SOURCE: string;
  TRACKING_HOURS: number;
}
export interface ParcelClients {
  doc: DynamoDBDocumentClient;
  sqs: SQSClient;
  bus: EventBridgeClient;
  clock: Clock;
  audit: Audit;
}

/** The pages' ports over the real stores. */
export const createParcelPorts = (
  { doc, sqs, bus, clock, audit }: ParcelClients,
  settings: ParcelSettings,
): ParcelPorts => {
  const numbers = { pools: settings.POOLS_TABLE, ledger: settings.LEDGER_TABLE };
  const pools = createPools(doc, numbers, audit);
  return {
    shipments: createShipments(doc, settings.SHIPMENTS_TABLE),
    attempts: createAttempts(doc, settings.SHIPMENTS_TABLE),
    listed: createReadListed(doc, settings.SHIPMENTS_TABLE),
    contract: createContractReader(doc, settings.CONTRACTS_TABLE, clock),
    publish: createPublish(bus, settings.BUS_NAME),
    findNumber: createFindNumber(doc, numbers),
    ledger: createLedger(doc, settings.LEDGER_TABLE),
    ledgerSearch: createLedgerSearch(doc, settings.LEDGER_TABLE),
    pools,
    bandUse: createBandUseReader(pools, clock),
    pauses: createCarrierPauses(doc, settings.OPERATIONS_TABLE),
    runs: createRunRecords(doc, settings.OPERATIONS_TABLE),
    quota: {
      used: createQuotaCounter(doc, settings.OPERATIONS_TABLE).used,
      daily: settings.DAILY_QUOTA === 0 ? undefined : settings.DAILY_QUOTA,
      source: settings.TRACKING_SOURCE,
    },
    roundEveryMs: settings.TRACKING_HOURS * 3_600_000,
    jobRecords: createJobs(doc, settings.OPERATIONS_TABLE),
    deadLetters: createDeadLetters(sqs, settings.FAILED_QUEUES),
  };
};
