/** Looking into a contract's ledger without walking it: by sequence number, as entries only ever grow. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { fromStored, readEntries, type StoredLedgerEntry } from './ledger.store.ts';
import type { LedgerEntry } from './ledger.ts';

export interface LedgerSearch {
  /**
   * The last entry that gave numbers of the pool and for which `holds`, among seq 1…`last`; `holds` must be true up
   * to some entry and false after it. About log2(`last`) reads.
   */
  lastWhere(
    contractId: string,
    last: number,
    holds: (entry: LedgerEntry) => boolean,
  ): Promise<LedgerEntry | undefined>;
  /** The newest entries of a contract that have shipments, newest first. */
  recent(contractId: string, limit: number): Promise<LedgerEntry[]>;
  /** Entries of one slot that were opened since then and still have parcels on the road, newest first. */
  openSince(slot: string, since: number, limit: number): Promise<LedgerEntry[]>;
}

/** Few entries give no numbers (imports), so the one asked for is nearly always the first or second. */
const AT_A_TIME = 5;

export const createLedgerSearch = (doc: DynamoDBDocumentClient, table: string): LedgerSearch => {
  const numbered = (contractId: string, from: number, to: number) =>
    newest(doc, table, 1, {
      KeyConditionExpression: 'contractId = :contract AND seq BETWEEN :from AND :to',
      FilterExpression: 'attribute_exists(#segments)',
      ExpressionAttributeNames: { '#segments': 'segments' },
      ExpressionAttributeValues: { ':contract': contractId, ':from': from, ':to': to },
      Limit: AT_A_TIME,
    });
  return {
    lastWhere: async (contractId, last, holds) => {
      let found: LedgerEntry | undefined;
      let [low, high] = [1, last];
      while (low <= high) {
        const middle = Math.floor((low + high) / 2);
        const [entry] = await numbered(contractId, low, middle);
        if (entry === undefined) low = middle + 1;
        else if (holds(entry)) {
          found = entry;
          low = middle + 1;
        } else high = entry.seq - 1;
      }
      return found;
    },
    recent: (contractId, limit) =>
      newest(doc, table, limit, {
        KeyConditionExpression: 'contractId = :contract',
        FilterExpression: 'attribute_exists(ids)',
        ExpressionAttributeValues: { ':contract': contractId },
        Limit: limit,
      }),
    openSince: async (slot, since, limit) => {
      const keys = await doc.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'open',
          KeyConditionExpression: 'openSlot = :slot AND openSince >= :since',
          ExpressionAttributeValues: { ':slot': slot, ':since': since },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return readEntries(doc, table, keys.Items ?? []);
    },
  };
};

/** Up to `wanted` matching entries, newest first; asks on while a filter leaves out what was read. */
const newest = async (
  doc: DynamoDBDocumentClient,
  TableName: string,
  wanted: number,
  query: object,
): Promise<LedgerEntry[]> => {
  const found: LedgerEntry[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        ScanIndexForward: false,
        ...query,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    found.push(...((page.Items ?? []) as StoredLedgerEntry[]).map(fromStored));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && found.length < wanted);
  return found.slice(0, wanted);
};
