/**
 * SEED-128 (RFC 4269) in ECB with zero padding, as ePost's regData wants it (manual p.2).
 * The S-boxes are computed from the RFC's definition: a mistyped table entry would pass every published
 * vector and garble one block in ten.
 */

const BLOCK = 16;
const ROUNDS = 16;

/** x·y in GF(2^8) modulo x^8+x^6+x^5+x+1 (RFC 4269, 2.2). */
const multiply = (x: number, y: number): number => {
  let product = 0;
  for (let a = x, b = y; b > 0; b >>= 1) {
    if (b & 1) product ^= a;
    a = a & 0x80 ? (a << 1) ^ 0x163 : a << 1;
  }
  return product;
};

/** By squaring: the tables are computed at cold start. */
const power = (x: number, exponent: number): number => {
  let result = 1;
  for (let square = x, rest = exponent; rest > 0; rest >>= 1, square = multiply(square, square))
    if (rest & 1) result = multiply(result, square);
  return result;
};

/** Rows of the RFC's matrices A(1) and A(2), each a byte whose high bit is the first column. */
const A1 = [0x8a, 0xfe, 0x85, 0x42, 0x45, 0x21, 0x88, 0x14];
const A2 = [0x45, 0x85, 0xfe, 0x21, 0x8a, 0x88, 0x42, 0x14];

const parity = (bits: number): number => {
  let odd = 0;
  for (let rest = bits; rest > 0; rest >>= 1) odd ^= rest & 1;
  return odd;
};

const sBox = (rows: readonly number[], exponent: number, constant: number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, x) => {
    const y = power(x, exponent);
    return rows.reduce((byte, row, i) => byte | (parity(row & y) << (7 - i)), 0) ^ constant;
  });

/** G's four lookups: S-box and masks folded into one 32-bit word per input byte. */
const gTable = (box: Uint8Array, masks: readonly [number, number, number, number]): Uint32Array =>
  Uint32Array.from(
    box,
    (y) => ((y & masks[0]) << 24) | ((y & masks[1]) << 16) | ((y & masks[2]) << 8) | (y & masks[3]),
  );

const S1 = sBox(A1, 247, 169);
const S2 = sBox(A2, 251, 56);
const G0 = gTable(S1, [0x3f, 0xcf, 0xf3, 0xfc]);
const G1 = gTable(S2, [0xfc, 0x3f, 0xcf, 0xf3]);
const G2 = gTable(S1, [0xf3, 0xfc, 0x3f, 0xcf]);
const G3 = gTable(S2, [0xcf, 0xf3, 0xfc, 0x3f]);

const g = (x: number): number =>
  G0[x & 0xff]! ^ G1[(x >>> 8) & 0xff]! ^ G2[(x >>> 16) & 0xff]! ^ G3[x >>> 24]!;

/** KC(0) of the RFC, from the golden ratio; KC(i) is it rotated left by i. */
const GOLDEN = 0x9e3779b9;

/** 32 round keys, two per round (RFC 4269, 2.3). */
const expandKey = (key: Uint8Array): Uint32Array => {
  const words = new DataView(key.buffer, key.byteOffset, BLOCK);
  let [a, b, c, d] = [words.getUint32(0), words.getUint32(4), words.getUint32(8), words.getUint32(12)];
  const keys = new Uint32Array(2 * ROUNDS);
  for (let i = 0; i < ROUNDS; i++) {
    const constant = (GOLDEN << i) | (GOLDEN >>> ((32 - i) & 31));
    keys[2 * i] = g((a + c - constant) >>> 0);
    keys[2 * i + 1] = g((b - d + constant) >>> 0);
    if (i % 2 === 0) [a, b] = [(a >>> 8) | (b << 24), (b >>> 8) | (a << 24)];
    else [c, d] = [(c << 8) | (d >>> 24), (d << 8) | (c >>> 24)];
  }
  return keys;
};

/** One block in place; the same rounds with the keys in reverse order decrypt. */
const cryptBlock = (data: DataView, at: number, keys: Uint32Array, decrypting: boolean): void => {
  let [l0, l1, r0, r1] = [0, 4, 8, 12].map((offset) => data.getUint32(at + offset)) as [
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < ROUNDS; i++) {
    const k = 2 * (decrypting ? ROUNDS - 1 - i : i);
    let t0 = r0 ^ keys[k]!;
    let t1 = g((r1 ^ keys[k + 1]! ^ t0) >>> 0);
    t0 = g((t0 + t1) >>> 0);
    t1 = g((t1 + t0) >>> 0);
    t0 = t0 + t1;
    [l0, l1, r0, r1] = [r0, r1, l0 ^ t0, l1 ^ t1];
  }
  [r0, r1, l0, l1].forEach((word, i) => data.setUint32(at + 4 * i, word));
};

const crypt = (bytes: Uint8Array, keys: Uint32Array, decrypting: boolean): Uint8Array => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += BLOCK) cryptBlock(data, at, keys, decrypting);
  return bytes;
};

const KEYS_KEPT = 8;
const schedules = new Map<string, Uint32Array>();

/** ePost uses the first 16 bytes of the issued security key string. */
const scheduleOf = (securityKey: string): Uint32Array => {
  const known = schedules.get(securityKey);
  if (known) return known;
  const bytes = new TextEncoder().encode(securityKey);
  if (bytes.length < BLOCK) throw new Error('The ePost security key is shorter than 16 bytes');
  const keys = expandKey(bytes.subarray(0, BLOCK));
  if (schedules.size >= KEYS_KEPT) schedules.clear();
  schedules.set(securityKey, keys);
  return keys;
};

/**
 * Whole blocks under a raw 16-byte key: the bare cipher, for vectors in which key and text are not text.
 * @throws an Error when the key is not 16 bytes or the data not a multiple of 16
 */
export const seed128Blocks = (
  data: Uint8Array,
  key: Uint8Array,
  direction: 'encrypt' | 'decrypt',
): Uint8Array => {
  if (key.length !== BLOCK || data.length % BLOCK !== 0)
    throw new Error('SEED-128 wants whole 16-byte blocks');
  return crypt(Uint8Array.from(data), expandKey(key), direction === 'decrypt');
};

/**
 * UTF-8 text → lower-case hex. Zero padding to whole blocks, no extra block when it fits; empty text is one
 * block of zeros (manual p.2).
 * @throws an Error when the security key has fewer than 16 bytes
 */
export const encryptSeed128Hex = (plaintext: string, securityKey: string): string => {
  const text = new TextEncoder().encode(plaintext);
  const padded = new Uint8Array(Math.max(BLOCK, Math.ceil(text.length / BLOCK) * BLOCK));
  padded.set(text);
  return Buffer.from(crypt(padded, scheduleOf(securityKey), false)).toString('hex');
};

/**
 * Hex → UTF-8 text without the trailing NULs. A wrong key gives garbled text, not an error, as at ePost.
 * @throws an Error when the hex is not whole blocks, or the security key has fewer than 16 bytes
 */
export const decryptSeed128Hex = (hex: string, securityKey: string): string => {
  if (!/^(?:[0-9a-fA-F]{32})+$/.test(hex)) throw new Error('regData is not hex in whole 16-byte blocks');
  const bytes = crypt(Uint8Array.from(Buffer.from(hex, 'hex')), scheduleOf(securityKey), true);
  return new TextDecoder().decode(bytes).replace(/\0+$/, '');
};
