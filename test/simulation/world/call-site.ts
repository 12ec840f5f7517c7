/** Where in the product a call leaves, and which kinds of trouble it can meet. */
import type { Names } from './names.ts';

export type Service = 'dynamodb' | 'sqs' | 'events' | 'sns' | 'secretsmanager' | 'kms';
export interface AwsCall {
  service: Service;
  operation: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a request of any operation
  input: any;
}

/**
 * `fail`: refused, without effect · `lost`: done, and the answer is lost · `crash-before`, `crash-after`: the function dies ·
 * `throttle`: too many requests · `conflict`: another transaction holds the item · `partial`: only a part is done ·
 * `slow`: takes long · `stale`: an index or a plain read answers with what was a moment ago
 */
export type AwsFault =
  'fail' | 'lost' | 'crash-before' | 'crash-after' | 'throttle' | 'conflict' | 'partial' | 'slow' | 'stale';
export const AWS_FAULTS: readonly AwsFault[] = [
  'fail',
  'lost',
  'crash-before',
  'crash-after',
  'throttle',
  'conflict',
  'partial',
  'slow',
  'stale',
];

/** What every call anywhere can meet, and is made to meet: at each place, by the sweep and often enough by the runs. */
export const SWEPT = ['fail', 'lost', 'crash-before', 'crash-after', 'throttle'] as const;
export type SweptFault = (typeof SWEPT)[number];

/** `dynamodb UpdateItem shipments`, `sqs SendMessageBatch transmission`, `events PutEvents`. */
export const subjectOf = ({ service, operation, input }: AwsCall, names: Names): string => {
  const about = aboutOf(service, operation, input).map((name) => queueAs(operation, names.short(name)));
  return [service, operation, [...new Set(about)].toSorted().join('+')]
    .filter((part) => part !== '')
    .join(' ');
};

/** Which of the queues of what was set aside is looked into, and where it is given back, is all the same to who does it. */
const queueAs = (operation: string, name: string): string => {
  if (name.endsWith('!') || (name === 'quarantine' && operation !== 'SendMessageBatch'))
    return 'dead-letters';
  return operation === 'SendMessage' ? 'where-it-came-from' : name;
};

const aboutOf = (service: Service, operation: string, input: AwsCall['input']): string[] => {
  if (service === 'sqs')
    return [
      String(input.QueueUrl ?? '')
        .split('/')
        .at(-1) ?? '',
    ];
  if (service !== 'dynamodb') return [];
  if (operation === 'BatchGetItem') return Object.keys(input.RequestItems);
  if (operation === 'TransactWriteItems') return input.TransactItems.map(tableOfItem);
  return [input.IndexName === undefined ? input.TableName : `${input.TableName}`];
};

const tableOfItem = (item: Record<string, { TableName: string }>): string =>
  Object.values(item)[0]?.TableName ?? '';

const WRITES = /^(Put|Update|Delete|TransactWrite|BatchWrite)/;
const PARTIAL = new Set([
  'BatchGetItem',
  'SendMessageBatch',
  'DeleteMessageBatch',
  'PutEvents',
  'ReceiveMessage',
]);

export const isWrite = ({ service, operation }: AwsCall): boolean =>
  service === 'dynamodb' && WRITES.test(operation);

/** What can happen to a call. */
export const canMeet = (fault: AwsFault, call: AwsCall): boolean => {
  switch (fault) {
    case 'conflict':
      return isWrite(call);
    case 'partial':
      return PARTIAL.has(call.operation) && partsOf(call) > 0;
    case 'stale':
      return call.service === 'dynamodb' && !isWrite(call) && isLoose(call);
    default:
      return true;
  }
};

const isLoose = ({ operation, input }: AwsCall): boolean =>
  operation === 'BatchGetItem'
    ? Object.values(input.RequestItems as Record<string, { ConsistentRead?: boolean }>).every(
        ({ ConsistentRead }) => ConsistentRead !== true,
      )
    : input.ConsistentRead !== true;

const partsOf = ({ operation, input }: AwsCall): number => {
  if (operation === 'BatchGetItem')
    return Object.values(input.RequestItems as Record<string, { Keys: unknown[] }>).reduce(
      (n, { Keys }) => n + Keys.length,
      0,
    );
  return operation === 'ReceiveMessage' ? 1 : (input.Entries as unknown[]).length;
};
