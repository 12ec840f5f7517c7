import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Block, blockItem, emptyHead, type PoolHead } from './pool.ts';

/** The head of a contract's pool as it is now; an empty one for a contract that never had numbers. */
export const readHead = async (
  doc: DynamoDBDocumentClient,
  table: string,
  contractId: string,
): Promise<PoolHead> => {
  const Key = { contractId, item: 'head' };
  const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return (answer.Item as PoolHead | undefined) ?? emptyHead(contractId);
};

/** One block of numbers, if it is there. */
export const findBlock = async (
  doc: DynamoDBDocumentClient,
  table: string,
  contractId: string,
  block: number,
): Promise<Block | undefined> => {
  const Key = { contractId, item: blockItem(block) };
  const answer = await doc.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return answer.Item as Block | undefined;
};

/** One block of numbers. @throws when the head names a block that is not there. */
export const readBlock = async (...which: Parameters<typeof findBlock>): Promise<Block> => {
  const found = await findBlock(...which);
  if (found === undefined) throw new Error(`Pool of ${which[2]}: ${blockItem(which[3])} is missing`);
  return found;
};

/**
 * Condition of a write that the pool has not moved, been frozen or unfrozen since its head was read: so a freeze binds
 * an allocation that is already under way.
 */
export const headUnmoved = ({ seq, frozen }: PoolHead) => ({
  ConditionExpression: [
    seq === 0 ? '(attribute_not_exists(seq) OR seq = :seq)' : 'seq = :seq',
    frozen === undefined ? 'attribute_not_exists(frozen)' : 'frozen = :frozen',
  ].join(' AND '),
  ExpressionAttributeValues: { ':seq': seq, ...(frozen !== undefined && { ':frozen': frozen }) },
});
