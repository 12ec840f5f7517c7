import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

/** Another operator who has the same application open. */
export interface Viewer {
  name: string;
  /** epoch ms */
  since: number;
}
export interface Viewers {
  /** Notes that an operator looks at a subject now, and says who else did within the last ten minutes. */
  look(subject: string, operator: { id: string; name: string }, now: number): Promise<Viewer[]>;
}

const STILL_THERE_MS = 10 * 60_000;

/** Who looks at what (Operations table, gone after an hour). A hint for colleagues; nothing is decided by it. */
export const createViewers = (doc: DynamoDBDocumentClient, table: string): Viewers => ({
  look: async (subject, operator, now) => {
    const pk = `viewing#${subject}`;
    const answer = await doc.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        Limit: 20,
      }),
    );
    const rows = (answer.Items ?? []) as { sk: string; name: string; since: number; seen: number }[];
    const here = rows.filter(({ seen }) => now - seen < STILL_THERE_MS);
    const since = here.find(({ sk }) => sk === operator.id)?.since ?? now;
    const expiresAt = Math.floor(now / 1000) + 3600;
    const Item = { pk, sk: operator.id, name: operator.name, since, seen: now, expiresAt };
    await doc.send(new PutCommand({ TableName: table, Item }));
    return here
      .filter(({ sk }) => sk !== operator.id)
      .map(({ name, since: from }) => ({ name, since: from }));
  },
});
