/** Attribute values in the form they have on the wire: `{ S: 'text' }`, numbers as text, bytes as base64. */
import { invalid } from '../aws-error.ts';
import { canonical, compareNumbers, numberSize } from './number.ts';

export type Value =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { M: Item }
  | { L: Value[] }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };
export type ValueType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'M' | 'L' | 'SS' | 'NS' | 'BS';
/** Never changed in place: a write stores another one. */
export type Item = { [name: string]: Value };

const TYPES = new Set<string>(['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS']);
const SET_NAMES = { SS: 'string', NS: 'number', BS: 'binary' };
const DEEPEST = 32;

export const typeOf = (value: Value): ValueType => Object.keys(value)[0] as ValueType;

/** What a value holds, whatever its type. */
export const contentOf = (value: Value): unknown => Object.values(value)[0];

/** A checked copy with canonical numbers. @throws ValidationException */
export const checkedValue = (value: Value, depth = 0): Value => {
  const types = Object.keys(value).filter((type) => Reflect.get(value, type) !== undefined);
  if (types.length !== 1 || !TYPES.has(types[0]!))
    throw invalid(
      types.length > 1
        ? 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes'
        : 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    );
  if (depth > DEEPEST) throw invalid('Nesting Levels have exceeded supported limits');
  if ('N' in value) return { N: canonical(value.N) };
  if ('M' in value) return { M: checkedItem(value.M, depth + 1) };
  if ('L' in value) return { L: value.L.map((one) => checkedValue(one, depth + 1)) };
  if ('SS' in value) return { SS: checkedSet('SS', value.SS) };
  if ('NS' in value) return { NS: checkedSet('NS', value.NS.map(canonical)) };
  if ('BS' in value) return { BS: checkedSet('BS', value.BS) };
  return { ...value };
};

/** The same for all attributes. */
export const checkedItem = (item: Item, depth = 0): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, checkedValue(value, depth)]));

const checkedSet = (type: keyof typeof SET_NAMES, members: string[]): string[] => {
  const wrong = 'One or more parameter values were invalid:';
  if (members.length === 0) throw invalid(`${wrong} An ${SET_NAMES[type]} set  may not be empty`);
  if (new Set(members).size < members.length)
    throw invalid(`${wrong} Input collection [${members.join(', ')}] contains duplicates.`);
  return [...members];
};

/** Members of a set, whatever it is a set of; undefined for what is no set. */
export const membersOf = (value: Value): string[] | undefined =>
  'SS' in value ? value.SS : 'NS' in value ? value.NS : 'BS' in value ? value.BS : undefined;

export const sameValue = (a: Value, b: Value): boolean => {
  if (typeOf(a) !== typeOf(b)) return false;
  if ('M' in a && 'M' in b) return sameItem(a.M, b.M);
  if ('L' in a && 'L' in b)
    return a.L.length === b.L.length && a.L.every((value, i) => sameValue(value, b.L[i]!));
  const [left, right] = [membersOf(a), membersOf(b)];
  if (left && right) return left.length === right.length && left.every((one) => right.includes(one));
  return contentOf(a) === contentOf(b);
};

const sameItem = (a: Item, b: Item): boolean => {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => b[name] !== undefined && sameValue(a[name]!, b[name]));
};

/** Texts by their UTF-8 bytes, numbers by size, bytes as unsigned; undefined when they cannot be compared. */
export const compareValues = (a: Value, b: Value): number | undefined => {
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('S' in a && 'S' in b) return compareTexts(a.S, b.S);
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
};

const compareTexts = (a: string, b: string): number =>
  a === b ? 0 : ASCII.test(a) && ASCII.test(b) ? (a < b ? -1 : 1) : Buffer.compare(bytes(a), bytes(b));
// oxlint-disable-next-line no-control-regex
const ASCII = /^[\0-\x7f]*$/;
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

/** Bytes of an item by AWS's own rule. Source: developer guide, item sizes and formats. */
export const itemSize = (item: Item): number =>
  Object.entries(item).reduce((size, [name, value]) => size + Buffer.byteLength(name) + valueSize(value), 0);

const valueSize = (value: Value): number => {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('M' in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if ('L' in value) return 3 + value.L.reduce((size, one) => size + 1 + valueSize(one), 0);
  if ('SS' in value) return value.SS.reduce((size, one) => size + Buffer.byteLength(one), 0);
  if ('NS' in value) return value.NS.reduce((size, one) => size + numberSize(one), 0);
  if ('BS' in value) return value.BS.reduce((size, one) => size + Buffer.byteLength(one, 'base64'), 0);
  return 1;
};
