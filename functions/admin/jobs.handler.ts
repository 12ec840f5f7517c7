import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { documentClient, queueClient } from '../runtime/aws.ts';
import { systemClock as clock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, logger } from '../runtime/observe.ts';
import { createQueue } from '../runtime/queue.client.ts';
import { createAttempts } from '../shipment/attempt.store.ts';
import { createCarrierPauses } from '../transmission/carrier-pause.store.ts';
import { createDeadLetters } from './dead-letters.client.ts';
import { createJobs } from './job.store.ts';
import { jobsEnvironment } from './jobs.environment.ts';
import { runJob } from './jobs/run-job.ts';

const environment = readEnvironment(jobsEnvironment);
const doc = documentClient();
const sqs = queueClient();
const ports = {
  jobs: createJobs(doc, environment.OPERATIONS_TABLE),
  queue: createQueue(sqs, environment.JOBS_QUEUE_URL),
  resend: {
    attempts: createAttempts(doc, environment.SHIPMENTS_TABLE),
    queue: createQueue(sqs, environment.TRANSMISSION_QUEUE_URL),
    pauses: createCarrierPauses(doc, environment.OPERATIONS_TABLE),
    clock,
  },
  deadLetters: createDeadLetters(sqs, environment.FAILED_QUEUES),
  clock,
};
const message = z.object({ v: z.literal(1), jobId: z.string().check(z.minLength(1)) });
/** The longest step, and the message that hands the rest on, fit in. */
const SPARE_MS = 60_000;

/** Works on the jobs queue, a message at a time: what throws rings, comes back, and after a few times is set aside. */
export const handler = lambda<SQSEvent, SQSBatchResponse>(async ({ Records }, context) => {
  const closesAt = clock() + context.getRemainingTimeInMillis() - SPARE_MS;
  for (const { body } of Records) {
    const { jobId } = z.parse(message, JSON.parse(body));
    const outcome = await runJob(ports, jobId, closesAt);
    if (outcome === 'failed') count('JobFailed');
    logger.info('job', { jobId, outcome });
  }
  return { batchItemFailures: [] };
});
