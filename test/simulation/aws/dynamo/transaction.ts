/** TransactWriteItems: all of its writes or none. Source: developer guide, managing transactions. */
import { AwsError, invalid } from '../aws-error.ts';
import type { Table } from './table.ts';
import { itemSize } from './value.ts';
import { planWrite, type Write, type WriteInput, type WriteKind } from './write.ts';

export interface TransactionInput {
  TransactItems: Partial<Record<WriteKind, WriteInput>>[];
  ClientRequestToken?: string;
}
interface Reason {
  Code: string;
  Message?: string;
  Item?: unknown;
}

const MOST_ACTIONS = 100;
const LARGEST = 4 * 1024 * 1024;
const KINDS: readonly WriteKind[] = ['Put', 'Update', 'Delete', 'ConditionCheck'];

/**
 * Plans every write against the tables as they are.
 * @throws ValidationException for a transaction that could never be
 */
export const planTransaction = (tableOf: (name: string) => Table, input: TransactionInput) => {
  const actions = input.TransactItems;
  if (actions.length < 1 || actions.length > MOST_ACTIONS)
    throw invalid('Member must have length less than or equal to 100 and at least 1');
  const writes = actions.map((action) => {
    const kinds = KINDS.filter((kind) => action[kind] !== undefined);
    if (kinds.length !== 1)
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    const write = action[kinds[0]!]!;
    return planWrite(kinds[0]!, tableOf(write.TableName), write);
  });
  const items = new Set(writes.map(({ table, key }) => `${table.name} ${key}`));
  if (items.size < writes.length)
    throw invalid('Transaction request cannot include multiple operations on one item');
  return writes;
};

/**
 * What the transaction leaves behind, write by write.
 * @param conflicts places of the writes whose items another transaction holds at this moment
 * @throws TransactionCanceledException with a reason for every write when any of them cannot be
 */
export const outcomeOf = (writes: readonly Write[], conflicts: readonly number[]) => {
  const results = writes.map((write, i) => resultOf(write, conflicts.includes(i)));
  const reasons = results.map(({ reason }) => reason);
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  const size = results.reduce((sum, { after }) => sum + (after ? itemSize(after) : 0), 0);
  if (size > LARGEST) throw invalid('Transaction request cannot be larger than 4 MB');
  return results.map(({ after }) => after);
};

const resultOf = (write: Write, conflict: boolean) => {
  if (conflict)
    return refused({ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' });
  try {
    write.check();
    if (write.holds) return { reason: { Code: 'None' }, after: write.after() };
    return refused({
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(write.failing && { Item: write.failing }),
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refused({ Code: 'ValidationError', Message: error.message });
  }
};

const refused = (reason: Reason) => ({ reason, after: undefined });

const cancelled = (reasons: readonly Reason[]): AwsError =>
  new AwsError({
    name: 'TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons
      .map(({ Code }) => Code)
      .join(', ')}]`,
    status: 400,
    extra: { CancellationReasons: reasons },
  });
