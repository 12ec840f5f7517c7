import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { isConditionFailure, oldItem } from '../runtime/old-item.ts';
import { attentionSlots, type Shipment } from './shipment.ts';

/** A write that found the record changed meanwhile says how it is now (undefined: gone). */
export type Written = { outcome: 'written' } | { outcome: 'changed'; existing: Shipment | undefined };

/** What must still be true of the stored record. */
export type StillIs = 'absent' | { state: Shipment['state']; fingerprint: string };

/** The fields that say where a shipment stands. */
const STANDING = [
  'shipmentId',
  'contractId',
  'state',
  'receivedAt',
  'deadline',
  'allocatedAt',
  'attemptAt',
  'notBefore',
] as const;
export type ShipmentStanding = Pick<Shipment, (typeof STANDING)[number]>;

export interface Shipments {
  /** Strongly consistent; missing ids are left out. */
  read(ids: readonly string[]): Promise<Map<string, Shipment>>;
  /** Where shipments stand, without personal data. Eventually consistent; missing ids are left out. */
  readStates(ids: readonly string[]): Promise<Map<string, ShipmentStanding>>;
  /** Replaces the whole record. */
  put(shipment: Shipment, still: StillIs): Promise<Written>;
  /** Marks a cancellation on a shipment that ePost has or may have; done by the drain. Again: nothing new. */
  requestCancel(shipmentId: string, cancel: NonNullable<Shipment['cancel']>): Promise<Written>;
  /** Ids of one contract (or of all) in the attention index. Index read: may lag by a second. */
  attention(kind: 'waiting' | 'refused' | 'parked', contractId?: string): AsyncGenerator<string[]>;
}

export const createShipments = (doc: DynamoDBDocumentClient, table: string): Shipments => ({
  read: (ids) => readShipments<Shipment>(doc, table, ids, { ConsistentRead: true }),
  readStates: (ids) => readShipments<ShipmentStanding>(doc, table, ids, projection(STANDING)),
  put: (shipment, still) =>
    written(
      doc.send(
        new PutCommand({
          TableName: table,
          Item: shipment,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ...(still === 'absent'
            ? { ConditionExpression: 'attribute_not_exists(shipmentId)' }
            : {
                ConditionExpression: '#state = :state AND fingerprint = :fingerprint',
                ExpressionAttributeNames: { '#state': 'state' },
                ExpressionAttributeValues: { ':state': still.state, ':fingerprint': still.fingerprint },
              }),
        }),
      ),
    ),
  requestCancel: (shipmentId, cancel) =>
    written(
      doc.send(
        new UpdateCommand({
          TableName: table,
          Key: { shipmentId },
          UpdateExpression: 'SET cancel = :cancel REMOVE cancelRefused',
          ConditionExpression: '#state IN (:sending, :unknown, :accepted) AND attribute_not_exists(cancel)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':cancel': cancel,
            ':sending': 'sending',
            ':unknown': 'unknown',
            ':accepted': 'accepted',
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    ),
  attention: async function* (kind, contractId) {
    for (const slot of attentionSlots(kind)) yield* slotIds(doc, table, slot, contractId);
  },
});

/** Awaits a conditional write and turns a failed condition into a value. */
export const written = async (write: Promise<unknown>): Promise<Written> => {
  try {
    await write;
    return { outcome: 'written' };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return { outcome: 'changed', existing: oldItem<Shipment>(error.Item) };
  }
};

/** A projection of these attributes; all names are escaped, as some are reserved words. */
export const projection = (names: readonly string[]) => ({
  ProjectionExpression: names.map((_, i) => `#p${i}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#p${i}`, name])),
});

/** Shipments by id in batches of 100, asking again for what the store left unprocessed. */
export const readShipments = async <Read extends Pick<Shipment, 'shipmentId'>>(
  doc: DynamoDBDocumentClient,
  table: string,
  ids: readonly string[],
  how: Partial<ReturnType<typeof projection>> & { ConsistentRead?: boolean },
): Promise<Map<string, Read>> => {
  const found = new Map<string, Read>();
  let left: Record<string, unknown>[] = [...new Set(ids)].map((shipmentId) => ({ shipmentId }));
  while (left.length > 0) {
    const answer = await doc.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: left.slice(0, 100), ...how } } }),
    );
    for (const item of (answer.Responses?.[table] ?? []) as Read[]) found.set(item.shipmentId, item);
    left = [...(answer.UnprocessedKeys?.[table]?.Keys ?? []), ...left.slice(100)];
  }
  return found;
};

async function* slotIds(
  doc: DynamoDBDocumentClient,
  table: string,
  slot: string,
  contractId?: string,
): AsyncGenerator<string[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'attention',
        KeyConditionExpression: `attentionSlot = :slot${contractId === undefined ? '' : ' AND begins_with(attentionKey, :prefix)'}`,
        ExpressionAttributeValues: {
          ':slot': slot,
          ...(contractId !== undefined && { ':prefix': `${contractId}#` }),
        },
        Limit: 97,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const ids = (page.Items ?? []).map((item) => String(item['shipmentId']));
    if (ids.length > 0) yield ids;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
