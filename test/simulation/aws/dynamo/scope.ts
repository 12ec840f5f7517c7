import { invalid } from '../aws-error.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { checkedValue, type Value } from './value.ts';

/** The `#names` and `:values` of a request; each has to be given, and used by some expression of it. */
export interface Scope {
  name(token: string, where: string): string;
  value(token: string, where: string): Value;
  /** @throws ValidationException naming what no expression used; call it when all are parsed */
  allUsed(): void;
}

export interface Placeholders {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, Value>;
}

export const createScope = ({ ExpressionAttributeNames, ExpressionAttributeValues }: Placeholders): Scope => {
  const names = new Map(Object.entries(ExpressionAttributeNames ?? {}));
  const values = new Map(
    Object.entries(ExpressionAttributeValues ?? {}).map(([token, value]) => [token, checkedValue(value)]),
  );
  if (ExpressionAttributeNames && names.size === 0)
    throw invalid('ExpressionAttributeNames must not be empty');
  if (ExpressionAttributeValues && values.size === 0)
    throw invalid('ExpressionAttributeValues must not be empty');
  const used = new Set<string>();
  const find = <T>(from: Map<string, T>, token: string, where: string, kind: string): T => {
    const found = from.get(token);
    if (found === undefined)
      throw invalid(
        `Invalid ${where}: An expression attribute ${kind} used in expression is not defined; attribute ${kind}: ${token}`,
      );
    used.add(token);
    return found;
  };
  const unused = (from: Map<string, unknown>, member: string) => {
    const left = [...from.keys()].filter((token) => !used.has(token));
    if (left.length > 0)
      throw invalid(`Value provided in ${member} unused in expressions: keys: {${left.join(', ')}}`);
  };
  return {
    name: (token, where) => {
      if (token.startsWith('#')) return find(names, token, where, 'name');
      if (RESERVED_WORDS.has(token.toLowerCase()))
        throw invalid(`Invalid ${where}: Attribute name is a reserved keyword; reserved keyword: ${token}`);
      return token;
    },
    value: (token, where) => find(values, token, where, 'value'),
    allUsed: () => {
      unused(names, 'ExpressionAttributeNames');
      unused(values, 'ExpressionAttributeValues');
    },
  };
};
