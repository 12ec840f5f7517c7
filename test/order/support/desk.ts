/** The order queue's desk on real tables: what it stores, tells, queues and quarantines, to be looked at. */
import type { SQSRecord } from 'aws-lambda';
import type { OutgoingEvent } from '../../../functions/events.ts';
import type { OrderShipped } from '../../../functions/order/told-events.ts';
import { createContractReader, putContract } from '../../../functions/merchant/contract.store.ts';
import type { Contract } from '../../../functions/merchant/contract.ts';
import type { TakePorts } from '../../../functions/order/take-batch.ts';
import { createShipments } from '../../../functions/shipment/shipment.store.ts';
import type { Shipment, ShipmentState } from '../../../functions/shipment/shipment.ts';
import { createAllocate } from '../../../functions/waybill/allocation.store.ts';
import { importBlock } from '../../../functions/waybill/import-block.store.ts';
import { aContract, anOrder, T0 } from '../../support/builders.ts';
import type { TestTables } from '../../support/dynamo.ts';

export interface Desk {
  ports: TakePorts;
  now: number;
  told: OutgoingEvent[];
  queued: string[];
  quarantined: unknown[];
  counts: Record<string, number>;
  /** detail types told, in order */
  types(): string[];
  stored(shipmentId: string): Promise<Shipment | undefined>;
  /** a shop of its own, with numbers */
  aShop(over?: Partial<Contract>, numbers?: number): Promise<string>;
  stock(contractId: string, size: number): Promise<void>;
  /** a shipment that has gone on to this state */
  become(shipmentId: string, state: ShipmentState, over?: Partial<Shipment>): Promise<void>;
}

/** Numbers and shops are never the same twice, so tests share the tables. */
let [contractNo, nextRun, messageNo] = [0, 6_000_000_000_000, 0];

export const openDesk = (db: TestTables): Desk => {
  const clock = () => desk.now;
  const shipments = createShipments(db.doc, db.tables.shipments);
  const ports: TakePorts = {
    contract: createContractReader(db.doc, db.tables.contracts, clock),
    shipments,
    allocate: createAllocate(db.doc, db.tables, clock),
    publish: async (events) => void desk.told.push(...events),
    transmission: {
      send: async (all) => void desk.queued.push(...all.map(({ body }) => (body as Shipment).shipmentId)),
    },
    quarantine: { send: async (all) => void desk.quarantined.push(...all.map(({ body }) => body)) },
    clock,
    count: (name, value = 1) => void (desk.counts[name] = (desk.counts[name] ?? 0) + value),
    warn: () => undefined,
    promiseMinutes: 20,
  };
  const stock = async (contractId: string, size: number) => {
    const [first, last] = [String(nextRun), String(nextRun + size - 1)];
    nextRun += size;
    const request = { kind: 'run', first, last } as const;
    await importBlock(db.doc, db.tables, { contractId, request, by: 'test', now: clock() });
  };
  const stored = async (id: string) => (await shipments.read([id])).get(id);
  const desk: Desk = {
    ports,
    now: T0,
    told: [],
    queued: [],
    quarantined: [],
    counts: {},
    types: () => desk.told.map(({ detailType }) => detailType),
    stored,
    stock,
    aShop: async (over = {}, numbers = 50) => {
      const contractId = over.contractId ?? `shop-${contractNo++}`;
      await putContract(db.doc, db.tables.contracts, aContract({ ...over, contractId }));
      if (numbers > 0) await stock(contractId, numbers);
      return contractId;
    },
    become: async (id, state, over = {}) => {
      const before = (await stored(id))!;
      const still = { state: before.state, fingerprint: before.fingerprint };
      await shipments.put({ ...before, ...over, state }, still);
    },
  };
  return desk;
};

/** One message as SQS hands it to the function. */
export const message = (
  detailType: string,
  detail: unknown,
  over: { source?: string; receives?: number; sentAt?: number } = {},
): SQSRecord =>
  ({
    messageId: `m-${messageNo++}`,
    body: JSON.stringify({ source: over.source ?? 'shop.platform', 'detail-type': detailType, detail }),
    attributes: {
      SentTimestamp: String(over.sentAt ?? T0),
      ApproximateReceiveCount: String(over.receives ?? 1),
    },
  }) as SQSRecord;

export const shipped = (over: Partial<OrderShipped>): SQSRecord => message('OrderShipped', anOrder(over));

/** Our own event, as the rule delivers it. */
export const ours = (detailType: 'WaybillBlockImported' | 'ContractChanged', contractId: string): SQSRecord =>
  message(detailType, { contractId }, { source: 'epost-parcel' });
