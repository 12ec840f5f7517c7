/**
 * The real store code on the local engine, with a meter: every request is counted and its write units are
 * those the engine reports (ReturnConsumedCapacity). A cancelled transaction reports none, so its units are
 * counted as AWS charges them: two per started KB of each item it would have written.
 */
import { type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startTables, type TestTables } from '../test/support/dynamo.ts';

export interface Meter {
  requests: number;
  writeUnits: number;
  cancelled: number;
}

interface Capacity {
  CapacityUnits?: number;
  WriteCapacityUnits?: number;
}
const WRITES = new Set(['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

export const startMeteredTables = async (): Promise<TestTables & { meter: Meter }> => {
  const tables = await startTables();
  const meter: Meter = { requests: 0, writeUnits: 0, cancelled: 0 };
  attach(tables.doc, meter);
  return { ...tables, meter };
};

const attach = (doc: DynamoDBDocumentClient, meter: Meter): void => {
  doc.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = (context.commandName ?? '').replace('Command', '');
      meter.requests += 1;
      const writes = WRITES.has(operation);
      if (writes) (args.input as { ReturnConsumedCapacity?: string }).ReturnConsumedCapacity = 'INDEXES';
      try {
        const answer = await next(args);
        if (writes) meter.writeUnits += unitsOf(answer.output);
        return answer;
      } catch (error) {
        if ((error as Error).name === 'TransactionCanceledException') {
          meter.cancelled += 1;
          meter.writeUnits += unitsOfCancelled(args.input);
        }
        throw error;
      }
    },
    { step: 'initialize', name: 'meter', priority: 'low' },
  );
};

const unitsOf = (output: unknown): number => {
  const consumed = (output as { ConsumedCapacity?: Capacity | Capacity[] }).ConsumedCapacity;
  const parts = consumed === undefined ? [] : Array.isArray(consumed) ? consumed : [consumed];
  return parts.reduce((sum, part) => sum + (part.WriteCapacityUnits ?? part.CapacityUnits ?? 0), 0);
};

const unitsOfCancelled = (input: unknown): number => {
  const items = (input as { TransactItems?: { Put?: { Item?: unknown } }[] }).TransactItems ?? [];
  const kilobytes = items.map(({ Put }) =>
    Math.ceil(Buffer.byteLength(JSON.stringify(Put?.Item ?? {})) / 1024),
  );
  return 2 * kilobytes.reduce((sum, size) => sum + Math.max(1, size), 0);
};
