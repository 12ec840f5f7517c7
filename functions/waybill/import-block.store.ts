import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../audit/audit.store.ts';
import {
  checkImport,
  type CheckedImport,
  type ImportProblem,
  type ImportRequest,
  soughtIn,
} from './import-request.ts';
import { findOverlaps, type Overlap } from './overlap.store.ts';
import { headUnmoved, readHead } from './pool.store.ts';
import { type Block, blockItem, type PoolHead } from './pool.ts';
import { type RegisteredBlock, REGISTRY } from './registry.store.ts';

export interface PoolTables {
  pools: string;
  ledger: string;
}
export interface ImportOrder {
  contractId: string;
  request: ImportRequest;
  /** who imports, for the ledger */
  by: string;
  now: number;
  /** day on which ePost lent them, yyyy-mm-dd of Korea */
  receivedOn?: string;
}
export type ImportAnswer =
  | { outcome: 'imported'; block: number; size: number; available: number }
  | { outcome: 'refused'; problems: ImportProblem[] };

/** What an import makes of the pool, before it is written. */
export interface PlannedImport {
  block: number;
  checked: CheckedImport;
  before: PoolHead;
  head: PoolHead;
}
/** Writes all items or none; false: something moved in between. */
export type CommitImport = (items: readonly TransactItem[], planned: PlannedImport) => Promise<boolean>;

const MAX_TRIES = 10;

/**
 * Lends a block of numbers to a contract: all of it or nothing, never a number that any contract already holds.
 * The second time: a block of the contract is just what is asked for, so it is refused as `already-there`.
 * Afterwards tell `WaybillBlockImported`, so that what waits is served.
 * @param commit writes more with it, such as an audit row
 * @throws when imports by others keep getting in between.
 */
export const importBlock = async (
  doc: DynamoDBDocumentClient,
  tables: PoolTables,
  order: ImportOrder,
  commit: CommitImport = plainly(doc),
): Promise<ImportAnswer> => {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const version = await readVersion(doc, tables.pools);
    const answer = await tryImport(doc, tables.pools, order);
    if (answer.outcome === 'refused') return answer;
    const planned = plan(await readHead(doc, tables.pools, order.contractId), answer.checked);
    if (await commit(items(tables, order, planned, version), planned))
      return {
        outcome: 'imported',
        block: planned.block,
        size: answer.checked.size,
        available: planned.head.available,
      };
  }
  throw new Error('Other imports keep getting in between; nothing was imported, try again');
};

/** What an import would be refused for, or what it would lend; nothing is written. */
export const tryImport = async (
  doc: DynamoDBDocumentClient,
  table: string,
  { contractId, request }: Pick<ImportOrder, 'contractId' | 'request'>,
): Promise<{ outcome: 'fit'; checked: CheckedImport } | Extract<ImportAnswer, { outcome: 'refused' }>> => {
  const shape = checkImport(request);
  const sought = soughtIn(request);
  const overlaps = sought === undefined ? [] : await findOverlaps(doc, table, sought);
  if (shape.outcome === 'fit' && overlaps.length === 0) return shape;
  const mine = overlaps.find(({ owner, same }) => same && owner === contractId);
  if (shape.outcome === 'fit' && mine !== undefined)
    return { outcome: 'refused', problems: [alreadyThere(mine)] };
  const problems = [...(shape.outcome === 'unfit' ? shape.problems : []), ...overlaps.flatMap(overlapping)];
  return { outcome: 'refused', problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
};

const alreadyThere = ({ owner, block, shared }: Overlap): ImportProblem => ({
  field: 'numbers',
  rule: 'already-there',
  with: { owner, block, shared },
  fix: `${block}번째 대역으로 이미 추가한 번호입니다. 다시 추가하지 않았습니다.`,
});

const overlapping = ({ owner, block, shared, lines }: Overlap): ImportProblem[] => {
  const known = { rule: 'overlap' as const, with: { owner, block, shared } };
  const place = `${owner}의 ${block}번째 대역`;
  return lines === undefined
    ? [
        {
          ...known,
          field: 'numbers',
          fix: `${place}과 ${shared.toLocaleString('ko')}개 겹칩니다. 우체국에서 받은 번호를 확인해 주세요.`,
        },
      ]
    : lines.map((line) => ({
        ...known,
        line,
        field: 'number',
        fix: `${place}에 이미 있는 번호입니다. 우체국에서 받은 번호를 확인해 주세요.`,
      }));
};

const readVersion = async (doc: DynamoDBDocumentClient, table: string): Promise<number> => {
  const Key = { contractId: REGISTRY, item: 'version' };
  const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Number(answer.Item?.['version'] ?? 0);
};

const plan = (before: PoolHead, checked: CheckedImport): PlannedImport => {
  const block = before.lastBlock + 1;
  const available = before.available + checked.size;
  return {
    block,
    checked,
    before,
    head: {
      ...before,
      seq: before.seq + 1,
      lastBlock: block,
      available,
      fullMark: available,
      revision: before.revision + 1,
    },
  };
};

const asBlock = (
  { first, last, size, content }: CheckedImport,
  order: Omit<ImportOrder, 'request'>,
  block: number,
): Block => ({
  contractId: order.contractId,
  item: blockItem(block),
  block,
  first,
  last,
  size,
  importedAt: order.now,
  by: order.by,
  ...(order.receivedOn !== undefined && { receivedOn: order.receivedOn }),
  ...content,
});

const items = (
  tables: PoolTables,
  order: ImportOrder,
  { block, checked, before, head }: PlannedImport,
  version: number,
): TransactItem[] => {
  const registry: RegisteredBlock = {
    contractId: REGISTRY,
    item: `${blockItem(block)}#${order.contractId}`,
    owner: order.contractId,
    block,
    first: checked.first,
    last: checked.last,
    kind: checked.content.kind,
  };
  const fresh = { ConditionExpression: 'attribute_not_exists(contractId)' };
  const { contractId, by, now } = order;
  return [
    { Put: { TableName: tables.pools, Item: head, ...headUnmoved(before) } },
    { Put: { TableName: tables.pools, Item: asBlock(checked, order, block), ...fresh } },
    { Put: { TableName: tables.pools, Item: registry, ...fresh } },
    {
      Put: {
        TableName: tables.pools,
        Item: { contractId: REGISTRY, item: 'version', version: version + 1 },
        ConditionExpression: 'attribute_not_exists(version) OR version = :version',
        ExpressionAttributeValues: { ':version': version },
      },
    },
    {
      Put: {
        TableName: tables.ledger,
        Item: {
          contractId,
          seq: head.seq,
          kind: 'imported',
          at: now,
          by,
          block,
          first: checked.first,
          last: checked.last,
        },
        ...fresh,
      },
    },
  ];
};

/** The items alone. */
const plainly =
  (doc: DynamoDBDocumentClient): CommitImport =>
  async (some) => {
    try {
      await doc.send(new TransactWriteCommand({ TransactItems: [...some] }));
      return true;
    } catch (error) {
      if ((error as Error).name === 'TransactionCanceledException') return false;
      throw error;
    }
  };
