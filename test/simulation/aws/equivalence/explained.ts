/** Where a local engine is not AWS. The fake follows AWS, whose rule stands beside each. */
import { type Answer, itemText } from './alike.ts';
import type { Operation } from './operations.ts';
import type { Item } from './values.ts';

interface Explanation {
  /** which engine does what */
  engine: string;
  /** what AWS does, and where it says so */
  rule: string;
  applies(operation: Operation, real: Answer, ours: Answer): boolean;
}

const NOWHERE = 'The document path provided in the update expression is invalid for update';
/** API reference, TransactionCanceledException: messages that belong to a single write's reason, ValidationError. */
const OF_ONE_WRITE = [
  'The provided expression refers to an attribute that does not exist in the item',
  'An operand in the update expression has an incorrect data type',
  NOWHERE,
  'Invalid attribute value type',
];

const EXPLAINED: readonly Explanation[] = [
  {
    engine: 'dynoxide does not check operand types, BETWEEN bounds and overlapping paths of an expression',
    rule: 'such a request is refused whole with ValidationException (API reference, common errors; so does DynamoDB Local)',
    applies: (_, real, { error, message = '' }) =>
      error === 'ValidationException' &&
      /^Invalid (Condition|Filter|KeyCondition|Update)Expression: |type does not match schema type/.test(
        message,
      ) &&
      real.error !== 'ValidationException',
  },
  {
    engine: 'dynoxide ignores a REMOVE below an attribute that is not there',
    rule: 'the document path is invalid for update (developer guide, update expressions; so does DynamoDB Local)',
    applies: (_, real, ours) =>
      JSON.stringify(ours).includes(NOWHERE) && !JSON.stringify(real).includes(NOWHERE),
  },
  {
    engine: 'dynoxide shows the key as the old item of an UpdateItem that made the item',
    rule: 'ALL_OLD: all attributes as they appeared before, and there were none (API reference, UpdateItem)',
    applies: ({ name, input }, real, ours) =>
      name === 'UpdateItem' &&
      ours.Attributes === undefined &&
      ours.error === undefined &&
      itemText(real.Attributes) === itemText(input['Key'] as Item),
  },
  {
    engine: 'DynamoDB Local refuses a whole transaction for what one of its writes would do',
    rule: 'the transaction is cancelled with ValidationError as that write’s reason (API reference, TransactionCanceledException)',
    applies: (_, real, ours) =>
      real.error === 'ValidationException' &&
      OF_ONE_WRITE.includes(real.message ?? '') &&
      ours.error === 'TransactionCanceledException',
  },
  {
    engine: 'DynamoDB Local looks at conditions before it sees that an item comes twice',
    rule: 'no two actions may target the same item: ValidationException (API reference, TransactWriteItems)',
    applies: (_, real, { message = '' }) =>
      real.error === 'TransactionCanceledException' && message.includes('multiple operations on one item'),
  },
];

/** Why two answers differ lawfully; undefined: they must not. */
export const explanationOf = (operation: Operation, real: Answer, ours: Answer): string | undefined =>
  EXPLAINED.find(({ applies }) => applies(operation, real, ours))?.engine;
