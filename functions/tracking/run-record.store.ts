import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Run } from './run.ts';

/** Records of tracking rounds, newest findable first. Kept 90 days. */
export interface RunRecords {
  latest(limit?: number): Promise<Run[]>;
  read(runId: string): Promise<Run | undefined>;
  /** A new round. Begun again by the same message: `known`. */
  begin(run: Run): Promise<'begun' | 'known'>;
  /**
   * Replaces the record as leg `expectedLeg` left or made it. `overtaken`: another invocation has taken the
   * round over; stop.
   */
  save(run: Run, expectedLeg: number): Promise<'saved' | 'overtaken'>;
}

const KEPT_SECONDS = 90 * 24 * 3600;

export const createRunRecords = (doc: DynamoDBDocumentClient, table: string): RunRecords => {
  const put = async (run: Run, condition: string, values?: Record<string, unknown>): Promise<boolean> => {
    const expiresAt = Math.floor(run.startedAt / 1000) + KEPT_SECONDS;
    try {
      await doc.send(
        new PutCommand({
          TableName: table,
          Item: { pk: 'sync', sk: run.runId, expiresAt, ...run },
          ConditionExpression: condition,
          ...(values && { ExpressionAttributeValues: values }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  return {
    latest: async (limit = 1) => {
      const found: Run[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await doc.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: 'pk = :sync',
            ExpressionAttributeValues: { ':sync': 'sync' },
            ScanIndexForward: false,
            ConsistentRead: true,
            Limit: limit - found.length,
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        found.push(...(page.Items ?? []).map(toRun));
        start = page.LastEvaluatedKey;
      } while (start !== undefined && found.length < limit);
      return found;
    },
    read: async (runId) => {
      const Key = { pk: 'sync', sk: runId };
      const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return answer.Item === undefined ? undefined : toRun(answer.Item);
    },
    begin: async (run) => ((await put(run, 'attribute_not_exists(pk)')) ? 'begun' : 'known'),
    save: async (run, expectedLeg) =>
      (await put(run, 'leg = :leg', { ':leg': expectedLeg })) ? 'saved' : 'overtaken',
  };
};

const toRun = ({ pk: _pk, sk: _sk, expiresAt: _expires, ...run }: Record<string, unknown>): Run =>
  run as unknown as Run;
