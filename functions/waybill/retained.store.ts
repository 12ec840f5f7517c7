/** Ledger entries on their way out of retention, by the same index that lists the open ones. */
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionFailure } from '../runtime/old-item.ts';
import { readEntries } from './ledger.store.ts';
import { closedSlot, forgettingSlot, type LedgerEntry, ledgerSlot, ledgerSlots } from './ledger.ts';

/** open: since its allocation; closed, forgetting: since all its parcels ended. */
export type RetainedStage = 'open' | 'closed' | 'forgetting';

export interface RetainedEntries {
  /** Pages of entries in a stage since `before` (epoch ms) or longer. Index read: may lag by a second. */
  since(stage: RetainedStage, before: number): AsyncGenerator<LedgerEntry[]>;
  /** closed → forgetting: its never-sent shipments are done with. */
  later(entry: Pick<LedgerEntry, 'contractId' | 'seq'>): Promise<void>;
  /** Nothing left to forget: the entry is never listed again. */
  done(entry: Pick<LedgerEntry, 'contractId' | 'seq'>): Promise<void>;
}

const KEY_OF = { open: (slot: string) => slot, closed: closedSlot, forgetting: forgettingSlot };

export const createRetainedEntries = (doc: DynamoDBDocumentClient, table: string): RetainedEntries => ({
  since: async function* (stage, before) {
    for (const slot of ledgerSlots()) yield* pages(doc, table, KEY_OF[stage](slot), before);
  },
  later: ({ contractId, seq }) => {
    const slot = ledgerSlot(contractId, seq);
    return update(doc, table, { contractId, seq }, 'SET openSlot = :to', {
      ':from': closedSlot(slot),
      ':to': forgettingSlot(slot),
    });
  },
  done: async ({ contractId, seq }) => {
    const slot = ledgerSlot(contractId, seq);
    for (const from of [closedSlot(slot), forgettingSlot(slot)])
      await update(doc, table, { contractId, seq }, 'REMOVE openSlot', { ':from': from });
  },
});

const update = async (
  doc: DynamoDBDocumentClient,
  TableName: string,
  Key: { contractId: string; seq: number },
  UpdateExpression: string,
  ExpressionAttributeValues: Record<string, string>,
): Promise<void> => {
  const ConditionExpression = 'openSlot = :from';
  try {
    await doc.send(
      new UpdateCommand({ TableName, Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues }),
    );
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
};

async function* pages(
  doc: DynamoDBDocumentClient,
  table: string,
  slot: string,
  before: number,
): AsyncGenerator<LedgerEntry[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'open',
        KeyConditionExpression: 'openSlot = :slot AND openSince <= :before',
        ExpressionAttributeValues: { ':slot': slot, ':before': before },
        Limit: 25,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const entries = await readEntries(doc, table, page.Items ?? []);
    if (entries.length > 0) yield entries;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
