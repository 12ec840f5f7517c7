import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Loan } from './loan.ts';
import { lend } from './loan.ts';

/** A place where messages wait for a person, and the queue they go back to. */
export interface FailedQueue {
  readonly name: string;
  readonly at: IQueue;
  readonly source: IQueue;
}

/** May look at what was set aside, give it back, one by one or as a whole, and delete it. */
export function forSortingOut(queues: readonly FailedQueue[]): Loan<'FAILED_QUEUES'> {
  const named = queues.map(({ name, at, source }) => ({
    name,
    url: at.queueUrl,
    source: source.queueUrl,
  }));
  const aside = lend(
    { FAILED_QUEUES: JSON.stringify(named) },
    sortingOut,
    queues.map(({ at }) => at.queueArn),
  );
  const back = lend({}, ['sqs:SendMessage'], [...new Set(queues.map(({ source }) => source.queueArn))]);
  return { variables: aside.variables, statements: [...aside.statements, ...back.statements] };
}

/** A move is also a receive, a delete and a look at the attributes of the queue it empties. */
const sortingOut = [
  'GetQueueAttributes',
  'ReceiveMessage',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'StartMessageMoveTask',
  'ListMessageMoveTasks',
  'CancelMessageMoveTask',
].map((action) => `sqs:${action}`);
