import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ApplicationStatus } from '../merchant/application.ts';
import type { Clock } from '../runtime/clock.ts';

/** How many applications are in each state. */
export interface ApplicationCounts {
  /** At most half a minute old where nobody decided meanwhile; the index may lag a second. */
  of(status: ApplicationStatus): Promise<number>;
}

/** States whose numbers an operator watches change are counted anew each time; the big ones are remembered. */
const REMEMBERED: readonly ApplicationStatus[] = ['active', 'terminated'];
const KNOWN_MS = 30_000;

export const createApplicationCounts = (
  doc: DynamoDBDocumentClient,
  table: string,
  clock: Clock,
): ApplicationCounts => {
  const known = new Map<ApplicationStatus, { count: number; until: number }>();
  return {
    of: async (status) => {
      const before = known.get(status);
      if (before !== undefined && before.until > clock()) return before.count;
      const count = await countOf(doc, table, status);
      if (REMEMBERED.includes(status)) known.set(status, { count, until: clock() + KNOWN_MS });
      return count;
    },
  };
};

const countOf = async (
  doc: DynamoDBDocumentClient,
  TableName: string,
  status: ApplicationStatus,
): Promise<number> => {
  let total = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName,
        IndexName: 'byStatus',
        Select: 'COUNT',
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': status },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    total += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return total;
};
