import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';
import { failedQueues } from './failed-queues.environment.ts';

export const jobsEnvironment = z.object({
  OPERATIONS_TABLE: present,
  SHIPMENTS_TABLE: present,
  TRANSMISSION_QUEUE_URL: present,
  JOBS_QUEUE_URL: present,
  FAILED_QUEUES: failedQueues,
});
export type JobsEnvironment = z.input<typeof jobsEnvironment>;
