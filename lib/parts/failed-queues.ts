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
  const aside = lend(
    { FAILED_QUEUES: JSON.stringify(bySource(queues)) },
    sortingOut,
    queues.map(({ at }) => at.queueArn),
  );
  const back = lend({}, ['sqs:SendMessage'], [...new Set(queues.map(({ source }) => source.queueArn))]);
  return { variables: aside.variables, statements: [...aside.statements, ...back.statements] };
}

/** Addresses by name, under the address they go back to. An environment holds 4 KB, so each stands in it once. */
function bySource(queues: readonly FailedQueue[]): Record<string, Record<string, string>> {
  const sorted: Record<string, Record<string, string>> = {};
  for (const { name, at, source } of queues)
    sorted[source.queueUrl] = { ...sorted[source.queueUrl], [name]: at.queueUrl };
  return sorted;
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
