import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { createApplications } from '../merchant/application.store.ts';
import { createCalendarReader } from '../merchant/holidays.store.ts';
import { createOutbox } from '../merchant/outbox.store.ts';
import { createSeal, kmsKeyring } from '../merchant/seal.client.ts';
import { busClient, documentClient, queueClient } from '../runtime/aws.ts';
import { createPublish } from '../runtime/bus.client.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { apiEnvironment } from './api.environment.ts';
import { createApp } from './app.ts';

const environment = readEnvironment(apiEnvironment);
const doc = documentClient();
const queue = createQueue(queueClient(), environment.ONBOARDING_QUEUE_URL);
const app = createApp({
  applications: createApplications(doc, {
    applications: environment.APPLICATIONS_TABLE,
    audit: environment.AUDIT_TABLE,
    operations: environment.OPERATIONS_TABLE,
  }),
  outbox: createOutbox(doc, environment.OPERATIONS_TABLE, {
    publish: createPublish(busClient(), environment.BUS_NAME),
    queue,
  }),
  calendar: createCalendarReader(doc, environment.OPERATIONS_TABLE, systemClock),
  seal: createSeal(kmsKeyring(environment.KEY_ID)).seal,
  clock: systemClock,
  count,
  log: (text, about) => logger.info(text, about),
  supportNumber: environment.SUPPORT_NUMBER,
});
const serve = handle(app);

/** The platform's machine door: a function URL with AWS_IAM. */
export const handler = lambda((event: LambdaEvent, context) => serve(event, context as never));
