/** Keys and indexes as in the template; a template test holds the two equal. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

type Schema = Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'>;

const keys = (hash: string, range?: [name: string, type: 'S' | 'N']): Schema => ({
  AttributeDefinitions: [
    { AttributeName: hash, AttributeType: 'S' },
    ...(range ? [{ AttributeName: range[0], AttributeType: range[1] }] : []),
  ],
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range ? [{ AttributeName: range[0], KeyType: 'RANGE' as const }] : []),
  ],
});

const withIndex = (
  schema: Schema,
  name: string,
  hash: string,
  range: [name: string, type: 'S' | 'N'],
  ProjectionType: 'KEYS_ONLY' | 'ALL' = 'KEYS_ONLY',
): Schema => {
  const index = keys(hash, range);
  const known = new Set(schema.AttributeDefinitions?.map((definition) => definition.AttributeName));
  return {
    ...schema,
    AttributeDefinitions: [
      ...(schema.AttributeDefinitions ?? []),
      ...(index.AttributeDefinitions ?? []).filter((definition) => !known.has(definition.AttributeName)),
    ],
    GlobalSecondaryIndexes: [
      ...(schema.GlobalSecondaryIndexes ?? []),
      { IndexName: name, KeySchema: index.KeySchema, Projection: { ProjectionType } },
    ],
  };
};

export const tableSchemas = {
  contracts: keys('contractId'),
  pools: keys('contractId', ['item', 'S']),
  ledger: withIndex(
    withIndex(keys('contractId', ['seq', 'N']), 'open', 'openSlot', ['openSince', 'N']),
    'unsent',
    'unsentSlot',
    ['openSince', 'N'],
  ),
  shipments: withIndex(keys('shipmentId'), 'attention', 'attentionSlot', ['attentionKey', 'S']),
  operations: keys('pk', ['sk', 'S']),
  applications: withIndex(keys('applicationId'), 'byStatus', 'status', ['dueAt', 'N'], 'ALL'),
  audit: withIndex(keys('chain', ['seq', 'N']), 'subject', 'subject', ['seq', 'N'], 'ALL'),
  messages: withIndex(keys('messageId'), 'due', 'state', ['sendAt', 'N'], 'ALL'),
  sessions: keys('sessionHash'),
} satisfies Record<string, Schema>;
