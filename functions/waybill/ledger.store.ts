import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { isConditionFailure } from '../runtime/old-item.ts';
import { closedSlot, type LedgerEntry, ledgerSlot, ledgerSlots } from './ledger.ts';

export type LedgerCursor = Record<string, unknown>;
export interface LedgerPage {
  entries: LedgerEntry[];
  /** undefined at the end */
  cursor?: LedgerCursor;
}
export interface Ledger {
  slots: string[];
  /** Entries with parcels still on the road, oldest first within a slot. Index read: may lag by a second. */
  openEntries(slot: string, cursor?: LedgerCursor, limit?: number): Promise<LedgerPage>;
  /** Entries with shipments ePost has not confirmed. */
  unsentEntries(slot: string, cursor?: LedgerCursor, limit?: number): Promise<LedgerPage>;
  /**
   * All parcels at their end: tracking never looks again, and the entry waits among the closed ones for the end of
   * its retention (`retained.store`). Closed again: it keeps its first time.
   */
  close(entry: Pick<LedgerEntry, 'contractId' | 'seq'>, now: number): Promise<void>;
  /** All shipments confirmed or given to a person: the watch never looks again. */
  markSent(entry: Pick<LedgerEntry, 'contractId' | 'seq'>): Promise<void>;
}

/** The stored form: ids joined, because a list costs three bytes more per id. */
export interface StoredLedgerEntry extends Omit<LedgerEntry, 'shipmentIds'> {
  ids?: string;
  openSlot?: string;
  unsentSlot?: string;
  openSince?: number;
}

export const createLedger = (doc: DynamoDBDocumentClient, table: string): Ledger => {
  const page = async (index: 'open' | 'unsent', slot: string, cursor?: LedgerCursor, limit = 25) => {
    const keys = await doc.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#slot = :slot',
        ExpressionAttributeNames: { '#slot': `${index}Slot` },
        ExpressionAttributeValues: { ':slot': slot },
        Limit: limit,
        ...(cursor && { ExclusiveStartKey: cursor }),
      }),
    );
    const entries = await readEntries(doc, table, keys.Items ?? []);
    return { entries, ...(keys.LastEvaluatedKey && { cursor: keys.LastEvaluatedKey }) };
  };
  const close: Ledger['close'] = async ({ contractId, seq }, now) => {
    const open = ledgerSlot(contractId, seq);
    try {
      await doc.send(
        new UpdateCommand({
          TableName: table,
          Key: { contractId, seq },
          UpdateExpression: 'SET openSlot = :closed, openSince = :now',
          ConditionExpression: 'openSlot = :open',
          ExpressionAttributeValues: { ':closed': closedSlot(open), ':now': now, ':open': open },
        }),
      );
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
    }
  };
  const markSent: Ledger['markSent'] = async ({ contractId, seq }) => {
    await doc.send(
      new UpdateCommand({
        TableName: table,
        Key: { contractId, seq },
        UpdateExpression: 'REMOVE unsentSlot',
        ConditionExpression: 'attribute_exists(contractId)',
      }),
    );
  };
  return {
    slots: ledgerSlots(),
    openEntries: (slot, cursor, limit) => page('open', slot, cursor, limit),
    unsentEntries: (slot, cursor, limit) => page('unsent', slot, cursor, limit),
    close,
    markSent,
  };
};

export const readEntries = async (
  doc: DynamoDBDocumentClient,
  table: string,
  keys: Record<string, unknown>[],
): Promise<LedgerEntry[]> => {
  const found: StoredLedgerEntry[] = [];
  let left = keys.map(({ contractId, seq }) => ({ contractId, seq }));
  while (left.length > 0) {
    const answer = await doc.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: left.slice(0, 100) } } }),
    );
    found.push(...((answer.Responses?.[table] ?? []) as StoredLedgerEntry[]));
    left = [...(answer.UnprocessedKeys?.[table]?.Keys ?? []), ...left.slice(100)] as typeof left;
  }
  return found.map(fromStored).sort((a, b) => a.at - b.at || a.seq - b.seq);
};

/** Stored form → entry. */
export const fromStored = ({
  ids,
  openSlot: _open,
  unsentSlot: _unsent,
  openSince: _since,
  ...entry
}: StoredLedgerEntry): LedgerEntry => ({
  ...entry,
  shipmentIds: ids === undefined || ids === '' ? [] : ids.split('\n'),
});
