/**
 * What AWS may do either way, asked at the moment it matters. An absent choice is the benign one.
 * All of it is lawful behaviour of the services, so no answer may break a promise of the product.
 */
export interface AwsChoices {
  /**
   * How many of a table's newest changes an eventually consistent read does not see yet. `ages`: ms since each of
   * them, newest first. `index`: read through this index.
   */
  unseen?: (read: { table: string; index?: string; ages: readonly number[] }) => number;
  /** How many of the keys of a BatchGetItem come back unprocessed; never all of them. */
  unprocessed?: (keys: number) => number;
  /** Places of the writes that another transaction is holding. */
  conflicts?: (write: {
    operation: string;
    items: readonly { table: string; key: string }[];
  }) => readonly number[];
  /** Places of the entries that a PutEvents or SendMessageBatch refuses. */
  refused?: (batch: { operation: string; entries: number }) => readonly number[];
  /** Places of the visible messages that a ReceiveMessage finds, in that order: SQS asks only some of its servers. */
  found?: (receive: { queue: string; visible: number; most: number }) => readonly number[];
}
