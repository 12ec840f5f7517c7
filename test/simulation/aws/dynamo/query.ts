import { invalid, NotModelled } from '../aws-error.ts';
import { type Condition, holds, type Operand, parseCondition } from './condition.ts';
import { parseKeyRange } from './key-range.ts';
import { projected } from './path.ts';
import { parseProjection } from './projection.ts';
import type { Unseen } from './read.ts';
import { createScope, type Placeholders } from './scope.ts';
import type { Index, KeyNames, Table } from './table.ts';
import { createReader, type Path } from './tokens.ts';
import { checkedItem, type Item, itemSize } from './value.ts';

export interface QueryInput extends Placeholders {
  TableName: string;
  IndexName?: string;
  ConsistentRead?: boolean;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  ProjectionExpression?: string;
  Limit?: number;
  ExclusiveStartKey?: Item;
  ScanIndexForward?: boolean;
  Select?: string;
}

const LARGEST_PAGE = 1024 * 1024;

/** One page of a query. @throws ValidationException */
export const query = (table: Table, input: QueryInput, unseen: Unseen) => {
  const index = indexOf(table, input);
  const scope = createScope(input);
  const range = parseKeyRange(input.KeyConditionExpression, scope, index ?? table.keys, table);
  const filter =
    input.FilterExpression === undefined
      ? undefined
      : parseCondition(createReader('FilterExpression', input.FilterExpression, scope));
  const paths = parseProjection(input.ProjectionExpression, scope);
  if (filter) noKeysIn(filter, index ?? table.keys);
  if (index?.keysOnly && paths) onlyProjected(paths, index, table);
  scope.allUsed();
  if (input.Select !== undefined && input.Select !== 'COUNT') throw new NotModelled(`Select ${input.Select}`);
  if (input.Limit !== undefined && input.Limit < 1) throw invalid('Limit must be at least 1');
  const late = input.ConsistentRead === true ? 0 : unseen(table, index);
  const all = table.partition(range.hash, index, late).filter(range.holds);
  const walk = input.ScanIndexForward === false ? all.toReversed() : all;
  const rest = walk.slice(startAfter(walk, input, table, index));
  const { page, more } = pageOf(rest, input.Limit);
  const matching = filter ? page.filter((item) => holds(filter, item)) : page;
  const last = page.at(-1);
  return {
    ...(input.Select !== 'COUNT' && {
      Items: matching.map((item) => (paths ? projected(item, paths) : item)),
    }),
    Count: matching.length,
    ScannedCount: page.length,
    ...(more && last && { LastEvaluatedKey: keysOf(last, table, index) }),
  };
};

const indexOf = (table: Table, { IndexName, ConsistentRead }: QueryInput): Index | undefined => {
  if (IndexName === undefined) return undefined;
  const index = table.indexes.get(IndexName);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${IndexName}`);
  if (ConsistentRead === true)
    throw invalid('Consistent reads are not supported on global secondary indexes');
  return index;
};

/** A page ends at its limit or before it would pass 1 MB; at the limit more may come, even when none does. */
const pageOf = (rest: readonly Item[], limit = Infinity) => {
  let bytes = 0;
  const page: Item[] = [];
  for (const item of rest) {
    bytes += itemSize(item);
    if (page.length >= limit || (bytes > LARGEST_PAGE && page.length > 0)) break;
    page.push(item);
  }
  return { page, more: page.length < rest.length || page.length === limit };
};

const keysOf = (item: Item, table: Table, index: Index | undefined): Item => {
  const names = [table.keys.hash, table.keys.range, index?.hash, index?.range];
  return Object.fromEntries(names.flatMap((name) => (name === undefined ? [] : [[name, item[name]!]])));
};

const startAfter = (
  walk: readonly Item[],
  input: QueryInput,
  table: Table,
  index: Index | undefined,
): number => {
  if (input.ExclusiveStartKey === undefined) return 0;
  const start = checkedItem(input.ExclusiveStartKey);
  const needed = [table.keys.hash, table.keys.range, index?.hash, index?.range].filter(
    (name) => name !== undefined,
  );
  if (needed.some((name) => start[name] === undefined) || Object.keys(start).length !== new Set(needed).size)
    throw invalid('The provided starting key is invalid');
  return walk.filter(
    (item) => table.order(start, item, index) * (input.ScanIndexForward === false ? -1 : 1) >= 0,
  ).length;
};

/** The roots of all paths a condition looks at. */
const rootsOf = (condition: Condition): string[] => {
  const root = (operand: Operand | undefined): string[] =>
    operand === undefined || operand.of === 'value' ? [] : [String(operand.path[0])];
  switch (condition.is) {
    case 'all':
    case 'any':
      return condition.parts.flatMap(rootsOf);
    case 'not':
      return rootsOf(condition.part);
    case 'compared':
      return [...root(condition.left), ...root(condition.right)];
    case 'between':
      return [condition.operand, condition.low, condition.high].flatMap(root);
    case 'among':
      return [condition.operand, ...condition.options].flatMap(root);
    case 'call':
      return [String(condition.path[0]), ...root(condition.argument)];
  }
};

const noKeysIn = (filter: Condition, keys: KeyNames): void => {
  const key = rootsOf(filter).find((name) => name === keys.hash || name === keys.range);
  if (key !== undefined)
    throw invalid(
      `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`,
    );
};

const onlyProjected = (paths: readonly Path[], index: Index, table: Table): void => {
  const there = [table.keys.hash, table.keys.range, index.hash, index.range];
  const beyond = paths.map(([name]) => String(name)).filter((name) => !there.includes(name));
  if (beyond.length > 0)
    throw invalid(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${beyond.join(', ')}]`,
    );
};
