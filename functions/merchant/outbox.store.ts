/**
 * What a committed move still owes others: events for the platform and work for the onboarding queue. Written in the
 * move's own transaction, removed when done; whatever a crash leaves behind is delivered by the next sweep.
 */
import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../audit/audit.store.ts';
import type { Publish } from '../runtime/bus.client.ts';
import type { Queue } from '../runtime/queue.client.ts';
import type { Moved } from './moves.ts';
import { type Owed, owedBy } from './owed.ts';

const PK = 'outbox#application';

export interface OutboxPorts {
  publish: Publish;
  /** the onboarding queue */
  queue: Pick<Queue, 'send'>;
}
export interface Outbox {
  /** Publishes and enqueues what one move owes, then forgets it. The second time: told again (at least once). */
  deliver(owed: Owed): Promise<void>;
  /** Everything older than `before` that is still owed: left by a crash. Says how many there were. */
  sweep(before: number): Promise<number>;
}

/** Nothing to tell, nothing stored. */
export const outboxItem = (TableName: string, moved: Moved): TransactItem[] => {
  const owed = owedBy(moved);
  if (owed === undefined) return [];
  return [{ Put: { TableName, Item: { ...keyOf(owed), ...owed } } }];
};

export const createOutbox = (
  doc: DynamoDBDocumentClient,
  table: string,
  { publish, queue }: OutboxPorts,
): Outbox => {
  const deliver = async (owed: Owed) => {
    await publish(owed.events);
    if (owed.work !== undefined)
      await queue.send([{ body: { v: 1, kind: owed.work, applicationId: owed.applicationId } }]);
    await doc.send(new DeleteCommand({ TableName: table, Key: keyOf(owed) }));
  };
  return {
    deliver,
    sweep: async (before) => {
      const left = (await readOwed(doc, table)).filter(({ at }) => at < before);
      for (const owed of left) await deliver(owed);
      return left.length;
    },
  };
};

const keyOf = ({ applicationId, version }: Pick<Owed, 'applicationId' | 'version'>) => ({
  pk: PK,
  sk: `${applicationId}#${version}`,
});

const readOwed = async (doc: DynamoDBDocumentClient, table: string): Promise<Owed[]> => {
  const found: Owed[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': PK },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    found.push(...((page.Items ?? []) as unknown as Owed[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
};
