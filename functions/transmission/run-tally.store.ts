import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { koreanDay } from '../shipment/korean-day.ts';

/** What one drain run ended: shipments ePost took, and those it refused or an operator must look at. */
export interface RunTally {
  /** end of the run, epoch ms */
  at: number;
  done: number;
  failed: number;
}
export interface RunTallies {
  /** One small item per run, never one per shipment. Written again it replaces itself. */
  write(tally: RunTally): Promise<void>;
  /** All runs that ended on the Korean day of `at`, oldest first. */
  ofDay(at: number): Promise<RunTally[]>;
}

const KEPT_SECONDS = 8 * 24 * 3600;
const dayKey = (at: number): string => `transmitted#${koreanDay(at)}`;

/** Tallies of the drain runs (Operations table), for the console's picture of the day. Kept eight days. */
export const createRunTallies = (doc: DynamoDBDocumentClient, table: string): RunTallies => ({
  write: async (tally) => {
    const key = { pk: dayKey(tally.at), sk: new Date(tally.at).toISOString() };
    const expiresAt = Math.floor(tally.at / 1000) + KEPT_SECONDS;
    await doc.send(new PutCommand({ TableName: table, Item: { ...tally, ...key, expiresAt } }));
  },
  ofDay: async (at) => {
    const found: RunTally[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await doc.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :day',
          ExpressionAttributeValues: { ':day': dayKey(at) },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      found.push(...((page.Items ?? []) as unknown as RunTally[]));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return found.map(({ at: endedAt, done, failed }) => ({ at: endedAt, done, failed }));
  },
});
