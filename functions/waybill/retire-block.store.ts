import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../audit/audit.ts';
import type { Audit } from '../audit/audit.store.ts';
import { headUnmoved, readBlock, readHead } from './pool.store.ts';
import { type Block, type PoolHead, usedUpTo } from './pool.ts';

export interface RetireOrder {
  contractId: string;
  block: number;
  by: Actor;
  reason: string;
  now: number;
  requestId?: string;
}
export type RetireAnswer =
  /** `removed` numbers are void from now on; `available` are left in the pool */
  | { outcome: 'retired'; removed: number; available: number }
  | { outcome: 'already-retired'; at: number; by: string }
  /** every number of it is given to a parcel */
  | { outcome: 'used-up' }
  | { outcome: 'not-found' }
  /** nothing is said to be unused while nobody knows how far the pool was used */
  | { outcome: 'frozen' };

const MAX_TRIES = 10;

/**
 * Gives the rest of a block back to ePost: its numbers that no parcel has are void, those given stay as they are.
 * One transaction of the pool's head, the block, the ledger and the audit row, so an allocation in between either
 * has its numbers or takes them from the next block. The second time: `already-retired`.
 * @throws when allocations keep getting in between; nothing was written then
 */
export const retireBlock = async (
  doc: DynamoDBDocumentClient,
  tables: { pools: string; ledger: string },
  audit: Pick<Audit, 'commit'>,
  order: RetireOrder,
): Promise<RetireAnswer> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const before = await readHead(doc, tables.pools, order.contractId);
    if (before.frozen !== undefined) return { outcome: 'frozen' };
    if (order.block < 1 || order.block > before.lastBlock) return { outcome: 'not-found' };
    const block = await readBlock(doc, tables.pools, order.contractId, order.block);
    if (block.retired !== undefined)
      return { outcome: 'already-retired', at: block.retired.at, by: block.retired.by };
    const from = usedUpTo(block, before);
    const removed = block.size - from;
    if (removed <= 0) return { outcome: 'used-up' };
    const head = withoutNumbers(before, removed);
    const answer = await audit.commit(
      entryOf(order, block, removed, before.available),
      items(tables, order, block, before, head, from),
    );
    if (answer.outcome === 'written') return { outcome: 'retired', removed, available: head.available };
  }
  throw new Error('The pool keeps moving; nothing was retired, try again');
};

/** "Low" is measured by what was lent: numbers given back were not. */
const withoutNumbers = (head: PoolHead, removed: number): PoolHead => {
  const available = head.available - removed;
  return {
    ...head,
    seq: head.seq + 1,
    revision: head.revision + 1,
    available,
    fullMark: Math.max(available, head.fullMark - removed),
  };
};

const entryOf = (
  { by, reason, now, contractId, requestId }: RetireOrder,
  block: Block,
  removed: number,
  available: number,
) => ({
  at: now,
  by,
  what: 'block.retired' as const,
  subject: `block#${contractId}#${block.block}`,
  reason,
  before: { available },
  after: { first: block.first, last: block.last, removed, available: available - removed },
  ...(requestId !== undefined && { requestId }),
});

const items = (
  tables: { pools: string; ledger: string },
  { contractId, by, reason, now }: RetireOrder,
  block: Block,
  before: PoolHead,
  head: PoolHead,
  from: number,
) => [
  { Put: { TableName: tables.pools, Item: head, ...headUnmoved(before) } },
  {
    Put: {
      TableName: tables.pools,
      Item: { ...block, retired: { at: now, by: by.name, reason, from } },
      ConditionExpression: 'attribute_exists(contractId) AND attribute_not_exists(retired)',
    },
  },
  {
    Put: {
      TableName: tables.ledger,
      Item: {
        contractId,
        seq: head.seq,
        kind: 'retired',
        at: now,
        by: by.name,
        block: block.block,
        from,
        reason,
      },
      ConditionExpression: 'attribute_not_exists(contractId)',
    },
  },
];
