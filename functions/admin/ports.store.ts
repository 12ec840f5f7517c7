/** Everything the console reaches, made once at cold start. */
import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { createAudit } from '../audit/audit.store.ts';
import { createApplications } from '../merchant/application.store.ts';
import { createCalendarReader, createHolidays } from '../merchant/holidays.store.ts';
import { createOutbox } from '../merchant/outbox.store.ts';
import { createPublish } from '../runtime/bus.client.ts';
import type { Clock } from '../runtime/clock.ts';
import { createQueue } from '../runtime/queue.client.ts';
import type { AdminSettings } from './admin.environment.ts';
import { createParcelPorts } from './parcel-ports.store.ts';
import { createDeskPorts } from './desk-ports.store.ts';
import type { Ports } from './ports.ts';

export interface Outside {
  doc: DynamoDBDocumentClient;
  sqs: SQSClient;
  bus: EventBridgeClient;
  clock: Clock;
  count: Ports['count'];
}

export const createPorts = (settings: AdminSettings, { doc, sqs, bus, clock, count }: Outside): Ports => {
  const operations = settings.OPERATIONS_TABLE;
  const onboarding = createQueue(sqs, settings.ONBOARDING_QUEUE_URL);
  const audited = { audit: settings.AUDIT_TABLE, operations };
  const audit = createAudit(doc, audited);
  return {
    clock,
    count,
    newId: () => randomBytes(12).toString('base64url'),
    support: { senderName: settings.SMS_SENDER_NAME, number: settings.SUPPORT_NUMBER },
    audit,
    ...createParcelPorts({ doc, sqs, bus, clock, audit }, settings),
    applications: createApplications(doc, {
      ...audited,
      applications: settings.APPLICATIONS_TABLE,
      messages: settings.MESSAGES_TABLE,
      contracts: settings.CONTRACTS_TABLE,
    }),
    outbox: createOutbox(doc, operations, {
      publish: createPublish(bus, settings.BUS_NAME),
      queue: onboarding,
    }),
    calendar: createCalendarReader(doc, operations, clock),
    holidays: createHolidays(doc, audited),
    onboarding,
    jobs: createQueue(sqs, settings.JOBS_QUEUE_URL),
    transmission: createQueue(sqs, settings.TRANSMISSION_QUEUE_URL),
    tracking: createQueue(sqs, settings.TRACKING_QUEUE_URL),
    ...createDeskPorts(doc, clock, settings),
  };
};

const DEMO_KEY = { pk: 'console', sk: 'demo' };
const DEMO_KNOWN_MS = 30_000;

/** Whether the tables hold demonstration data: whoever seeds them writes the row console/demo into Operations. */
export const createDemoReader = (doc: DynamoDBDocumentClient, TableName: string, clock: Clock) => {
  let known: { demo: boolean; until: number } | undefined;
  return async (): Promise<boolean> => {
    if (known !== undefined && known.until > clock()) return known.demo;
    const answer = await doc.send(new GetCommand({ TableName, Key: DEMO_KEY }));
    known = { demo: answer.Item !== undefined, until: clock() + DEMO_KNOWN_MS };
    return known.demo;
  };
};
