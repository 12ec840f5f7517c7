/** Items of the tables as the product writes them, read past the product. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { FakeAws } from '../aws/fake-aws.ts';
import type { AwsCall } from '../world/call-site.ts';
import type { Names } from '../world/names.ts';

type Wire = Record<string, never>;

/** All items of a table. */
export const all = <T>(aws: FakeAws, names: Names, table: string): T[] =>
  aws.dynamo.items(names.table(table)).map((item) => unmarshall(item as never) as T);

export const one = <T>(
  aws: FakeAws,
  names: Names,
  table: string,
  key: Record<string, string>,
): T | undefined => {
  const Key = Object.fromEntries(Object.entries(key).map(([name, value]) => [name, { S: value }]));
  const input = { TableName: names.table(table), Key, ConsistentRead: true };
  const { Item } = aws.call('dynamodb', 'GetItem', input) as { Item?: Wire };
  return Item === undefined ? undefined : (unmarshall(Item) as T);
};

/** Keys of a table that a write has touched, by their first attribute. */
export const touched = ({ operation, input }: AwsCall, table: string, key: string): string[] => {
  const of = (write: { TableName?: string; Item?: Wire; Key?: Wire }): string[] => {
    const value = (write.Item ?? write.Key)?.[key] as { S?: string } | undefined;
    return write.TableName === table && value?.S !== undefined ? [value.S] : [];
  };
  if (operation === 'TransactWriteItems')
    return (input.TransactItems as Record<string, object>[]).flatMap((item) =>
      Object.values(item).flatMap(of),
    );
  return /^(Put|Update|Delete)Item$/.test(operation) ? of(input) : [];
};
