import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createAudit, type TransactItem } from '../audit/audit.store.ts';
import { messageItem } from '../notification/messages.store.ts';
import type { Application, ApplicationStatus } from './application.ts';
import { claimChanges, type Claimed, readSharers } from './application-claims.store.ts';
import { contractChange } from './contract-change.store.ts';
import type { Moved } from './moves.ts';
import { outboxItem } from './outbox.store.ts';

/** A room that never sends an SMS or touches a contract names no table for it: its role may not either. */
export interface ApplicationTables {
  applications: string;
  audit: string;
  operations: string;
  messages?: string;
  contracts?: string;
}
export type MoveWritten =
  | { outcome: 'written' }
  /** someone was first; undefined: it is gone or, for a submission, never was */
  | { outcome: 'changed'; existing: Application | undefined }
  /** A4: the business number, or the shop or seller, already has a live application */
  | { outcome: 'duplicate'; claim: Claimed };

/** What is read never holds the sealed password. */
export interface Applications {
  /** Strongly consistent. */
  read(applicationId: string): Promise<Application | undefined>;
  /** One page in the order of the given states, nearest due date first in each. Index read: may lag a second. */
  list(
    statuses: readonly ApplicationStatus[],
    cursor?: string,
    limit?: number,
  ): Promise<{ applications: Application[]; cursor?: string }>;
  /** Writes a new application. The second time: `changed`, with the stored one. */
  submit(moved: Moved): Promise<MoveWritten>;
  /**
   * Commits a move whole: record, uniqueness, audit row, SMS, contract and what is still owed to others. The second
   * time, or after another operator: `changed`, and nothing was written.
   */
  move(before: Pick<Application, 'version'> & Application, moved: Moved): Promise<MoveWritten>;
  /** Other live applications of the same business number or customer number. */
  sharers(application: Application): Promise<{ business: string[]; customer: string[] }>;
}

export const createApplications = (doc: DynamoDBDocumentClient, tables: ApplicationTables): Applications => {
  const audit = createAudit(doc, tables);
  const commit = async (before: Application | undefined, moved: Moved): Promise<MoveWritten> => {
    const claims = claimChanges(tables.applications, before, moved.application);
    const items = [
      recordChange(tables.applications, before, moved.application),
      ...claims.map(({ item }) => item),
      ...contractChange(tables.contracts, before, moved.application),
      ...smsRow(tables.messages, moved),
      ...outboxItem(tables.operations, moved),
    ];
    const answer = await audit.commit(moved.audit, items);
    if (answer.outcome === 'written') return answer;
    const claim = claims[answer.item - 1]?.claim;
    if (claim !== undefined) return { outcome: 'duplicate', claim };
    return { outcome: 'changed', existing: answer.existing && opened(answer.existing) };
  };
  return {
    read: async (applicationId) => {
      const answer = await doc.send(
        new GetCommand({ TableName: tables.applications, Key: { applicationId }, ConsistentRead: true }),
      );
      return answer.Item && opened(answer.Item);
    },
    list: (statuses, cursor, limit) => listPage(doc, tables.applications, statuses, cursor, limit),
    submit: (moved) => commit(undefined, moved),
    move: commit,
    sharers: (application) => readSharers(doc, tables.applications, application),
  };
};

/** The record as the rest of the system sees it. */
const opened = (item: Record<string, unknown>): Application => {
  const { passwordSealed: _sealed, ...application } = item as unknown as Application;
  return application;
};

/**
 * Field by field, so that the sealed password, which no reader has, stays as it is unless it is replaced or goes.
 */
const recordChange = (
  TableName: string,
  before: Application | undefined,
  after: Application,
): TransactItem => {
  const { applicationId, ...fields } = after;
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  const gone = Object.keys(before ?? {}).filter((key) => Reflect.get(after, key) === undefined);
  if (!after.hasPassword) gone.push('passwordSealed');
  const removed = [...new Set(gone)];
  const names = [...set.map(([key]) => key), ...removed];
  const nameOf = (key: string) => `#n${names.indexOf(key)}`;
  return {
    Update: {
      TableName,
      Key: { applicationId },
      UpdateExpression: `SET ${set.map(([key], i) => `${nameOf(key)} = :v${i}`).join(', ')}${
        removed.length > 0 ? ` REMOVE ${removed.map(nameOf).join(', ')}` : ''
      }`,
      ConditionExpression:
        before === undefined ? 'attribute_not_exists(applicationId)' : `${nameOf('version')} = :before`,
      ExpressionAttributeNames: Object.fromEntries(names.map((key) => [nameOf(key), key])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(set.map(([, value], i) => [`:v${i}`, value])),
        ...(before !== undefined && { ':before': before.version }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
};

/** P16: the row's key is the decision, so it exists once whatever is repeated. */
const smsRow = (TableName: string | undefined, { sms, audit }: Moved): TransactItem[] => {
  if (sms === undefined) return [];
  if (TableName === undefined) throw new Error('This function may not send messages');
  return [messageItem(TableName, sms, { createdAt: audit.at, subject: audit.subject })];
};

interface ListCursor {
  status: number;
  key?: Record<string, unknown>;
}

const listPage = async (
  doc: DynamoDBDocumentClient,
  table: string,
  statuses: readonly ApplicationStatus[],
  cursor?: string,
  limit = 100,
) => {
  const applications: Application[] = [];
  let at: ListCursor = cursor === undefined ? { status: 0 } : fromCursor(cursor);
  while (at.status < statuses.length && applications.length < limit) {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'byStatus',
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': statuses[at.status] },
        Limit: limit - applications.length,
        ...(at.key && { ExclusiveStartKey: at.key }),
      }),
    );
    applications.push(...(page.Items ?? []).map(opened));
    at = page.LastEvaluatedKey
      ? { status: at.status, key: page.LastEvaluatedKey }
      : { status: at.status + 1 };
  }
  return { applications, ...(at.status < statuses.length && { cursor: toCursor(at) }) };
};

const toCursor = (cursor: ListCursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');
/** @throws when it is not one of ours */
const fromCursor = (text: string): ListCursor =>
  JSON.parse(Buffer.from(text, 'base64url').toString()) as ListCursor;
