/** Starts AWS's DynamoDB Local once, for all test files of a run. */
import { startDynamoDb } from '../../local/cloud/engines/dynamodb-engine.ts';
import { ENDPOINT_VARIABLE } from './dynamo.ts';
import { hasJava } from './java.ts';

/** Called by vitest before the first file; what it returns is called after the last. */
export const setup = async (): Promise<(() => void) | undefined> => {
  if (!hasJava()) return undefined;
  const engine = await startDynamoDb({ engine: 'dynamodb-local' });
  process.env[ENDPOINT_VARIABLE] = engine.endpoint;
  return engine.stop;
};
