import { setTimeout as pause } from 'node:timers/promises';
import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Contract } from '../merchant/contract.ts';
import type { Clock } from '../runtime/clock.ts';
import { oldItem } from '../runtime/old-item.ts';
import type { Shipment } from '../shipment/shipment.ts';
import { type AllocationPlan, type AllocationResult, type Candidate, planAllocation } from './allocation.ts';
import { type Block, PoolContended, PoolFrozen, type PoolHead, type Taking, takeNumbers } from './pool.ts';
import { headUnmoved, readBlock, readHead } from './pool.store.ts';

export interface AllocationTables {
  pools: string;
  ledger: string;
  shipments: string;
}
/** Pool before and after a commit, for the low-water message. */
export interface Committed {
  before: PoolHead;
  after: PoolHead;
}
export type Allocate = (
  contract: Contract,
  candidates: readonly Candidate[],
) => Promise<{ results: AllocationResult[]; committed: Committed[] }>;

const MAX_TRIES = 25;
/** Several times what a transaction holds the pool for (about 10 ms): `npm run bench -- P4`. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Gives each shipment its number in one transaction, at most 97 of one contract a call.
 * The second time: a shipment that has its number keeps it (`already`, with the stored record), and no number
 * is used. What the pool cannot serve comes back as `waiting`; nothing is stored for it here.
 * The head is remembered between calls and corrected by the refusal's own answer, so a hot contract costs one
 * request a batch.
 * @throws PoolFrozen while the pool is frozen, PoolContended after 25 lost races; else when the store cannot be reached:
 * the caller's messages stay queued.
 */
export const createAllocate = (
  doc: DynamoDBDocumentClient,
  tables: AllocationTables,
  clock: Clock,
): Allocate => {
  const heads = new Map<string, PoolHead>();
  const blocks: BlockCache = new Map();
  return async (contract, candidates) => {
    const results: AllocationResult[] = [];
    const committed: Committed[] = [];
    let left = [...candidates];
    for (let tries = 0; left.length > 0; tries++) {
      if (tries === MAX_TRIES)
        throw new PoolContended('The pool is too contended; the shipments stay queued');
      const before =
        heads.get(contract.contractId) ?? (await readHead(doc, tables.pools, contract.contractId));
      if (before.frozen !== undefined) {
        heads.delete(contract.contractId);
        throw new PoolFrozen(`The pool of ${contract.contractId} is frozen`);
      }
      const taking = await take(doc, tables.pools, blocks, contract, before, left.length);
      const served = taking === 'carrier-issued' ? left : left.slice(0, taking.numbers.length);
      if (served.length === 0 && heads.delete(contract.contractId)) continue;
      if (served.length === 0) return { results: [...results, ...left.map(toWaiting)], committed };
      const plan = planAllocation(before, taking, served, clock());
      const answer = await commit(doc, tables, before, plan, served);
      if (answer.outcome === 'committed') {
        heads.set(contract.contractId, plan.head);
        committed.push({ before, after: plan.head });
        results.push(...plan.shipments.map((shipment) => ({ outcome: 'allocated' as const, shipment })));
        left = left.slice(served.length);
        continue;
      }
      if (answer.head === undefined) heads.delete(contract.contractId);
      else heads.set(contract.contractId, answer.head);
      results.push(...answer.already);
      const known = new Set(answer.already.map(({ candidate }) => candidate));
      left = left.filter((candidate) => !known.has(candidate));
      if (answer.conflict)
        await pause(Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS));
    }
    return { results, committed };
  };
};

const toWaiting = (candidate: Candidate): AllocationResult => ({ outcome: 'waiting', candidate });

/** Blocks never change but by import and retirement, which advance the head's revision. */
type BlockCache = Map<string, { revision: number; blocks: Map<number, Block> }>;

const take = async (
  doc: DynamoDBDocumentClient,
  table: string,
  cache: BlockCache,
  contract: Contract,
  head: PoolHead,
  wanted: number,
): Promise<Taking | 'carrier-issued'> => {
  if (contract.numbering === 'carrier-issued') return 'carrier-issued';
  const cached = cache.get(contract.contractId);
  const known = cached?.revision === head.revision ? cached.blocks : new Map<number, Block>();
  cache.set(contract.contractId, { revision: head.revision, blocks: known });
  for (const block of known.keys()) if (block < head.block) known.delete(block);
  for (;;) {
    const answer = takeNumbers(head, known, wanted);
    if (answer.outcome === 'taken') return answer.taking;
    known.set(answer.block, await readBlock(doc, table, contract.contractId, answer.block));
  }
};

type CommitAnswer =
  | { outcome: 'committed' }
  | {
      outcome: 'refused';
      /** the head as it really is; undefined: to be read again */
      head: PoolHead | undefined;
      already: Extract<AllocationResult, { outcome: 'already' }>[];
      conflict: boolean;
    };

const commit = async (
  doc: DynamoDBDocumentClient,
  tables: AllocationTables,
  before: PoolHead,
  plan: AllocationPlan,
  served: readonly Candidate[],
): Promise<CommitAnswer> => {
  try {
    await doc.send(new TransactWriteCommand(transaction(tables, before, plan, served)));
    return { outcome: 'committed' };
  } catch (error) {
    if ((error as Error).name !== 'TransactionCanceledException') throw error;
    return readRefusal(error as TransactionCanceledException, before, served);
  }
};

const transaction = (
  tables: AllocationTables,
  before: PoolHead,
  plan: AllocationPlan,
  served: readonly Candidate[],
): TransactWriteCommandInput => ({
  TransactItems: [
    {
      Put: {
        TableName: tables.pools,
        Item: plan.head,
        ...headUnmoved(before),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    {
      Put: {
        TableName: tables.ledger,
        Item: plan.entry,
        ConditionExpression: 'attribute_not_exists(contractId)',
      },
    },
    ...plan.shipments.map((shipment, i) => ({
      Put: {
        TableName: tables.shipments,
        Item: shipment,
        ...expectation(served[i]!),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    })),
  ],
});

const expectation = ({ expect }: Candidate) =>
  expect === 'new'
    ? { ConditionExpression: 'attribute_not_exists(shipmentId)' }
    : {
        ConditionExpression: '#state = :state AND fingerprint = :fingerprint',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': expect.state, ':fingerprint': expect.fingerprint },
      };

/** A head that another transaction is just changing is old by the time we try again: reading it saves a refusal. */
const headAfter = (
  reason: NonNullable<TransactionCanceledException['CancellationReasons']>[number] | undefined,
  before: PoolHead,
): PoolHead | undefined => {
  if (reason?.Code === 'TransactionConflict') return undefined;
  return reason?.Code === 'ConditionalCheckFailed' ? oldItem<PoolHead>(reason.Item) : before;
};

const readRefusal = (
  error: TransactionCanceledException,
  before: PoolHead,
  served: readonly Candidate[],
): CommitAnswer => {
  const [headReason, , ...shipmentReasons] = error.CancellationReasons ?? [];
  const already = served.flatMap((candidate, i) => {
    const reason = shipmentReasons[i];
    const existing = reason?.Code === 'ConditionalCheckFailed' ? oldItem<Shipment>(reason.Item) : undefined;
    return existing ? [{ outcome: 'already' as const, candidate, existing }] : [];
  });
  return {
    outcome: 'refused',
    head: headAfter(headReason, before),
    already,
    conflict: already.length === 0,
  };
};
