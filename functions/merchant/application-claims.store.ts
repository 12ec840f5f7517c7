/**
 * What an application holds while it lives, as items beside it: its business number (A4: one live application, more
 * only where an operator allowed it), its shop or seller (one contract each), its customer number (noted, for the
 * check that shows who shares it).
 */
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../audit/audit.store.ts';
import type { Application } from './application.ts';

/** Field of the submission whose claim was refused. */
export type Claimed = 'businessNo' | 'shopId';
interface ClaimChange {
  item: TransactItem;
  /** set where the change can be refused */
  claim?: Claimed;
}
type Kind = 'business' | 'contract' | 'customer';

const keysOf = (application: Application | undefined): Record<Kind, string | undefined> =>
  application === undefined || application.status === 'terminated'
    ? { business: undefined, contract: undefined, customer: undefined }
    : {
        business: `business#${application.businessNo}`,
        contract: `contract#${application.contractId}`,
        customer: `customer#${application.customerNo}`,
      };

/** Items of the transaction that give up what is no longer held and take what is. */
export const claimChanges = (
  TableName: string,
  before: Application | undefined,
  after: Application,
): ClaimChange[] => {
  const [old, now] = [keysOf(before), keysOf(after)];
  const { applicationId } = after;
  const changes = (['business', 'contract', 'customer'] as const)
    .filter((kind) => old[kind] !== now[kind])
    .flatMap((kind) => [
      ...(old[kind] === undefined ? [] : [{ item: release(TableName, old[kind], applicationId) }]),
      ...(now[kind] === undefined ? [] : [take(TableName, kind, now[kind], applicationId)]),
    ]);
  const allowed = after.duplicateOverride?.at !== before?.duplicateOverride?.at && after.duplicateOverride;
  return allowed && now.business ? [...changes, { item: allowMore(TableName, now.business) }] : changes;
};

const CLAIMED: Partial<Record<Kind, Claimed>> = { business: 'businessNo', contract: 'shopId' };
/** Sets are never empty in DynamoDB: when the last owner leaves, the attribute is gone. */
const FREE = 'attribute_not_exists(owners) OR contains(owners, :self)';
const CONDITIONS: Partial<Record<Kind, string>> = {
  business: `${FREE} OR size(owners) < allowed`,
  contract: FREE,
};

const take = (TableName: string, kind: Kind, key: string, applicationId: string): ClaimChange => {
  const condition = CONDITIONS[kind];
  const claim = CLAIMED[kind];
  return {
    ...(claim && { claim }),
    item: {
      Update: {
        TableName,
        Key: { applicationId: key },
        UpdateExpression: 'ADD owners :id',
        ExpressionAttributeValues: {
          ':id': new Set([applicationId]),
          ...(condition !== undefined && { ':self': applicationId }),
        },
        ...(condition !== undefined && { ConditionExpression: condition }),
      },
    },
  };
};

const release = (TableName: string, key: string, applicationId: string): TransactItem => ({
  Update: {
    TableName,
    Key: { applicationId: key },
    UpdateExpression: 'DELETE owners :id',
    ExpressionAttributeValues: { ':id': new Set([applicationId]) },
  },
});

const allowMore = (TableName: string, key: string): TransactItem => ({
  Update: {
    TableName,
    Key: { applicationId: key },
    UpdateExpression: 'SET allowed = if_not_exists(allowed, :one) + :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Ids of other live applications that hold the same business number or customer number. */
export const readSharers = async (
  doc: DynamoDBDocumentClient,
  table: string,
  { applicationId, businessNo, customerNo }: Application,
): Promise<{ business: string[]; customer: string[] }> => {
  const keys = [`business#${businessNo}`, `customer#${customerNo}`];
  const answer = await doc.send(
    new BatchGetCommand({
      RequestItems: {
        [table]: { Keys: keys.map((key) => ({ applicationId: key })), ConsistentRead: true },
      },
    }),
  );
  if (answer.UnprocessedKeys?.[table]) throw new Error('The store did not answer in full');
  const owners = new Map(
    (answer.Responses?.[table] ?? []).map((item) => [
      String(item['applicationId']),
      [...((item['owners'] as Set<string> | undefined) ?? [])].filter((id) => id !== applicationId),
    ]),
  );
  return { business: owners.get(keys[0]!) ?? [], customer: owners.get(keys[1]!) ?? [] };
};
