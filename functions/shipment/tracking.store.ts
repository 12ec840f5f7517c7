import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { News } from '../tracking/what-is-new.ts';
import type { Followed } from '../tracking/whom-to-ask.ts';

export interface TrackingStore {
  /** Reads shipments without the parcel, so no person is ever in memory here. Unknown ids are left out. */
  read(shipmentIds: readonly string[]): Promise<Followed[]>;
  /**
   * Writes what is new, if the record still is as it was read. Written again, or overtaken by another run that
   * saw the same: `overtaken`, and nothing is lost, because that run has told it too.
   */
  write(before: Followed, news: Exclude<News, { outcome: 'none' }>): Promise<'written' | 'overtaken'>;
}

/** BatchGetItem takes a hundred keys. */
const KEYS_PER_READ = 100;

const FIELDS = [
  'shipmentId',
  'orderId',
  'contractId',
  'state',
  'waybillNumber',
  'receivedAt',
  'attemptAt',
  'refusal',
  'booking',
  'tracked',
  'scans',
] as const satisfies readonly (keyof Followed)[];
const NAMES = Object.fromEntries(FIELDS.map((field, i) => [`#f${i}`, field]));
const PROJECTION = Object.keys(NAMES).join(', ');

export const createTrackingStore = (doc: DynamoDBDocumentClient, table: string): TrackingStore => ({
  read: async (shipmentIds) => {
    const found: Followed[] = [];
    let left: Record<string, unknown>[] = shipmentIds.map((shipmentId) => ({ shipmentId }));
    while (left.length > 0) {
      const Keys = left.slice(0, KEYS_PER_READ);
      const answer = await doc.send(
        new BatchGetCommand({
          RequestItems: {
            [table]: { Keys, ProjectionExpression: PROJECTION, ExpressionAttributeNames: NAMES },
          },
        }),
      );
      found.push(...((answer.Responses?.[table] ?? []) as Followed[]));
      left = [...(answer.UnprocessedKeys?.[table]?.Keys ?? []), ...left.slice(KEYS_PER_READ)];
    }
    return found;
  },
  write: async (before, news) => {
    try {
      await doc.send(new UpdateCommand({ TableName: table, ...changeOf(before, news) }));
      return 'written';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'overtaken';
      throw error;
    }
  },
});

const changeOf = (before: Followed, news: Exclude<News, { outcome: 'none' }>) => ({
  Key: { shipmentId: before.shipmentId },
  UpdateExpression: 'SET tracked = :tracked, scans = :scans, #state = :after',
  ConditionExpression: `#state = :before AND ${
    before.tracked === undefined ? 'attribute_not_exists(tracked)' : 'tracked.scans = :known'
  }`,
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: {
    ':tracked': news.tracked,
    ':scans': news.scans,
    ':before': before.state,
    ':after': news.ended ? 'closed' : before.state,
    ...(before.tracked !== undefined && { ':known': before.tracked.scans }),
  },
});
