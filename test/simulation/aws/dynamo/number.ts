/** DynamoDB's numbers: decimals of up to 38 significant digits, as text. Source: developer guide, data types. */
import { invalid, NotModelled } from '../aws-error.ts';

/** `digits` × 10^`exponent`, without trailing zeros in `digits`. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

const MOST_DIGITS = 38;
const SHORT = /^(0|-?[1-9]\d{0,14})$/;

const parse = (text: string): Decimal => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign = '', whole = '', part = '', power = '0'] = match ?? [];
  if (match === null || whole + part === '')
    throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  return trimmed(BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n), Number(power) - part.length);
};

const trimmed = (digits: bigint, exponent: number): Decimal => {
  if (digits === 0n) return { digits, exponent: 0 };
  while (digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  return { digits, exponent };
};

const lengthOf = ({ digits }: Decimal): number => String(digits < 0n ? -digits : digits).length;

/** How DynamoDB writes it: plain, without needless zeros. @throws ValidationException when it is no such number */
export const canonical = (text: string): string => {
  if (SHORT.test(text)) return text;
  const value = parse(text);
  if (value.digits === 0n) return '0';
  if (lengthOf(value) > MOST_DIGITS)
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  const magnitude = lengthOf(value) + value.exponent - 1;
  if (magnitude > 125)
    throw invalid('Number overflow. Attempting to store a number with magnitude too large');
  if (magnitude < -130)
    throw invalid('Number underflow. Attempting to store a number with magnitude too small');
  return plain(value);
};

const plain = ({ digits, exponent }: Decimal): string => {
  const [sign, text] = digits < 0n ? ['-', String(-digits)] : ['', String(digits)];
  if (exponent >= 0) return `${sign}${text}${'0'.repeat(exponent)}`;
  const padded = text.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
};

/** Negative, zero or positive, like a comparator. Both canonical. */
export const compareNumbers = (a: string, b: string): number => {
  if (SHORT.test(a) && SHORT.test(b)) return Number(a) - Number(b);
  const [left, right] = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
};

/** a + b or a − b, canonical. */
export const sum = (a: string, b: string, sign: 1 | -1 = 1): string => {
  if (SHORT.test(a) && SHORT.test(b)) return String(Number(a) + sign * Number(b));
  const [left, right, exponent] = aligned(a, b);
  const result = trimmed(left + BigInt(sign) * right, exponent);
  if (lengthOf(result) > MOST_DIGITS) throw new NotModelled('a sum of more than 38 digits');
  return canonical(plain(result));
};

const aligned = (a: string, b: string): [left: bigint, right: bigint, exponent: number] => {
  const [left, right] = [parse(a), parse(b)];
  const exponent = Math.min(left.exponent, right.exponent);
  const lifted = (value: Decimal) => value.digits * 10n ** BigInt(value.exponent - exponent);
  return [lifted(left), lifted(right), exponent];
};

/** Bytes a stored number takes: one per two significant digits and one more, and one for the sign. */
export const numberSize = (text: string): number => {
  const value = parse(text);
  if (value.digits === 0n) return 1;
  return Math.ceil(lengthOf(value) / 2) + 1 + (value.digits < 0n ? 1 : 0);
};
