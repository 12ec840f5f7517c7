/** The pools as an operator looks after them: which blocks there are, what is left, how fast it goes. */
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../audit/audit.ts';
import type { Audit } from '../audit/audit.store.ts';
import {
  type CommitImport,
  importBlock,
  type ImportAnswer,
  type ImportOrder,
  tryImport,
} from './import-block.store.ts';
import { createLedgerSearch } from './ledger-search.store.ts';
import { readHead } from './pool.store.ts';
import { type Block, blockItem, type PoolHead, usedUpTo } from './pool.ts';
import { readRegistry } from './registry.store.ts';
import { retireBlock, type RetireAnswer, type RetireOrder } from './retire-block.store.ts';

/** A block without its numbers. */
export type BlockSummary = Pick<
  Block,
  'contractId' | 'block' | 'first' | 'last' | 'size' | 'importedAt' | 'receivedOn' | 'by' | 'kind' | 'retired'
>;
export interface PoolView {
  contractId: string;
  head: PoolHead;
  blocks: BlockSummary[];
}
export interface OperatorImport extends Omit<ImportOrder, 'by'> {
  by: Actor;
  reason: string;
  requestId?: string;
}
type TryImport = (order: Pick<ImportOrder, 'contractId' | 'request'>) => ReturnType<typeof tryImport>;
/** What of the pools can be looked at without changing them. */
export interface PoolReader {
  /** Contracts that have numbers at all. */
  owners(): Promise<string[]>;
  /** undefined: a contract that never had numbers. */
  read(contractId: string): Promise<PoolView | undefined>;
  /** Numbers given away since then, and from when that is counted if the contract is younger. */
  usedSince(pool: PoolView, since: number): Promise<{ numbers: number; from: number }>;
}
export interface Pools extends PoolReader {
  /** What `lend` would answer; nothing is written. */
  tryImport: TryImport;
  /** `importBlock` with its audit row in the same transaction. */
  lend(order: OperatorImport): Promise<ImportAnswer>;
  retire(order: RetireOrder): Promise<RetireAnswer>;
}

export const createPools = (
  doc: DynamoDBDocumentClient,
  tables: { pools: string; ledger: string },
  audit: Pick<Audit, 'commit'>,
): Pools => ({
  ...createPoolReader(doc, tables),
  tryImport: (order) => tryImport(doc, tables.pools, order),
  lend: (order) => importBlock(doc, tables, { ...order, by: order.by.name }, audited(audit, order)),
  retire: (order) => retireBlock(doc, tables, audit, order),
});

export const createPoolReader = (
  doc: DynamoDBDocumentClient,
  tables: { pools: string; ledger: string },
): PoolReader => {
  const search = createLedgerSearch(doc, tables.ledger);
  return {
    owners: async () =>
      [...new Set((await readRegistry(doc, tables.pools)).map(({ owner }) => owner))].toSorted(),
    read: async (contractId) => {
      const head = await readHead(doc, tables.pools, contractId);
      if (head.lastBlock === 0) return undefined;
      return { contractId, head, blocks: await readSummaries(doc, tables.pools, head) };
    },
    // Two places of the cursor, the one then and the one now: no need to walk what lies between.
    usedSince: async (pool, since) => {
      const then = await search.lastWhere(pool.contractId, pool.head.seq, ({ at }) => at < since);
      const firstBlockAt = pool.blocks[0]?.importedAt ?? since;
      if (then === undefined) return { numbers: usedIn(pool), from: Math.max(since, firstBlockAt) };
      const last = then.segments?.at(-1) ?? { block: 1, from: 0, count: 0 };
      return { numbers: usedIn(pool) - usedBefore(pool, last.block, last.from + last.count), from: since };
    },
  };
};

const audited =
  (
    audit: Pick<Audit, 'commit'>,
    { contractId, by, reason, requestId, now, receivedOn }: OperatorImport,
  ): CommitImport =>
  async (items, { block, checked, before, head }) => {
    const { first, last, size } = checked;
    const entry = {
      at: now,
      by,
      what: 'block.imported' as const,
      subject: `block#${contractId}#${block}`,
      reason,
      before: { available: before.available },
      after: {
        first,
        last,
        size,
        available: head.available,
        ...(receivedOn !== undefined && { receivedOn }),
      },
      ...(requestId !== undefined && { requestId }),
    };
    return (await audit.commit(entry, items)).outcome === 'written';
  };

/** Numbers of a block that a parcel has, retired remainders not counted. */
const usedIn = ({ head, blocks }: PoolView): number =>
  blocks.reduce((sum, block) => sum + usedUpTo(block, head), 0);

const usedBefore = ({ blocks }: PoolView, block: number, position: number): number =>
  blocks.reduce((sum, one) => {
    if (one.block > block) return sum;
    const end = one.retired?.from ?? one.size;
    return sum + (one.block < block ? end : Math.min(position, end));
  }, 0);

/** A listed block holds up to 325 KB of numbers, which nobody looks at here. */
const readSummaries = async (
  doc: DynamoDBDocumentClient,
  table: string,
  { contractId, lastBlock }: PoolHead,
): Promise<BlockSummary[]> => {
  const found: BlockSummary[] = [];
  const names = [
    'contractId',
    'block',
    'first',
    'last',
    'size',
    'importedAt',
    'receivedOn',
    'by',
    'kind',
    'retired',
  ];
  let left: Record<string, unknown>[] = Array.from({ length: lastBlock }, (_, i) => ({
    contractId,
    item: blockItem(i + 1),
  }));
  while (left.length > 0) {
    const answer = await doc.send(
      new BatchGetCommand({
        RequestItems: {
          [table]: {
            Keys: left.slice(0, 100),
            ConsistentRead: true,
            ProjectionExpression: names.map((_, i) => `#n${i}`).join(', '),
            ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
          },
        },
      }),
    );
    found.push(...((answer.Responses?.[table] ?? []) as BlockSummary[]));
    left = [...(answer.UnprocessedKeys?.[table]?.Keys ?? []), ...left.slice(100)];
  }
  return found.toSorted((a, b) => a.block - b.block);
};
