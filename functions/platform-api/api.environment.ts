import * as z from 'zod/mini';
import { present } from '../runtime/environment.ts';

export const apiEnvironment = z.object({
  APPLICATIONS_TABLE: present,
  AUDIT_TABLE: present,
  OPERATIONS_TABLE: present,
  BUS_NAME: present,
  ONBOARDING_QUEUE_URL: present,
  /** ARN of the key passwords are sealed under; this door may generate data keys, not decrypt */
  KEY_ID: present,
  SUPPORT_NUMBER: present,
});
export type ApiEnvironment = z.input<typeof apiEnvironment>;
