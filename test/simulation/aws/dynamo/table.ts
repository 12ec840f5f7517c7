import { invalid, NotModelled } from '../aws-error.ts';
import { compareValues, contentOf, type Item, type Value } from './value.ts';

/** Keys and indexes as CreateTable takes them. */
export interface TableShape {
  AttributeDefinitions?:
    { AttributeName: string | undefined; AttributeType: string | undefined }[] | undefined;
  KeySchema?: KeySchema | undefined;
  GlobalSecondaryIndexes?:
    | {
        IndexName: string | undefined;
        KeySchema: KeySchema | undefined;
        Projection: { ProjectionType?: string | undefined } | undefined;
      }[]
    | undefined;
}
type KeySchema = { AttributeName: string | undefined; KeyType: string | undefined }[];

export interface KeyNames {
  hash: string;
  range?: string;
}
export interface Index extends KeyNames {
  name: string;
  keysOnly: boolean;
}

/** A table's items and what changed lately, so that a read can miss the newest changes. */
export interface Table {
  name: string;
  keys: KeyNames;
  indexes: ReadonlyMap<string, Index>;
  /** S, N or B of an attribute that some key uses */
  typeOf(attribute: string): string | undefined;
  /** Names an item within the table. @throws ValidationException when a key attribute is missing or of another type */
  keyOf(item: Item): string;
  get(key: string, unseen?: number): Item | undefined;
  set(key: string, item: Item | undefined, at: number): void;
  /** What a query of the table or of an index walks along, in key order; index entries as they are projected. */
  partition(hash: Value, index: Index | undefined, unseen: number): Item[];
  /** How two entries of the table or of an index follow each other. */
  order(a: Item, b: Item, index: Index | undefined): number;
  /** When the newest changes were made, newest first. */
  changes(): number[];
  /** All items in the order of their keys. */
  items(): Item[];
  /** Puts back what `items` told. */
  restore(items: readonly Item[]): void;
}

/** Older changes than this many are seen by every read. */
const REMEMBERED = 64;

export const createTable = (name: string, shape: TableShape): Table => {
  const keys = keyNames(shape.KeySchema);
  const indexes = new Map((shape.GlobalSecondaryIndexes ?? []).map(indexOf).map((one) => [one.name, one]));
  const types = new Map(
    (shape.AttributeDefinitions ?? []).map((one) => [one.AttributeName, one.AttributeType]),
  );
  const stored = new Map<string, Item>();
  const walks = new Map([undefined, ...indexes.keys()].map((one) => [one, new Map<string, Set<string>>()]));
  let journal: { key: string; before: Item | undefined; at: number }[] = [];

  const keyOf = (item: Item): string =>
    JSON.stringify(
      [keys.hash, keys.range].flatMap((attribute) => {
        if (attribute === undefined) return [];
        const value = item[attribute];
        if (value === undefined)
          throw invalid(
            `One or more parameter values were invalid: Missing the key ${attribute} in the item`,
          );
        if (Object.keys(value)[0] !== types.get(attribute))
          throw invalid(
            `One or more parameter values were invalid: Type mismatch for key ${attribute} expected: ${types.get(attribute)} actual: ${Object.keys(value)[0]}`,
          );
        return [contentOf(value)];
      }),
    );
  const place = (item: Item | undefined, key: string, put: boolean) => {
    if (item === undefined) return;
    for (const [index, walk] of walks) {
      const entry = index === undefined ? keys : indexes.get(index)!;
      if (!isIn(entry, item)) continue;
      const hash = String(contentOf(item[entry.hash]!));
      const members = walk.get(hash) ?? new Set<string>();
      if (put) walk.set(hash, members.add(key));
      else if (members.delete(key) && members.size === 0) walk.delete(hash);
    }
  };
  const isIn = (entry: KeyNames, item: Item): boolean =>
    item[entry.hash] !== undefined && (entry.range === undefined || item[entry.range] !== undefined);
  const set: Table['set'] = (key, item, at) => {
    const before = stored.get(key);
    place(before, key, false);
    place(item, key, true);
    if (item === undefined) stored.delete(key);
    else stored.set(key, item);
    journal.push({ key, before, at });
    if (journal.length > 2 * REMEMBERED) journal = journal.slice(-REMEMBERED);
  };
  /** Items as they were before the newest `unseen` changes, where that differs. */
  const past = (unseen: number): Map<string, Item | undefined> => {
    if (unseen <= 0) return new Map();
    return new Map(
      journal
        .slice(-unseen)
        .toReversed()
        .map(({ key, before }) => [key, before]),
    );
  };
  const entryOf = (index: Index | undefined, item: Item): Item => {
    if (!index?.keysOnly) return item;
    const kept = [keys.hash, keys.range, index.hash, index.range];
    return Object.fromEntries(Object.entries(item).filter(([attribute]) => kept.includes(attribute)));
  };
  return {
    name,
    keys,
    indexes,
    typeOf: (attribute) => types.get(attribute),
    keyOf,
    get: (key, unseen = 0) => {
      const before = past(unseen);
      return before.has(key) ? before.get(key) : stored.get(key);
    },
    set,
    partition: (hash, index, unseen) => {
      const entry: KeyNames = index ?? keys;
      const before = past(unseen);
      const now = walks.get(index?.name)?.get(String(contentOf(hash))) ?? [];
      const found = [...new Set([...now, ...before.keys()])].flatMap((key) => {
        const item = before.has(key) ? before.get(key) : stored.get(key);
        const belongs = item && isIn(entry, item) && contentOf(item[entry.hash]!) === contentOf(hash);
        return belongs ? [{ key, item: entryOf(index, item) }] : [];
      });
      return found.toSorted((a, b) => inOrder(entry, a, b)).map(({ item }) => item);
    },
    order: (a, b, index) => inOrder(index ?? keys, { key: keyOf(a), item: a }, { key: keyOf(b), item: b }),
    changes: () => journal.map(({ at }) => at).toReversed(),
    items: () => [...stored].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item),
    restore: (items) => {
      for (const key of stored.keys()) set(key, undefined, 0);
      for (const item of items) set(keyOf(item), item, 0);
      journal = [];
    },
  };
};

interface Entry {
  key: string;
  item: Item;
}

const inOrder = ({ range }: KeyNames, a: Entry, b: Entry): number => {
  const order = range === undefined ? 0 : (compareValues(a.item[range]!, b.item[range]!) ?? 0);
  return order !== 0 ? order : a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
};

const keyNames = (schema: KeySchema | undefined): KeyNames => {
  const [hash, range] = schema ?? [];
  return {
    hash: hash?.AttributeName ?? '',
    ...(range?.AttributeName !== undefined && { range: range.AttributeName }),
  };
};

const indexOf = (index: NonNullable<TableShape['GlobalSecondaryIndexes']>[number]): Index => {
  const type = index.Projection?.ProjectionType;
  if (type !== 'ALL' && type !== 'KEYS_ONLY') throw new NotModelled(`an index with projection ${type}`);
  return { ...keyNames(index.KeySchema), name: index.IndexName ?? '', keysOnly: type === 'KEYS_ONLY' };
};
