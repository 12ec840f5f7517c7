import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Block } from './pool.ts';

/** Partition of the pools table that knows every block of every contract, so that no number is lent twice. */
export const REGISTRY = '#registry';

export interface RegisteredBlock {
  contractId: typeof REGISTRY;
  item: string;
  owner: string;
  block: number;
  first: string;
  last: string;
  kind: Block['kind'];
}

/** Every block, or those whose first–last span touches the given one. Strongly consistent. */
export const readRegistry = async (
  doc: DynamoDBDocumentClient,
  table: string,
  touching?: { first: string; last: string },
): Promise<RegisteredBlock[]> => {
  const found: RegisteredBlock[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await doc.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'contractId = :registry AND begins_with(#item, :blocks)',
        ...(touching && { FilterExpression: '#first <= :last AND #last >= :first' }),
        ExpressionAttributeNames: {
          '#item': 'item',
          ...(touching && { '#first': 'first', '#last': 'last' }),
        },
        ExpressionAttributeValues: {
          ':registry': REGISTRY,
          ':blocks': 'block#',
          ...(touching && { ':first': touching.first, ':last': touching.last }),
        },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    found.push(...((page.Items ?? []) as RegisteredBlock[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
};
