/** Condition, filter and key expressions: grammar and meaning. Source: developer guide, operators and functions. */
import { invalid, NotModelled } from '../aws-error.ts';
import { valueAt } from './path.ts';
import { type Path, type Reader, textOf } from './tokens.ts';
import { compareValues, contentOf, type Item, membersOf, sameValue, typeOf, type Value } from './value.ts';

export type Operand = { of: 'path'; path: Path } | { of: 'value'; value: Value } | { of: 'size'; path: Path };
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';
export type Condition =
  | { is: 'all' | 'any'; parts: Condition[] }
  | { is: 'not'; part: Condition }
  | { is: 'compared'; by: Comparator; left: Operand; right: Operand }
  | { is: 'between'; operand: Operand; low: Operand; high: Operand }
  | { is: 'among'; operand: Operand; options: Operand[] }
  | { is: 'call'; function: Function; path: Path; argument?: Operand };
type Function = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

const COMPARATORS = new Set(['=', '<>', '<', '<=', '>', '>=']);
const FUNCTIONS = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
]);

/** Parses all of an expression. @throws ValidationException */
export const parseCondition = (reader: Reader): Condition => {
  const condition = parseAny(reader);
  reader.end();
  return condition;
};

const parseAny = (reader: Reader): Condition => {
  const parts = [parseAll(reader)];
  while (reader.accept('OR')) parts.push(parseAll(reader));
  return parts.length === 1 ? parts[0]! : { is: 'any', parts };
};

const parseAll = (reader: Reader): Condition => {
  const parts = [parseNot(reader)];
  while (reader.accept('AND')) parts.push(parseNot(reader));
  return parts.length === 1 ? parts[0]! : { is: 'all', parts };
};

const parseNot = (reader: Reader): Condition =>
  reader.accept('NOT') ? { is: 'not', part: parseNot(reader) } : parseTerm(reader);

const parseTerm = (reader: Reader): Condition => {
  if (reader.accept('(')) {
    const inner = parseAny(reader);
    reader.expect(')');
    return inner;
  }
  if (FUNCTIONS.has(reader.peek())) return parseCall(reader, reader.next() as Function);
  const left = parseOperand(reader);
  if (reader.accept('BETWEEN')) {
    const low = parseOperand(reader);
    reader.expect('AND');
    return checkedRange(reader, { is: 'between', operand: left, low, high: parseOperand(reader) });
  }
  if (reader.accept('IN')) return { is: 'among', operand: left, options: parseList(reader) };
  if (!COMPARATORS.has(reader.peek())) reader.fail();
  const by = reader.next() as Comparator;
  const right = parseOperand(reader);
  if (by !== '=' && by !== '<>') for (const operand of [left, right]) ordered(reader, by, operand);
  if (left.of === 'path' && right.of === 'path' && textOf(left.path) === textOf(right.path))
    throw invalid(
      `Invalid ${reader.where}: The first operand must be distinct from the remaining operands for this operator or function; operator: ${by}, first operand: ${textOf(left.path)}`,
    );
  return { is: 'compared', by, left, right };
};

const parseList = (reader: Reader): Operand[] => {
  reader.expect('(');
  const options = [parseOperand(reader)];
  while (reader.accept(',')) options.push(parseOperand(reader));
  reader.expect(')');
  return options;
};

const parseOperand = (reader: Reader): Operand => {
  if (reader.peek().startsWith(':')) return { of: 'value', value: reader.value() };
  if (reader.peek() !== 'size') return { of: 'path', path: reader.path() };
  reader.next();
  reader.expect('(');
  const path = reader.path();
  reader.expect(')');
  return { of: 'size', path };
};

const parseCall = (reader: Reader, name: Function): Condition => {
  reader.expect('(');
  if (reader.peek().startsWith(':')) throw new NotModelled(`${name} of a value`);
  const path = reader.path();
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    reader.expect(')');
    return { is: 'call', function: name, path };
  }
  reader.expect(',');
  const argument = parseOperand(reader);
  reader.expect(')');
  const fits: Partial<Record<Function, string[]>> = { begins_with: ['S', 'B'], attribute_type: ['S'] };
  operandOf(reader, name, argument, fits[name]);
  return { is: 'call', function: name, path, argument };
};

const operandOf = (reader: Reader, operator: string, operand: Operand, fits: string[] | undefined): void => {
  if (operand.of !== 'value' || !fits || fits.includes(typeOf(operand.value))) return;
  throw invalid(
    `Invalid ${reader.where}: Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${typeOf(operand.value)}`,
  );
};

const ordered = (reader: Reader, operator: string, operand: Operand): void =>
  operandOf(reader, operator, operand, ['S', 'N', 'B']);

const checkedRange = (reader: Reader, range: Extract<Condition, { is: 'between' }>): Condition => {
  const { operand, low, high } = range;
  for (const one of [operand, low, high]) ordered(reader, 'BETWEEN', one);
  if (low.of !== 'value' || high.of !== 'value') return range;
  const order = compareValues(low.value, high.value);
  if (order === undefined)
    throw invalid(
      `Invalid ${reader.where}: The BETWEEN operator requires same data type for lower and upper bounds`,
    );
  if (order > 0)
    throw invalid(
      `Invalid ${reader.where}: The BETWEEN operator requires upper bound to be greater than or equal to lower bound`,
    );
  return range;
};

/** Whether it holds for an item; a missing item has no attributes. */
export const holds = (condition: Condition, item: Item): boolean => {
  const valueOf = (operand: Operand): Value | undefined => {
    if (operand.of === 'value') return operand.value;
    const value = valueAt(item, operand.path);
    return operand.of === 'path' || value === undefined ? value : sizeOf(value);
  };
  switch (condition.is) {
    case 'all':
      return condition.parts.every((part) => holds(part, item));
    case 'any':
      return condition.parts.some((part) => holds(part, item));
    case 'not':
      return !holds(condition.part, item);
    case 'compared':
      return compared(condition.by, valueOf(condition.left), valueOf(condition.right));
    case 'between': {
      const value = valueOf(condition.operand);
      return compared('>=', value, valueOf(condition.low)) && compared('<=', value, valueOf(condition.high));
    }
    case 'among':
      return condition.options.some((option) => compared('=', valueOf(condition.operand), valueOf(option)));
    case 'call':
      return called(
        condition.function,
        valueAt(item, condition.path),
        condition.argument && valueOf(condition.argument),
      );
  }
};

const compared = (by: Comparator, a: Value | undefined, b: Value | undefined): boolean => {
  const same = a !== undefined && b !== undefined && sameValue(a, b);
  if (by === '=') return same;
  if (by === '<>') return !same;
  const order = a && b ? compareValues(a, b) : undefined;
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[by];
};

const called = (name: Function, value: Value | undefined, argument: Value | undefined): boolean => {
  if (name === 'attribute_not_exists') return value === undefined;
  if (name === 'attribute_exists') return value !== undefined;
  if (value === undefined || argument === undefined) return false;
  if (name === 'attribute_type') return typeOf(value) === contentOf(argument);
  return name === 'begins_with' ? beginsWith(value, argument) : contains(value, argument);
};

export const beginsWith = (value: Value, start: Value): boolean => {
  if ('S' in value && 'S' in start) return value.S.startsWith(start.S);
  if ('B' in value && 'B' in start) return binary(value.B).startsWith(binary(start.B));
  return false;
};

const contains = (value: Value, part: Value): boolean => {
  if ('S' in value && 'S' in part) return value.S.includes(part.S);
  if ('B' in value && 'B' in part) return binary(value.B).includes(binary(part.B));
  if ('L' in value) return value.L.some((one) => sameValue(one, part));
  if (typeOf(value) !== `${typeOf(part)}S`) return false;
  return membersOf(value)?.includes(String(contentOf(part))) ?? false;
};

/** One character per byte, so that texts can be searched. */
const binary = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');

const sizeOf = (value: Value): Value | undefined => {
  const content = contentOf(value);
  if ('B' in value) return { N: String(Buffer.byteLength(value.B, 'base64')) };
  if (typeof content === 'string' && 'S' in value) return { N: String(content.length) };
  if (typeof content === 'object' && content !== null) return { N: String(Object.keys(content).length) };
  return undefined;
};
