import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionFailure } from '../runtime/old-item.ts';
import type { Forgettable } from './forget.ts';
import { projection, readShipments } from './shipment.store.ts';
import type { Shipment } from './shipment.ts';

const FIELDS = [
  'shipmentId',
  'state',
  'receivedAt',
  'attemptAt',
  'booking',
  'tracked',
  'cancel',
  'refusal',
] as const satisfies readonly (keyof Forgettable)[];

export interface Forgetting {
  /** Those that still have personal data; the data itself is not read. Missing ids are left out. */
  read(ids: readonly string[]): Promise<(Forgettable & { hasParcel: boolean })[]>;
  /** Takes the personal data away, if the shipment still stands where it stood. Again: nothing changes. */
  forget(shipment: Pick<Shipment, 'shipmentId' | 'state'>): Promise<'forgotten' | 'changed'>;
}

export const createForgetting = (doc: DynamoDBDocumentClient, table: string): Forgetting => ({
  read: async (ids) => {
    // Whether there is a parcel is told by its goods' presence, so that no person is read here.
    const { ProjectionExpression, ExpressionAttributeNames } = projection(FIELDS);
    const found = await readShipments<Forgettable & { parcel?: object }>(doc, table, ids, {
      ProjectionExpression: `${ProjectionExpression}, parcel.goods`,
      ExpressionAttributeNames,
    });
    return [...found.values()].map(({ parcel, ...shipment }) => ({
      ...shipment,
      hasParcel: parcel !== undefined,
    }));
  },
  forget: async ({ shipmentId, state }) => {
    try {
      await doc.send(
        new UpdateCommand({
          TableName: table,
          Key: { shipmentId },
          UpdateExpression: 'REMOVE parcel',
          ConditionExpression: '#state = :state',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state },
        }),
      );
      return 'forgotten';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      return 'changed';
    }
  },
});
