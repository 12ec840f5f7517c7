/** What one conditional write does to one item, alone or within a transaction. */
import { AwsError, invalid } from '../aws-error.ts';
import { holds, parseCondition } from './condition.ts';
import { createScope, type Placeholders, type Scope } from './scope.ts';
import type { Table } from './table.ts';
import { createReader } from './tokens.ts';
import { type Action, parseUpdate, updated } from './update.ts';
import { checkedItem, contentOf, type Item, itemSize, typeOf, type Value } from './value.ts';

export interface WriteInput extends Placeholders {
  TableName: string;
  Item?: Item;
  Key?: Item;
  ConditionExpression?: string;
  UpdateExpression?: string;
  ReturnValuesOnConditionCheckFailure?: 'NONE' | 'ALL_OLD';
}
export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

/** A checked write, not carried out yet. */
export interface Write {
  table: Table;
  key: string;
  before: Item | undefined;
  /** false: the condition failed */
  holds: boolean;
  /** the item that failed it, where the caller asked for it */
  failing: Item | undefined;
  /** A whole item is looked at before its condition is. @throws ValidationException */
  check(): void;
  /** The item afterwards. @throws ValidationException when the update does not fit the item */
  after(): Item | undefined;
}

const LARGEST_ITEM = 400 * 1024;

/** Parses a write and holds it against the item as it is. @throws ValidationException */
export const planWrite = (kind: WriteKind, table: Table, input: WriteInput): Write => {
  const scope = createScope(input);
  const item = kind === 'Put' ? checkedItem(input.Item ?? {}) : undefined;
  const given = item ?? checkedKey(table, input.Key ?? {});
  const key = table.keyOf(given);
  nonEmptyKey(table, given);
  const condition =
    input.ConditionExpression === undefined
      ? undefined
      : parseCondition(createReader('ConditionExpression', input.ConditionExpression, scope));
  const actions = kind === 'Update' ? actionsOf(input, scope) : [];
  scope.allUsed();
  const before = table.get(key);
  const passes = condition === undefined || holds(condition, before ?? {});
  return {
    table,
    key,
    before,
    holds: passes,
    failing: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined,
    check: () => void (item && fits(table, item)),
    after: () => {
      if (kind === 'Put') return item;
      if (kind === 'Delete') return undefined;
      if (kind === 'ConditionCheck') return before;
      return fits(table, updated(before ?? given, actions, keyNamesOf(table)));
    },
  };
};

const actionsOf = ({ UpdateExpression }: WriteInput, scope: Scope): Action[] =>
  UpdateExpression === undefined
    ? []
    : parseUpdate(createReader('UpdateExpression', UpdateExpression, scope));

const keyNamesOf = ({ keys }: Table): string[] =>
  [keys.hash, keys.range].filter((name) => name !== undefined);

/** A key of exactly the table's key attributes. @throws ValidationException */
export const checkedKey = (table: Table, key: Item): Item => {
  const checked = checkedItem(key);
  const names = keyNamesOf(table);
  const fitting = names.every((name) => checked[name] && typeOf(checked[name]) === table.typeOf(name));
  if (!fitting || Object.keys(checked).length !== names.length)
    throw invalid('The provided key element does not match the schema');
  return checked;
};

const nonEmptyKey = (table: Table, item: Item): void => {
  for (const name of keyNamesOf(table))
    if (contentOf(item[name]!) === '')
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      );
};

/** Its size, and its index keys. @throws ValidationException */
const fits = (table: Table, item: Item): Item => {
  if (itemSize(item) > LARGEST_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
  for (const index of table.indexes.values())
    for (const name of [index.hash, index.range]) {
      const value: Value | undefined = name === undefined ? undefined : item[name];
      if (name === undefined || value === undefined) continue;
      if (typeOf(value) !== table.typeOf(name))
        throw invalid(
          `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${table.typeOf(name)} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        );
      if (contentOf(value) === '')
        throw invalid(
          `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index.name}, IndexKey: ${name}`,
        );
    }
  return item;
};

export const conditionFailed = (item: Item | undefined): AwsError =>
  new AwsError({
    name: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
    status: 400,
    ...(item && { extra: { Item: item } }),
  });
