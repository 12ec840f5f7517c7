import { invalid } from '../aws-error.ts';
import { type Condition, holds, type Operand, parseCondition } from './condition.ts';
import type { Scope } from './scope.ts';
import type { KeyNames, Table } from './table.ts';
import { createReader } from './tokens.ts';
import { type Item, typeOf, type Value } from './value.ts';

/** What a key condition asks for: one partition, and a part of it. */
interface KeyRange {
  hash: Value;
  holds: (item: Item) => boolean;
}

/** Parses a key condition. @throws ValidationException */
export const parseKeyRange = (
  expression: string | undefined,
  scope: Scope,
  keys: KeyNames,
  table: Table,
): KeyRange => {
  if (expression === undefined)
    throw invalid('Either the KeyConditions or KeyConditionExpression parameter must be specified');
  const parsed = parseCondition(createReader('KeyConditionExpression', expression, scope));
  const parts = parsed.is === 'all' ? parsed.parts : [parsed];
  const hash = parts.find((part) => isOn(part, keys.hash));
  const [range, ...others] = parts.filter((part) => part !== hash);
  if (hash?.is !== 'compared' || hash.by !== '=' || hash.right.of !== 'value')
    throw invalid(`Query condition missed key schema element: ${keys.hash}`);
  if (others.length > 0 || (range !== undefined && (keys.range === undefined || !isOn(range, keys.range))))
    throw invalid(`Query key condition not supported`);
  const ofType = (name: string, operand: Operand | undefined) => {
    if (operand?.of === 'value' && typeOf(operand.value) !== table.typeOf(name))
      throw invalid(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
  };
  ofType(keys.hash, hash.right);
  for (const operand of range ? operandsOf(range) : []) ofType(keys.range!, operand);
  return { hash: hash.right.value, holds: (item) => range === undefined || holds(range, item) };
};

const isOn = (part: Condition, attribute: string): boolean => {
  const on = (operand: Operand) =>
    operand.of === 'path' && operand.path.length === 1 && operand.path[0] === attribute;
  if (part.is === 'compared') return part.by !== '<>' && on(part.left);
  if (part.is === 'between') return on(part.operand);
  return part.is === 'call' && part.function === 'begins_with' && on({ of: 'path', path: part.path });
};

const operandsOf = (part: Condition): (Operand | undefined)[] => {
  if (part.is === 'compared') return [part.right];
  if (part.is === 'between') return [part.low, part.high];
  return part.is === 'call' ? [part.argument] : [];
};
