/** Arbitrary attribute values and items: what the product stores, and what is at the edge. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';

export type Item = Record<string, AttributeValue>;

/** Few names and few values, so that conditions hit. `state` and `item` are among DynamoDB's reserved words or not. */
export const ATTRIBUTES = ['state', 'attempt', 'notBefore', 'owners', 'parcel', 'scans', 'allowed'] as const;

const texts = fc.constantFrom('', 'a', 'b', 'allocated', 'sending', '가나다', 'é', '\u{1F4E6}', '\uFF5E');
const number = fc.constantFrom(
  ...'0 -0 1 2 -1 10 1e3 1.50 0.1 -0.25 1700000000000 1E-20 5e40'.split(' '),
  '99999999999999999999999999999999999999',
  '1234567890123456789.0123456789',
);
const bytes = fc
  .constantFrom(...['', 'x', 'xy', '\xff'].map((one) => Buffer.from(one, 'latin1')))
  .map((one) => new Uint8Array(one));
const setOf = <T>(members: fc.Arbitrary<T>) => fc.uniqueArray(members, { minLength: 1, maxLength: 3 });

const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 4, arbitrary: texts.map((S) => ({ S })) },
  { weight: 4, arbitrary: number.map((N) => ({ N })) },
  { weight: 1, arbitrary: bytes.map((B) => ({ B })) },
  { weight: 1, arbitrary: fc.boolean().map((BOOL) => ({ BOOL })) },
  { weight: 1, arbitrary: fc.constant({ NULL: true as const }) },
);
export const set: fc.Arbitrary<AttributeValue> = fc.oneof(
  setOf(fc.constantFrom('A-1', 'A-2', 'A-3', '')).map((SS) => ({ SS })),
  setOf(fc.constantFrom('1', '2', '3.5')).map((NS) => ({ NS })),
);
export const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 10, arbitrary: scalar },
  { weight: 2, arbitrary: set },
  {
    weight: 2,
    arbitrary: fc
      .dictionary(fc.constantFrom('goods', 'name', 'state'), scalar, { maxKeys: 2 })
      .map((M) => ({ M })),
  },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }).map((L) => ({ L })) },
);

/** What `<` takes, and texts alone. */
export const text: fc.Arbitrary<AttributeValue> = texts.map((S) => ({ S }));
export const orderable: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  number.map((N) => ({ N })),
);

/** What an operation is done to: a table, its key names, and the index attributes that a query may use. */
export interface Subject {
  table: string;
  key: fc.Arbitrary<Item>;
  keyNames: readonly string[];
  indexes: readonly {
    name?: string;
    hash: string;
    range?: string;
    rangeValue?: fc.Arbitrary<AttributeValue>;
  }[];
  /** index attributes an item may have */
  extras: Record<string, fc.Arbitrary<AttributeValue>>;
}

const id = fc.constantFrom('S-1', 'S-2', '가').map((S) => ({ S }));
const seq = fc.constantFrom('-1', '1', '2', '2.5', '10', '1e2').map((N) => ({ N }));
const since = fc.constantFrom('1', '2', '30').map((N) => ({ N }));
const slot = fc.constantFrom('s1', 's2').map((S) => ({ S }));
/** Mostly right, sometimes of a type that the index or the operator refuses. */
export const mostly = (right: fc.Arbitrary<AttributeValue>) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: scalar });

/** The product's tables in their real shapes. */
export const SUBJECTS: readonly Subject[] = [
  {
    table: 'shipments',
    key: fc.record({ shipmentId: id }),
    keyNames: ['shipmentId'],
    indexes: [
      { hash: 'shipmentId' },
      { name: 'attention', hash: 'attentionSlot', range: 'attentionKey', rangeValue: id },
    ],
    extras: { attentionSlot: mostly(slot), attentionKey: mostly(id) },
  },
  {
    table: 'ledger',
    key: fc.record({ contractId: id, seq }),
    keyNames: ['contractId', 'seq'],
    indexes: [
      { hash: 'contractId', range: 'seq', rangeValue: seq },
      { name: 'open', hash: 'openSlot', range: 'openSince', rangeValue: since },
      { name: 'unsent', hash: 'unsentSlot', range: 'openSince', rangeValue: since },
    ],
    extras: { openSlot: mostly(slot), unsentSlot: mostly(slot), openSince: mostly(since) },
  },
  {
    table: 'operations',
    key: fc.record({
      pk: id,
      sk: fc.constantFrom('2026-11-24', '2026-11-25', 'x#1', 'x#2').map((S) => ({ S })),
    }),
    keyNames: ['pk', 'sk'],
    indexes: [
      {
        hash: 'pk',
        range: 'sk',
        rangeValue: fc.constantFrom('2026', '2026-11-25', 'x#').map((S) => ({ S })),
      },
    ],
    extras: {},
  },
  {
    table: 'messages',
    key: fc.record({ messageId: id }),
    keyNames: ['messageId'],
    indexes: [{ hash: 'messageId' }, { name: 'due', hash: 'state', range: 'sendAt', rangeValue: since }],
    extras: { sendAt: mostly(since) },
  },
];

/** A whole item of a table. */
export const itemOf = (subject: Subject): fc.Arbitrary<Item> =>
  fc
    .tuple(
      subject.key,
      fc.dictionary(fc.constantFrom(...ATTRIBUTES), value, { maxKeys: 4 }),
      fc.record(subject.extras, { requiredKeys: [] }) as fc.Arbitrary<Item>,
    )
    .map(([key, attributes, extras]) => ({ ...attributes, ...extras, ...key }));
