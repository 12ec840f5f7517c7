import * as z from 'zod/mini';
import { present, wholeNumber } from '../runtime/environment.ts';

export const onboardEnvironment = z.object({
  APPLICATIONS_TABLE: present,
  AUDIT_TABLE: present,
  MESSAGES_TABLE: present,
  CONTRACTS_TABLE: present,
  OPERATIONS_TABLE: present,
  POOLS_TABLE: present,
  BUS_NAME: present,
  ONBOARDING_QUEUE_URL: present,
  EPOST_SECRET_ID: present,
  EPOST_SHIP_URL: present,
  CARRIER_TIMEOUT_MS: wholeNumber(100, 60_000),
});
export type OnboardEnvironment = z.input<typeof onboardEnvironment>;
