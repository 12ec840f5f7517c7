/** Arbitrary operations on the product's tables. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { condition, type Expression, spelled, update } from './expressions.ts';
import { ATTRIBUTES, itemOf, SUBJECTS, type Subject, text, value } from './values.ts';

export interface Operation {
  name: 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'TransactWriteItems';
  input: Record<string, unknown>;
}
type Table = (subject: string) => string;

const optional = <T>(arbitrary: fc.Arbitrary<T>, freq = 1) => fc.option(arbitrary, { nil: undefined, freq });

/** Members that carry these expressions and their placeholders. */
const carried = (expressions: Record<string, Expression | undefined>): Record<string, unknown> => {
  const given = Object.entries(expressions).flatMap(([member, one]) => (one ? [[member, one] as const] : []));
  const names = Object.assign({}, ...given.map(([, one]) => one.names)) as Record<string, string>;
  const values = Object.assign({}, ...given.map(([, one]) => one.values)) as Record<string, AttributeValue>;
  return {
    ...Object.fromEntries(given.map(([member, one]) => [member, one.text])),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};

const onFailure = fc.constantFrom({}, { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
const maybeCondition = (subject: Subject) =>
  optional(
    condition(subject.keyNames).map((draft) => spelled(draft, 'c')),
    3,
  );

const writes = (table: Table, subject: Subject) => {
  const TableName = table(subject.table);
  const guard = fc.tuple(maybeCondition(subject), onFailure);
  return {
    Put: fc.tuple(itemOf(subject), guard).map(([Item, [ConditionExpression, failure]]) => ({
      TableName,
      Item,
      ...carried({ ConditionExpression }),
      ...failure,
    })),
    Update: fc
      .tuple(subject.key, update(subject), guard)
      .map(([Key, change, [ConditionExpression, failure]]) => ({
        TableName,
        Key,
        ...carried({ UpdateExpression: spelled(change, 'u'), ConditionExpression }),
        ...failure,
      })),
    Delete: fc.tuple(subject.key, guard).map(([Key, [ConditionExpression, failure]]) => ({
      TableName,
      Key,
      ...carried({ ConditionExpression }),
      ...failure,
    })),
    ConditionCheck: fc
      .tuple(subject.key, condition(subject.keyNames), onFailure)
      .map(([Key, draft, failure]) => ({
        TableName,
        Key,
        ...carried({ ConditionExpression: spelled(draft, 'c') }),
        ...failure,
      })),
  };
};

const projection = optional(
  fc
    .uniqueArray(
      fc.constantFrom(...ATTRIBUTES.map((name) => `{${name}}`), '{parcel}.{goods}', '{scans}[1]'),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((paths) => spelled({ text: paths.join(', '), values: [] }, 'p')),
);

const query = (table: Table, subject: Subject): fc.Arbitrary<Operation> =>
  fc.constantFrom(...subject.indexes).chain((index) => {
    const hash = index.name ? fc.constantFrom('s1', 's2', 'allocated') : fc.constantFrom('S-1', 'S-2', '가');
    const bound = index.rangeValue ?? value;
    const range =
      index.range === undefined
        ? fc.constant(undefined)
        : optional(
            fc.oneof(
              fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), bound).map(([by, one]) => ({
                text: ` AND {${index.range}} ${by} {1}`,
                values: [one],
              })),
              fc.tuple(bound, bound).map((both) => ({
                text: ` AND {${index.range}} BETWEEN {1} AND {2}`,
                values: both,
              })),
              (index.name === 'attention' || index.range === 'sk' ? bound : text).map((one) => ({
                text: ` AND begins_with({${index.range}}, {1})`,
                values: [one],
              })),
            ),
            3,
          );
    return fc
      .record({
        hash,
        range,
        filter: optional(condition(ATTRIBUTES).map((draft) => spelled(draft, 'f'))),
        projected: projection,
        Limit: optional(fc.integer({ min: 1, max: 4 })),
        ScanIndexForward: fc.boolean(),
        Select: fc.constantFrom(undefined, undefined, undefined, 'COUNT'),
      })
      .map(({ hash: S, range: more, filter, projected, Limit, ScanIndexForward, Select }) => ({
        name: 'Query' as const,
        input: {
          TableName: table(subject.table),
          ...(index.name && { IndexName: index.name }),
          ...carried({
            KeyConditionExpression: spelled(
              { text: `{${index.hash}} = {0}${more?.text ?? ''}`, values: [{ S }, ...(more?.values ?? [])] },
              'k',
            ),
            FilterExpression: filter,
            ProjectionExpression: Select ? undefined : projected,
          }),
          ...(Limit && { Limit }),
          ...(Select && { Select }),
          ScanIndexForward,
        },
      }));
  });

/** One operation; `table` gives the name a table has where it runs. */
export const operation = (table: Table): fc.Arbitrary<Operation> =>
  fc.constantFrom(...SUBJECTS).chain((subject) => {
    const { Put, Update, Delete } = writes(table, subject);
    const read = fc.tuple(subject.key, projection).map(([Key, ProjectionExpression]) => ({
      TableName: table(subject.table),
      Key,
      ConsistentRead: true,
      ...carried({ ProjectionExpression }),
    }));
    const batch = fc
      .tuple(fc.array(subject.key, { minLength: 1, maxLength: 4 }), projection)
      .map(([Keys, ProjectionExpression]) => ({
        RequestItems: {
          [table(subject.table)]: { Keys, ConsistentRead: true, ...carried({ ProjectionExpression }) },
        },
      }));
    const returned = <T extends object>(arbitrary: fc.Arbitrary<T>, ...kinds: string[]) =>
      fc.tuple(arbitrary, fc.constantFrom(...kinds)).map(([one, ReturnValues]) => ({ ...one, ReturnValues }));
    const named = <Name extends Operation['name']>(name: Name, inputs: fc.Arbitrary<object>) =>
      inputs.map((input): Operation => ({ name, input: input as Record<string, unknown> }));
    return fc.oneof(
      { weight: 6, arbitrary: named('PutItem', returned(Put, 'NONE', 'ALL_OLD')) },
      { weight: 8, arbitrary: named('UpdateItem', returned(Update, 'NONE', 'ALL_OLD', 'ALL_NEW')) },
      { weight: 1, arbitrary: named('DeleteItem', returned(Delete, 'NONE', 'ALL_OLD')) },
      { weight: 1, arbitrary: named('GetItem', read) },
      { weight: 1, arbitrary: named('BatchGetItem', batch) },
      { weight: 6, arbitrary: query(table, subject) },
      { weight: 5, arbitrary: transaction(table) },
    );
  });

const transaction = (table: Table): fc.Arbitrary<Operation> => {
  const action = fc.constantFrom(...SUBJECTS).chain((subject) => {
    const { Put, Update, Delete, ConditionCheck } = writes(table, subject);
    return fc.oneof(
      { weight: 4, arbitrary: Put.map((one): object => ({ Put: one })) },
      { weight: 3, arbitrary: Update.map((one): object => ({ Update: one })) },
      { weight: 1, arbitrary: Delete.map((one): object => ({ Delete: one })) },
      { weight: 1, arbitrary: ConditionCheck.map((one): object => ({ ConditionCheck: one })) },
    );
  });
  return fc
    .array(action, { minLength: 1, maxLength: 4 })
    .map((TransactItems) => ({ name: 'TransactWriteItems', input: { TransactItems } }));
};
