/** Reads one context value; `undefined` when it is not set. */
export type ReadContext = (key: string) => unknown;

/** Context given on the command line arrives as text, in cdk.json as a number: both are taken. */
export function whole(read: ReadContext, key: string, fallback: number, least: number, most: number): number {
  const given = read(key) ?? fallback;
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw refused(key, given, `a whole number from ${least} to ${most}`);
}

export function text(
  read: ReadContext,
  key: string,
  fallback: string,
  allowed: RegExp,
  words: string,
): string {
  const given = read(key) ?? fallback;
  if (typeof given === 'string' && allowed.test(given)) return given;
  throw refused(key, given, words);
}

/** Present only when it is set. */
export function optional<K extends string>(read: ReadContext, key: K, allowed: RegExp, words: string) {
  const given = read(key);
  if (given === undefined || given === '') return {} as Partial<Record<K, string>>;
  return { [key]: text(read, key, '', allowed, words) } as Partial<Record<K, string>>;
}

export function oneOf<V extends string>(
  read: ReadContext,
  key: string,
  fallback: V,
  values: readonly V[],
): V {
  const given = read(key) ?? fallback;
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw refused(key, given, values.map((value) => `"${value}"`).join(' or '));
}

/** Plain http is for a simulator on this machine only: keys and recipients travel in these calls. */
export const secure = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])\S+$/;

export function url(read: ReadContext, key: string, fallback: string, allowed = secure): string {
  return text(read, key, fallback, allowed, 'an https address');
}

function refused(key: string, given: unknown, words: string): Error {
  return new Error(`context "${key}" must be ${words}, not ${JSON.stringify(given)}`);
}
