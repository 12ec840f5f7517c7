/** The allocation use case over the real stores, with everything it tells others left out. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { createContractReader } from '../functions/merchant/contract.store.ts';
import type { TakePorts } from '../functions/order/take-batch.ts';
import type { OrderShipped } from '../functions/order/told-events.ts';
import { createShipments } from '../functions/shipment/shipment.store.ts';
import { createAllocate } from '../functions/waybill/allocation.store.ts';
import { T0 } from '../test/support/builders.ts';

interface Tables {
  doc: DynamoDBDocumentClient;
  tables: { contracts: string; pools: string; ledger: string; shipments: string };
}

/** One sandbox: what it remembers of pools is its own. */
export const allocationPorts = ({ doc, tables }: Tables): TakePorts => {
  const clock = () => T0;
  return {
    contract: createContractReader(doc, tables.contracts, clock),
    shipments: createShipments(doc, tables.shipments),
    allocate: createAllocate(doc, tables, clock),
    publish: async () => undefined,
    transmission: { send: async () => undefined },
    quarantine: { send: async () => undefined },
    clock,
    count: () => undefined,
    warn: () => undefined,
    promiseMinutes: 20,
  };
};

/** The message that a rule puts into the queue for an order. */
export const orderRecord = (order: OrderShipped, receives = 1): SQSRecord =>
  ({
    messageId: order.shipmentId,
    body: JSON.stringify({ source: 'shop.platform', 'detail-type': 'OrderShipped', detail: order }),
    attributes: { SentTimestamp: String(T0), ApproximateReceiveCount: String(receives) },
  }) as SQSRecord;
