import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { projection, readShipments } from './shipment.store.ts';
import type { Shipment } from './shipment.ts';

const LISTED = [
  'shipmentId',
  'orderId',
  'contractId',
  'state',
  'waitingFor',
  'waybillNumber',
  'formerNumbers',
  'receivedAt',
  'deadline',
  'allocatedAt',
  'attempt',
  'attemptAt',
  'notBefore',
  'cause',
  'refusal',
  'booking',
  'cancel',
  'box',
  'tracked',
] as const satisfies readonly (keyof Shipment)[];

/** A shipment as lists show it: no person, no timeline. */
export type ListedShipment = Pick<Shipment, (typeof LISTED)[number]>;

/** Shipments by id for lists. Eventually consistent; missing ids are left out. */
export type ReadListed = (ids: readonly string[]) => Promise<Map<string, ListedShipment>>;

export const createReadListed =
  (doc: DynamoDBDocumentClient, table: string): ReadListed =>
  (ids) =>
    readShipments<ListedShipment>(doc, table, ids, projection(LISTED));
