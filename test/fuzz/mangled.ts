/** Bad input as it really comes: a good body that somebody's code or wire has changed, and now and then pure noise. */
import * as fc from 'fast-check';

type Json = unknown;
const CANARY = '까나리아01099998888';

/** Values that have broken a validator somewhere before. */
const nasty: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e308,
    0.1,
    '',
    ' ',
    CANARY,
    '\0',
    '\ud800',
    '010-1234-5678',
    '０１０１２３４５６７８',
    '0011223344\n',
    '&=<script>',
    '2026-02-30T25:61:00Z',
    [],
    {},
    [[[[]]]],
    { __proto__: null, toString: 1 },
    { constructor: { prototype: {} } },
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 300, maxLength: 3000 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);
const keys = fc.constantFrom('__proto__', 'constructor', 'toString', '', 'kind', 'v', 'extra', '이름');

interface Change {
  where: number;
  how: 'replace' | 'remove' | 'add';
  key: string;
  value: Json;
}
const changes = fc.array(
  fc.record({
    where: fc.nat(200),
    how: fc.constantFrom('replace' as const, 'remove' as const, 'add' as const),
    key: keys,
    value: nasty,
  }),
  { minLength: 1, maxLength: 4 },
);

/** Every place in a value, itself excluded. */
const places = (value: Json): [holder: Record<string, Json>, key: string][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.keys(value).flatMap((key) => {
        const holder = value as Record<string, Json>;
        return [[holder, key] as [Record<string, Json>, string], ...places(holder[key])];
      });

const define = (holder: Record<string, Json>, key: string, value: Json): void => {
  // An assignment to __proto__ would set the prototype; JSON.parse makes it a property, and so does this.
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

const changed = (good: Json, list: readonly Change[]): Json => {
  const copy = structuredClone(good);
  for (const { where, how, key, value } of list) {
    const all = places(copy);
    const place = all[where % Math.max(1, all.length)];
    if (place === undefined) continue;
    if (how === 'replace') define(place[0], place[1], structuredClone(value));
    if (how === 'remove') delete place[0][place[1]];
    if (how === 'add') define(place[0], key, structuredClone(value));
  }
  return copy;
};

/** One of `goods`, changed in one to four places. */
export const mangled = (goods: readonly Json[]): fc.Arbitrary<Json> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(fc.constantFrom(...goods), changes).map(([good, list]) => changed(good, list)),
    },
    { weight: 1, arbitrary: nasty },
  );

/** The same as text, and texts that are no JSON. */
export const mangledText = (goods: readonly Json[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: mangled(goods).map((value) => JSON.stringify(value) ?? '') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...goods), fc.nat(), fc.string({ unit: 'binary', maxLength: 5 }))
        .map(([good, at, noise]) => {
          const text = JSON.stringify(good);
          const cut = at % text.length;
          return text.slice(0, cut) + noise + text.slice(cut + noise.length);
        }),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );

export { CANARY };
