import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

/** Calls of a day at one tracking service, counted before they are made. Days are KST, yyyymmdd. */
export interface QuotaCounter {
  used(source: string, day: string): Promise<number>;
  /**
   * Reserves up to `wanted` calls so that the day's total stays within `limit`; answers how many.
   * A crash loses what it had reserved: too few calls are made, never too many.
   */
  reserve(source: string, day: string, wanted: number, limit: number, now: number): Promise<number>;
  /** Gives back what was reserved and not used. */
  release(source: string, day: string, unused: number): Promise<void>;
}

const KEPT_SECONDS = 7 * 24 * 3600;

export const createQuotaCounter = (doc: DynamoDBDocumentClient, table: string): QuotaCounter => {
  const keyOf = (source: string, day: string) => ({ pk: 'quota', sk: `${source}#${day}` });
  const used = async (source: string, day: string) => {
    const read = new GetCommand({ TableName: table, Key: keyOf(source, day), ConsistentRead: true });
    return ((await doc.send(read)).Item?.used as number | undefined) ?? 0;
  };
  const add = async (source: string, day: string, calls: number, limit: number, now: number) => {
    try {
      await doc.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(source, day),
          UpdateExpression: 'ADD used :calls SET expiresAt = :expires',
          ConditionExpression: 'attribute_not_exists(used) OR used <= :room',
          ExpressionAttributeValues: {
            ':calls': calls,
            ':room': limit - calls,
            ':expires': Math.floor(now / 1000) + KEPT_SECONDS,
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  return {
    used,
    reserve: async (source, day, wanted, limit, now) => {
      let calls = Math.min(wanted, limit);
      while (calls > 0) {
        if (await add(source, day, calls, limit, now)) return calls;
        calls = Math.min(calls - 1, limit - (await used(source, day)));
      }
      return 0;
    },
    release: async (source, day, unused) => {
      if (unused <= 0) return;
      await doc.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(source, day),
          UpdateExpression: 'ADD used :back',
          ExpressionAttributeValues: { ':back': -unused },
        }),
      );
    },
  };
};
