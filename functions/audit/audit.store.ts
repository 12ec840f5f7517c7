import { setTimeout as pause } from 'node:timers/promises';
import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { oldItem } from '../runtime/old-item.ts';
import {
  AUDIT_CHAIN,
  type AuditEntry,
  type AuditHead,
  type AuditRow,
  EMPTY_HEAD,
  firstBreak,
  nextRow,
} from './audit.ts';

export interface AuditTables {
  audit: string;
  /** holds the head of the chain */
  operations: string;
}
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
export type Committed =
  | { outcome: 'written'; row: AuditRow }
  /** one of the caller's own conditions failed; `item` is its place in the caller's list */
  | { outcome: 'refused'; item: number; existing: Record<string, unknown> | undefined };
export interface AuditPage {
  rows: AuditRow[];
  /** give it back for the next, older page; undefined at the end */
  cursor?: number;
}

export interface Audit {
  /**
   * One transaction of the caller's items (at most 98) and the audit row that tells of them: both or neither.
   * A lost race for the end of the chain is tried again; a failed condition of an own item is told.
   * @throws when the chain stays contended, or the store cannot be reached; nothing was written then
   */
  commit(entry: AuditEntry, items: readonly TransactItem[]): Promise<Committed>;
  /** A row by itself, for what changed elsewhere or only was looked at. Told twice: two rows. */
  append(entry: AuditEntry): Promise<AuditRow>;
  /** Newest first. */
  page(cursor?: number, limit?: number): Promise<AuditPage>;
  /** Everything about one subject, newest first. Index read: may lag by a second. */
  of(subject: string, limit?: number): Promise<AuditRow[]>;
  /** Walks the whole chain; the first row that does not follow the one before it, if any. */
  firstBreak(): Promise<number | undefined>;
}

const MAX_TRIES = 25;
const HEAD_KEY = { pk: 'audit', sk: 'head' };

/** The audit chain in its table. Nothing here updates or deletes a row; the roles may not either. */
export const createAudit = (doc: DynamoDBDocumentClient, tables: AuditTables): Audit => {
  const readHead = async (): Promise<AuditHead> => {
    const answer = await doc.send(
      new GetCommand({ TableName: tables.operations, Key: HEAD_KEY, ConsistentRead: true }),
    );
    return (answer.Item as AuditHead | undefined) ?? EMPTY_HEAD;
  };
  const commit: Audit['commit'] = async (entry, items) => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const head = await readHead();
      const row = nextRow(head, entry);
      const answer = await write(doc, [...auditWrite(tables, head, row), ...items]);
      if (answer.outcome === 'written') return { outcome: 'written', row };
      if (answer.item >= AUDIT_ITEMS) return { ...answer, item: answer.item - AUDIT_ITEMS };
      await pause(Math.random() * Math.min(10 * 2 ** tries, 300));
    }
    throw new Error('The audit chain is too contended; nothing was written');
  };
  const query = (input: object, limit: number) =>
    doc.send(new QueryCommand({ TableName: tables.audit, ScanIndexForward: false, Limit: limit, ...input }));
  return {
    commit,
    append: async (entry) => {
      const answer = await commit(entry, []);
      if (answer.outcome !== 'written') throw new Error('An audit row alone cannot be refused');
      return answer.row;
    },
    page: async (cursor, limit = 50) => {
      const answer = await query(
        {
          KeyConditionExpression: `#chain = :chain${cursor === undefined ? '' : ' AND seq < :before'}`,
          ExpressionAttributeNames: { '#chain': 'chain' },
          ExpressionAttributeValues: {
            ':chain': AUDIT_CHAIN,
            ...(cursor !== undefined && { ':before': cursor }),
          },
        },
        limit,
      );
      const rows = (answer.Items ?? []) as AuditRow[];
      const last = rows.at(-1);
      return { rows, ...(answer.LastEvaluatedKey && last && { cursor: last.seq }) };
    },
    of: async (subject, limit = 200) => {
      const answer = await query(
        {
          IndexName: 'subject',
          KeyConditionExpression: 'subject = :subject',
          ExpressionAttributeValues: { ':subject': subject },
        },
        limit,
      );
      return (answer.Items ?? []) as AuditRow[];
    },
    firstBreak: () => walk(doc, tables.audit),
  };
};

const AUDIT_ITEMS = 2;

/** The row and the new end of the chain, valid only while the chain still ends at `head`. */
const auditWrite = (tables: AuditTables, head: AuditHead, row: AuditRow): TransactItem[] => [
  {
    Put: {
      TableName: tables.operations,
      Item: { ...HEAD_KEY, seq: row.seq, hash: row.hash },
      ...(head.seq === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'seq = :seq', ExpressionAttributeValues: { ':seq': head.seq } }),
    },
  },
  {
    Put: {
      TableName: tables.audit,
      Item: row,
      ConditionExpression: 'attribute_not_exists(seq)',
    },
  },
];

type Answer =
  | { outcome: 'written' }
  | { outcome: 'refused'; item: number; existing: Record<string, unknown> | undefined };

/** The caller's own failed condition counts before a lost race; a mere conflict counts as a lost race. */
const write = async (doc: DynamoDBDocumentClient, items: TransactItem[]): Promise<Answer> => {
  try {
    await doc.send(new TransactWriteCommand({ TransactItems: items }));
    return { outcome: 'written' };
  } catch (error) {
    if ((error as Error).name !== 'TransactionCanceledException') throw error;
    const reasons = (error as TransactionCanceledException).CancellationReasons ?? [];
    const failed = reasons.findIndex(({ Code }, i) => i >= AUDIT_ITEMS && Code === 'ConditionalCheckFailed');
    if (failed < 0) {
      if (
        reasons.some(({ Code }) => Code === 'ValidationError' || Code === 'ItemCollectionSizeLimitExceeded')
      )
        throw error;
      return { outcome: 'refused', item: 0, existing: undefined };
    }
    return { outcome: 'refused', item: failed, existing: oldItem(reasons[failed]?.Item) };
  }
};

const walk = async (doc: DynamoDBDocumentClient, table: string): Promise<number | undefined> => {
  let head = EMPTY_HEAD;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: '#chain = :chain',
        ExpressionAttributeNames: { '#chain': 'chain' },
        ExpressionAttributeValues: { ':chain': AUDIT_CHAIN },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const rows = (page.Items ?? []) as AuditRow[];
    const broken = firstBreak(rows, head);
    if (broken !== undefined) return broken;
    head = rows.at(-1) ?? head;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return undefined;
};
