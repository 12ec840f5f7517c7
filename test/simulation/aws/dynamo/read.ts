/** Reading items by their keys: GetItem and BatchGetItem. */
import { invalid } from '../aws-error.ts';
import { projected } from './path.ts';
import { parseProjection } from './projection.ts';
import { createScope, type Placeholders } from './scope.ts';
import type { Index, Table } from './table.ts';
import { type Item, itemSize } from './value.ts';
import { checkedKey } from './write.ts';

export interface KeysInput extends Placeholders {
  ConsistentRead?: boolean;
  ProjectionExpression?: string;
}
/** How many of a table's newest changes a read does not see. */
export type Unseen = (table: Table, index?: Index) => number;

const LARGEST_BATCH = 16 * 1024 * 1024;
const MOST_KEYS = 100;

/** Items by key, each projected; missing ones are undefined. @throws ValidationException */
export const readKeys = (table: Table, keys: readonly Item[], input: KeysInput, unseen: Unseen) => {
  const scope = createScope(input);
  const paths = parseProjection(input.ProjectionExpression, scope);
  scope.allUsed();
  const late = input.ConsistentRead === true ? 0 : unseen(table);
  return keys.map((key) => {
    const item = table.get(table.keyOf(checkedKey(table, key)), late);
    return { item: item && (paths ? projected(item, paths) : item), size: item ? itemSize(item) : 0 };
  });
};

export interface BatchGetInput {
  RequestItems: Record<string, KeysInput & { Keys: Item[] }>;
}

/** `leave`: how many of the keys, the last ones, are not served this time. */
export const batchGet = (
  tableOf: (name: string) => Table,
  { RequestItems }: BatchGetInput,
  unseen: Unseen,
  leave: (keys: number) => number,
) => {
  const total = Object.values(RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
  if (total === 0) throw invalid('The batch get request list for a table cannot be null or empty');
  if (total > MOST_KEYS) throw invalid('Too many items requested for the BatchGetItem call');
  let left = total - Math.min(leave(total), total - 1);
  let bytes = 0;
  const Responses: Record<string, Item[]> = {};
  const UnprocessedKeys: BatchGetInput['RequestItems'] = {};
  for (const [name, input] of Object.entries(RequestItems)) {
    const table = tableOf(name);
    const keys = new Set(input.Keys.map((key) => table.keyOf(checkedKey(table, key))));
    if (keys.size < input.Keys.length) throw invalid('Provided list of item keys contains duplicates');
    Responses[name] = [];
    for (const [i, { item, size }] of readKeys(table, input.Keys, input, unseen).entries()) {
      bytes += size;
      if (left > 0 && bytes <= LARGEST_BATCH) {
        left -= 1;
        if (item) Responses[name].push(item);
      } else {
        UnprocessedKeys[name] ??= { ...input, Keys: [] };
        UnprocessedKeys[name].Keys.push(input.Keys[i]!);
      }
    }
  }
  return { Responses, UnprocessedKeys };
};
