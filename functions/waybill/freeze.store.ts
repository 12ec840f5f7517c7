/** Stopping a pool: while it is frozen no number is given from it, whoever asks. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../audit/audit.ts';
import type { Audit, TransactItem } from '../audit/audit.store.ts';
import { headUnmoved, readHead } from './pool.store.ts';
import type { Mark, PoolHead } from './pool.ts';

export interface FreezeOrder {
  contractId: string;
  by: Actor;
  reason: string;
  now: number;
}
export type FreezeAnswer = { outcome: 'frozen'; already: boolean; frozen: Mark };
export type UnfreezeAnswer = { outcome: 'unfrozen' } | { outcome: 'not-frozen' };

const MAX_TRIES = 10;

/**
 * Freezes the pool of a contract, one audit row in the same transaction. An allocation either ended before it or is
 * refused by its own condition. The second time: the first freeze stands, with its reason.
 * @throws when the head keeps moving; nothing was written then
 */
export const freezePool = async (
  doc: DynamoDBDocumentClient,
  table: string,
  audit: Pick<Audit, 'commit'>,
  order: FreezeOrder,
): Promise<FreezeAnswer> => {
  const frozen = { at: order.now, by: order.by.name, reason: order.reason };
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const head = await readHead(doc, table, order.contractId);
    if (head.frozen !== undefined) return { outcome: 'frozen', already: true, frozen: head.frozen };
    const answer = await audit.commit(rowOf(order, 'pool.frozen'), [frozenItem(table, head, frozen)]);
    if (answer.outcome === 'written') return { outcome: 'frozen', already: false, frozen };
  }
  throw new Error('The pool keeps moving; it is not frozen, try again');
};

/** Lifts the freeze, one audit row in the same transaction. The second time: `not-frozen`. */
export const unfreezePool = async (
  table: string,
  audit: Pick<Audit, 'commit'>,
  order: FreezeOrder,
): Promise<UnfreezeAnswer> => {
  const Key = { contractId: order.contractId, item: 'head' };
  const answer = await audit.commit(rowOf(order, 'pool.unfrozen'), [
    {
      Update: {
        TableName: table,
        Key,
        UpdateExpression: 'REMOVE frozen',
        ConditionExpression: 'attribute_exists(frozen)',
      },
    },
  ]);
  return { outcome: answer.outcome === 'written' ? 'unfrozen' : 'not-frozen' };
};

const rowOf = ({ contractId, by, reason, now }: FreezeOrder, what: 'pool.frozen' | 'pool.unfrozen') => ({
  at: now,
  by,
  what,
  subject: `pool#${contractId}`,
  reason,
});

const frozenItem = (table: string, head: PoolHead, frozen: Mark): TransactItem =>
  head.seq === 0
    ? // Never used, or taken away by a restore: it gets an empty head to be frozen.
      { Put: { TableName: table, Item: { ...head, frozen }, ...headUnmoved(head) } }
    : // The one attribute alone, so that it need not win against the allocations that move the others.
      {
        Update: {
          TableName: table,
          Key: { contractId: head.contractId, item: 'head' },
          UpdateExpression: 'SET frozen = :frozen',
          ConditionExpression: 'attribute_exists(seq) AND attribute_not_exists(frozen)',
          ExpressionAttributeValues: { ':frozen': frozen },
        },
      };
