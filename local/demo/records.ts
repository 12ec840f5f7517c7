import { GetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import type { PoolHead } from '../../functions/waybill/pool.ts';

/** What the terminal reads of the tables while it watches. */
export interface Records {
  shipment(shipmentId: string): Promise<Shipment | undefined>;
  /** numbers left of a contract's pool; undefined where it has none */
  numbersLeft(contractId: string): Promise<number | undefined>;
}

export const createRecords = (
  doc: DynamoDBDocumentClient,
  tables: { shipments: string; pools: string },
): Records => ({
  shipment: async (shipmentId) => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: tables.shipments, Key: { shipmentId }, ConsistentRead: true }),
    );
    return Item as Shipment | undefined;
  },
  numbersLeft: async (contractId) => {
    const { Item } = await doc.send(
      new GetCommand({ TableName: tables.pools, Key: { contractId, item: 'head' }, ConsistentRead: true }),
    );
    return (Item as PoolHead | undefined)?.available;
  },
});
