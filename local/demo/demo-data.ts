import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Wording } from '../../functions/notification/templates.ts';
import { seedBusyDay } from './busy-day.ts';
import { seedFailedMessages } from './failed-messages.ts';
import { seedRuns } from './past-runs.ts';
import { deliveredIds, seedShipments } from './past-shipments.ts';
import { seedApplications } from './seed-applications.ts';
import type { tablesOf } from './tables.ts';

/** What seeding needs of the running house. */
export interface DemoWorld {
  doc: DynamoDBDocumentClient;
  bus: EventBridgeClient;
  sqs: SQSClient;
  sns: SNSClient;
  tables: ReturnType<typeof tablesOf>;
  busName: string;
  onboardingQueueUrl: string;
  transmissionDeadLettersUrl: string;
  quarantineUrl: string;
  /** epoch ms of the house's clock */
  now: number;
  promiseMinutes: number;
  maxAttempts: number;
  wording: Wording;
}

/** The console shows 데모 데이터 while this row is there. */
const MARK = { pk: 'console', sk: 'demo' };

/**
 * A believable week before the first look: applications to decide, one on hold, one in use, delivered parcels, a pool
 * that is nearly used up, rounds of tracking, failed transmissions and messages. All of it through the stores that
 * the functions use.
 * The second time nothing changes; what a killed start left undone is done.
 */
export const seedDemoData = async (world: DemoWorld): Promise<'seeded' | 'already' | 'no-calendar'> => {
  const { doc, tables, now } = world;
  const TableName = tables.operations;
  const known = await doc.send(new GetCommand({ TableName, Key: MARK, ConsistentRead: true }));
  if (known.Item !== undefined) return 'already';
  await seedShipments(world);
  await seedBusyDay(world);
  await seedRuns(world, deliveredIds(now));
  const outcome = await seedApplications(world);
  await seedFailedMessages(world);
  await doc.send(new PutCommand({ TableName, Item: { ...MARK, at: now } }));
  return outcome;
};
