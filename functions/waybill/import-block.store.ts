import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { checkImport, type CheckedImport, type ImportProblem, type ImportRequest } from './import-request.ts';
import { headUnmoved, readBlock, readHead } from './pool.store.ts';
import { type Block, blockItem, numberAt, type PoolHead, positionOf } from './pool.ts';
import { type RegisteredBlock, readRegistry, REGISTRY } from './registry.store.ts';

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
}
export type ImportAnswer =
  | { outcome: 'imported'; block: number; size: number; available: number }
  | { outcome: 'refused'; problems: ImportProblem[] };

const MAX_TRIES = 10;

/**
 * Lends a block of numbers to a contract: all of it or nothing, never a number that any contract already holds.
 * The second time: every number overlaps with the block of the first time, so it is refused.
 * Afterwards tell `WaybillBlockImported`, so that what waits is served.
 * @throws when imports by others keep getting in between.
 */
export const importBlock = async (
  doc: DynamoDBDocumentClient,
  tables: PoolTables,
  order: ImportOrder,
): Promise<ImportAnswer> => {
  const answer = checkImport(order.request);
  if (answer.outcome === 'unfit') return { outcome: 'refused', problems: answer.problems };
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const version = await readVersion(doc, tables.pools);
    const overlap = await findOverlap(doc, tables.pools, answer.checked);
    if (overlap !== undefined) return { outcome: 'refused', problems: [overlap] };
    const imported = await commit(doc, tables, order, answer.checked, version);
    if (imported !== undefined) return imported;
  }
  throw new Error('Other imports keep getting in between; nothing was imported, try again');
};

const readVersion = async (doc: DynamoDBDocumentClient, table: string): Promise<number> => {
  const Key = { contractId: REGISTRY, item: 'version' };
  const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Number(answer.Item?.['version'] ?? 0);
};

const findOverlap = async (
  doc: DynamoDBDocumentClient,
  table: string,
  checked: CheckedImport,
): Promise<ImportProblem | undefined> => {
  for (const near of await readRegistry(doc, table, checked)) {
    const shared = await sharedNumbers(doc, table, near, checked);
    if (shared > 0)
      return {
        field: 'numbers',
        rule: 'overlap',
        fix: `${near.owner}의 ${near.block}번째 대역과 ${shared.toLocaleString('ko')}개 겹칩니다. 우체국에서 받은 번호를 확인해 주세요.`,
      };
  }
  return undefined;
};

/** How many of the new numbers a known block already holds. */
const sharedNumbers = async (
  doc: DynamoDBDocumentClient,
  table: string,
  near: RegisteredBlock,
  checked: CheckedImport,
): Promise<number> => {
  if (near.kind === 'run' && checked.content.kind === 'run') {
    const first = Math.max(Number(near.first), Number(checked.first));
    return Math.min(Number(near.last), Number(checked.last)) - first + 1;
  }
  const block = await readBlock(doc, table, near.owner, near.block);
  const incoming = asBlock(checked, { contractId: '', by: '', now: 0 }, 0);
  const [listed, other] = block.kind === 'list' ? [block, incoming] : [incoming, block];
  const otherNumbers = other.kind === 'list' ? new Set(numbersOf(other)) : undefined;
  return numbersOf(listed).filter((number) =>
    otherNumbers ? otherNumbers.has(number) : positionOf(other, number) !== undefined,
  ).length;
};

const numbersOf = (block: Block): string[] =>
  Array.from({ length: block.size }, (_, i) => numberAt(block, i));

const asBlock = (
  { first, last, size, content }: CheckedImport,
  order: { contractId: string; by: string; now: number },
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
  ...content,
});

const commit = async (
  doc: DynamoDBDocumentClient,
  tables: PoolTables,
  order: ImportOrder,
  checked: CheckedImport,
  version: number,
): Promise<ImportAnswer | undefined> => {
  const before = await readHead(doc, tables.pools, order.contractId);
  const block = before.lastBlock + 1;
  const available = before.available + checked.size;
  const head: PoolHead = {
    ...before,
    seq: before.seq + 1,
    lastBlock: block,
    available,
    fullMark: available,
    revision: before.revision + 1,
  };
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
  try {
    await doc.send(
      new TransactWriteCommand({
        TransactItems: [
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
                contractId: order.contractId,
                seq: head.seq,
                kind: 'imported',
                at: order.now,
                by: order.by,
                block,
                first: checked.first,
                last: checked.last,
              },
              ...fresh,
            },
          },
        ],
      }),
    );
    return { outcome: 'imported', block, size: checked.size, available };
  } catch (error) {
    if ((error as Error).name === 'TransactionCanceledException') return undefined;
    throw error;
  }
};
