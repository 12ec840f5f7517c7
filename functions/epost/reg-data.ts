/** Plaintext of regData: `name=value&name=value`, raw, no escapes (manual p.2). */

/**
 * The manual says "최대 4000 byte" of regData. Read as 4000 hex characters, so 2000 bytes of text: the
 * narrower of the two readings, because what ePost does with a longer one is not documented.
 */
export const REG_DATA_MAX_HEX = 4000;
export const PLAINTEXT_MAX_BYTES = REG_DATA_MAX_HEX / 2;

export type Fields = ReadonlyArray<readonly [name: string, value: string]>;

export type RegData =
  | { outcome: 'encoded'; plaintext: string }
  | { outcome: 'refused'; rule: 'unsafe-character'; name: string }
  | { outcome: 'refused'; rule: 'whole-too-long'; bytes: number };

/** `&` and `=` would end the value early, NUL would end the whole; none has an escape. */
const UNSAFE = /[&=\0]/;
/** Anything regData cannot carry, a broken surrogate included. */
export const isUnsafe = (value: string): boolean => UNSAFE.test(value) || !value.isWellFormed();

/** Bytes the fields take before padding. */
export const plaintextBytes = (fields: Fields): number => Buffer.byteLength(join(fields), 'utf8');

/**
 * Fields in their order → plaintext for SEED.
 * A value that would change its neighbours, or a whole above 2000 bytes, is refused: never cut, never replaced.
 */
export const encodeRegData = (fields: Fields): RegData => {
  const unsafe = fields.find(([, value]) => isUnsafe(value));
  if (unsafe) return { outcome: 'refused', rule: 'unsafe-character', name: unsafe[0] };
  const bytes = plaintextBytes(fields);
  if (bytes > PLAINTEXT_MAX_BYTES) return { outcome: 'refused', rule: 'whole-too-long', bytes };
  return { outcome: 'encoded', plaintext: join(fields) };
};

const join = (fields: Fields): string => fields.map(([name, value]) => `${name}=${value}`).join('&');
