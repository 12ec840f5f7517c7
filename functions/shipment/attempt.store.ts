/** The conditional writes of transmission attempts. What is written is decided elsewhere (`transmission/`). */
import {
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
  type UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { isConditionFailure, oldItem } from '../runtime/old-item.ts';
import { koreanDay } from './korean-day.ts';
import type { Shipment, ShipmentState } from './shipment.ts';

/** What becomes of a record: attributes set and attributes taken away. */
export interface Change {
  set: Partial<Shipment>;
  remove?: readonly (keyof Shipment)[];
}

/** Which attempt may write: one that lost its turn finds another attempt number, time or state and is refused. */
export type Fence = Pick<Shipment, 'shipmentId' | 'attempt' | 'attemptAt'>;

export type Claimed =
  | { outcome: 'claimed'; shipment: Shipment }
  /** `existing` is the record that said no; undefined: there is none */
  | { outcome: 'not-claimed'; existing: Shipment | undefined };
export type Committed =
  { outcome: 'written'; shipment: Shipment } | { outcome: 'changed'; existing: Shipment | undefined };

export interface Attempts {
  /** Strongly consistent. */
  read(shipmentId: string): Promise<Shipment | undefined>;
  /**
   * Begins an attempt: `sending`, attempt + 1, time and KST day, in one write, before the call is made.
   * Claimed again at once: not claimed, the record says `sending`.
   */
  claim(shipmentId: string, now: number): Promise<Claimed>;
  /** Begins the next attempt after one that ePost says it knows nothing of. */
  claimAgain(settled: Fence, now: number): Promise<Claimed>;
  /** Writes the change if the record is in one of these states and no other attempt has begun since. */
  commit(fence: Fence, states: readonly ShipmentState[], change: Change): Promise<Committed>;
}

export const createAttempts = (doc: DynamoDBDocumentClient, table: string): Attempts => {
  const update = (shipmentId: string, change: Change, condition: Condition) =>
    committed(
      doc.send(
        new UpdateCommand({
          TableName: table,
          Key: { shipmentId },
          ...expressions(change, condition),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
  return {
    read: async (shipmentId) => {
      const answer = await doc.send(
        new GetCommand({ TableName: table, Key: { shipmentId }, ConsistentRead: true }),
      );
      return answer.Item as Shipment | undefined;
    },
    claim: async (shipmentId, now) =>
      asClaim(
        await update(shipmentId, begun(now), {
          text:
            '#state IN (:allocated, :retrying) AND attribute_not_exists(cancel)' +
            ' AND (attribute_not_exists(notBefore) OR notBefore <= :now)',
          values: { ':allocated': 'allocated', ':retrying': 'retrying', ':now': now },
        }),
      ),
    claimAgain: async (settled, now) =>
      asClaim(
        await update(
          settled.shipmentId,
          begun(now),
          fenced(settled, ['sending', 'unknown'], 'attribute_not_exists(cancel)'),
        ),
      ),
    commit: (fence, states, change) => update(fence.shipmentId, change, fenced(fence, states)),
  };
};

interface Condition {
  text: string;
  values: Record<string, unknown>;
}

const begun = (now: number): Change => ({
  set: { state: 'sending', attemptAt: now, attemptDay: koreanDay(now) },
  remove: ['notBefore'],
});

/** An attempt given back unburnt leaves its number free again, so the time of the claim is compared as well. */
const fenced = (fence: Fence, states: readonly ShipmentState[], more = ''): Condition => {
  const names = states.map((_, i) => `:from${i}`);
  const at = fence.attemptAt === undefined ? 'attribute_not_exists(attemptAt)' : 'attemptAt = :fenceAt';
  return {
    text: `#state IN (${names.join(', ')}) AND attempt = :fence AND ${at}${more && ` AND ${more}`}`,
    values: {
      ...Object.fromEntries(states.map((state, i) => [`:from${i}`, state])),
      ':fence': fence.attempt,
      ...(fence.attemptAt !== undefined && { ':fenceAt': fence.attemptAt }),
    },
  };
};

const expressions = ({ set, remove = [] }: Change, condition: Condition) => {
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  const begins = set.state === 'sending';
  const sets = fields.map((_, i) => `#set${i} = :set${i}`);
  if (begins) sets.push('attempt = attempt + :one');
  return {
    UpdateExpression:
      `SET ${sets.join(', ')}` +
      (remove.length > 0 ? ` REMOVE ${remove.map((_, i) => `#drop${i}`).join(', ')}` : ''),
    ConditionExpression: condition.text,
    ExpressionAttributeNames: {
      '#state': 'state',
      ...Object.fromEntries(fields.map(([name], i) => [`#set${i}`, name])),
      ...Object.fromEntries(remove.map((name, i) => [`#drop${i}`, name])),
    },
    ExpressionAttributeValues: {
      ...condition.values,
      ...Object.fromEntries(fields.map(([, value], i) => [`:set${i}`, value])),
      ...(begins && { ':one': 1 }),
    },
  };
};

const committed = async (write: Promise<UpdateCommandOutput>): Promise<Committed> => {
  try {
    const answer = await write;
    return { outcome: 'written', shipment: answer.Attributes as Shipment };
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    return { outcome: 'changed', existing: oldItem<Shipment>(error.Item) };
  }
};

const asClaim = (answer: Committed): Claimed =>
  answer.outcome === 'written'
    ? { outcome: 'claimed', shipment: answer.shipment }
    : { outcome: 'not-claimed', existing: answer.existing };
