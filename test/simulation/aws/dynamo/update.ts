/** Update expressions: grammar and meaning. Source: developer guide, update expressions. */
import { invalid, NotModelled } from '../aws-error.ts';
import { sum } from './number.ts';
import { valueAt, withoutGone, withValueAt } from './path.ts';
import { type Path, type Reader, textOf } from './tokens.ts';
import { type Item, membersOf, typeOf, type Value } from './value.ts';

type Term =
  | { of: 'path'; path: Path }
  | { of: 'value'; value: Value }
  | { of: 'if_not_exists'; path: Path; otherwise: Term }
  | { of: 'list_append'; first: Term; second: Term }
  | { of: 'sum'; left: Term; right: Term; sign: 1 | -1 };
export type Action =
  | { does: 'SET'; path: Path; to: Term }
  | { does: 'REMOVE'; path: Path }
  | { does: 'ADD' | 'DELETE'; path: Path; value: Value };
type Section = Action['does'];

const SECTIONS: readonly Section[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];

/** Parses all of an update expression. @throws ValidationException */
export const parseUpdate = (reader: Reader): Action[] => {
  const actions: Action[] = [];
  const seen = new Set<Section>();
  while (reader.peek() !== '') {
    const section = SECTIONS.find((name) => reader.accept(name)) ?? reader.fail();
    if (seen.has(section))
      throw invalid(
        `Invalid UpdateExpression: The "${section}" section can only be used once in an update expression;`,
      );
    seen.add(section);
    do actions.push(parseAction(reader, section));
    while (reader.accept(','));
  }
  noOverlap(actions);
  return actions;
};

const parseAction = (reader: Reader, does: Section): Action => {
  const path = reader.path();
  if (does === 'REMOVE') return { does, path };
  if (does !== 'SET') return { does, path, value: fittingOperand(does, reader.value()) };
  reader.expect('=');
  const left = parseTerm(reader);
  const sign = reader.accept('+') ? 1 : reader.accept('-') ? -1 : undefined;
  const to: Term = sign ? { of: 'sum', left, right: parseTerm(reader), sign } : left;
  return { does, path, to };
};

const parseTerm = (reader: Reader): Term => {
  if (reader.peek().startsWith(':')) return { of: 'value', value: reader.value() };
  const name = reader.peek();
  if (name !== 'if_not_exists' && name !== 'list_append') return { of: 'path', path: reader.path() };
  reader.next();
  reader.expect('(');
  const comma = () => reader.expect(',');
  const term: Term =
    name === 'if_not_exists'
      ? { of: name, path: reader.path(), otherwise: (comma(), parseTerm(reader)) }
      : { of: name, first: parseTerm(reader), second: (comma(), parseTerm(reader)) };
  reader.expect(')');
  return term;
};

const fittingOperand = (does: 'ADD' | 'DELETE', value: Value): Value => {
  const type = typeOf(value);
  if (['SS', 'NS', 'BS'].includes(type) || (does === 'ADD' && type === 'N')) return value;
  throw invalid(
    `Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ${does}, operand type: ${type}`,
  );
};

const noOverlap = (actions: readonly Action[]): void => {
  for (const [i, { path }] of actions.entries())
    for (const { path: other } of actions.slice(i + 1)) {
      const shorter = Math.min(path.length, other.length);
      const first = path.findIndex((step, place) => place < shorter && step !== other[place]);
      if (first < 0)
        throw invalid(
          `Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${textOf(path)}, path two: ${textOf(other)}`,
        );
      if (typeof path[first] !== typeof other[first])
        throw invalid('Invalid UpdateExpression: Two document paths conflict with each other');
    }
};

/** The item after the update; every value is taken from the item as it was. @throws ValidationException */
export const updated = (before: Item, actions: readonly Action[], keys: readonly string[]): Item => {
  const key = actions.map(({ path }) => String(path[0])).find((name) => keys.includes(name));
  if (key !== undefined)
    throw invalid(
      `One or more parameter values were invalid: Cannot update attribute ${key}. This attribute is part of the key`,
    );
  const changes = actions.map((action) => ({ path: action.path, value: resultOf(before, action) }));
  const item = changes.reduce((after, { path, value }) => withValueAt(after, path, value), before);
  return withoutGone(item);
};

/** undefined: nothing is there afterwards. */
const resultOf = (item: Item, action: Action): Value | undefined => {
  if (action.does === 'REMOVE') return undefined;
  if (action.does === 'SET') return termValue(item, action.to);
  const old = valueAt(item, action.path);
  return action.does === 'ADD' ? added(old, action.value) : without(old, action.value);
};

const termValue = (item: Item, term: Term): Value => {
  switch (term.of) {
    case 'value':
      return term.value;
    case 'path':
      return valueAt(item, term.path) ?? missing();
    case 'if_not_exists':
      return valueAt(item, term.path) ?? termValue(item, term.otherwise);
    case 'sum': {
      const [left, right] = [termValue(item, term.left), termValue(item, term.right)];
      if (!('N' in left) || !('N' in right)) throw wrongType();
      return { N: sum(left.N, right.N, term.sign) };
    }
    case 'list_append': {
      const [first, second] = [termValue(item, term.first), termValue(item, term.second)];
      if (!('L' in first) || !('L' in second)) throw wrongType();
      return { L: [...first.L, ...second.L] };
    }
  }
};

const added = (old: Value | undefined, more: Value): Value => {
  if (old === undefined) return more;
  if (typeOf(old) !== typeOf(more)) throw wrongType();
  if ('N' in old && 'N' in more) return { N: sum(old.N, more.N) };
  return setOf(more, [...new Set([...(membersOf(old) ?? []), ...(membersOf(more) ?? [])])]);
};

/** A set that lost its last member is gone: DynamoDB has no empty sets. */
const without = (old: Value | undefined, less: Value): Value | undefined => {
  if (old === undefined) return undefined;
  if (typeOf(old) !== typeOf(less)) throw wrongType();
  const left = (membersOf(old) ?? []).filter((member) => !membersOf(less)?.includes(member));
  return left.length === 0 ? undefined : setOf(less, left);
};

const setOf = (like: Value, members: string[]): Value => {
  if ('SS' in like) return { SS: members };
  if ('NS' in like) return { NS: members };
  if ('BS' in like) return { BS: members };
  throw new NotModelled('a set of something else');
};

const missing = (): never => {
  throw invalid('The provided expression refers to an attribute that does not exist in the item');
};
const wrongType = () => invalid('An operand in the update expression has an incorrect data type');
