/** What a fence writes: the lost entries one by one, everything else in one transaction. */
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../audit/audit.ts';
import type { Audit, TransactItem } from '../audit/audit.store.ts';
import { isConditionFailure } from '../runtime/old-item.ts';
import type { Segment } from '../waybill/ledger.ts';
import { headUnmoved } from '../waybill/pool.store.ts';
import type { Block, PoolHead } from '../waybill/pool.ts';
import type { Evidence } from './evidence.ts';
import type { FenceTables } from './evidence.store.ts';
import { type FenceOrder, newestSeq } from './plan.ts';

export interface Bench {
  doc: DynamoDBDocumentClient;
  tables: FenceTables;
  audit: Pick<Audit, 'commit'>;
  by: Actor;
  order: FenceOrder;
}

/** How the pool stands afterwards. */
export interface Result {
  head: PoolHead;
  blocks: Block[];
  voided: Segment[];
  rebuilt: number;
}

/** Only if the head still is as it was read. */
export const commitFence = async (
  { audit, tables, order, by }: Bench,
  before: PoolHead,
  { head, blocks, voided, rebuilt }: Result,
): Promise<'written' | 'moved'> => {
  const { contractId, now, reason } = order;
  const items: TransactItem[] = [
    { Put: { TableName: tables.pools, Item: head, ...headUnmoved(before) } },
    {
      Put: {
        TableName: tables.ledger,
        Item: { contractId, seq: head.seq, kind: 'fenced', at: now, by: order.by, reason, voided },
        ConditionExpression: 'attribute_not_exists(contractId)',
      },
    },
    ...blocks.map((block) => ({
      Put: { TableName: tables.pools, Item: block, ConditionExpression: 'attribute_exists(contractId)' },
    })),
  ];
  const numbers = voided.reduce((sum, { count }) => sum + count, 0);
  const standing = ({ seq, block, position }: PoolHead) => ({ seq, block, position });
  const answer = await audit.commit(
    {
      at: now,
      by,
      what: 'pool.fenced',
      subject: `pool#${contractId}`,
      reason,
      before: standing(before),
      after: { ...standing(head), voided: numbers, rebuilt, frozen: head.frozen !== undefined },
    },
    items,
  );
  return answer.outcome === 'written' ? 'written' : 'moved';
};

/**
 * So that lost blocks can be imported before the fence is run again: an import writes the next entry of the ledger, which
 * a rewound pool would look for where one lies already.
 */
export const liftSeq = async ({ doc, tables }: Bench, evidence: Evidence): Promise<void> => {
  const { head } = evidence;
  const seq = newestSeq(evidence);
  if (seq <= head.seq) return;
  await doc.send(
    new PutCommand({
      TableName: tables.pools,
      Item: { ...head, seq },
      ...headUnmoved(head),
    }),
  );
};

/** The second time: it is there already. */
export const putNew = async (
  doc: DynamoDBDocumentClient,
  TableName: string,
  Item: Record<string, unknown> | object,
): Promise<void> => {
  const ConditionExpression = 'attribute_not_exists(contractId)';
  try {
    await doc.send(new PutCommand({ TableName, Item, ConditionExpression }));
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
};
