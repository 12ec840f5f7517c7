import * as z from 'zod/mini';
import { present, wholeNumber } from '../runtime/environment.ts';

/** Environment of the function that sends. */
export const sendSmsEnvironment = z.object({
  MESSAGES_TABLE: present,
  /** SNS SMS is not offered in Seoul: a region of its own */
  SMS_REGION: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)),
  /** SNS sender id, 3–11 letters and digits with at least one letter; empty where none is registered */
  SMS_SENDER_ID: z.string().check(z.regex(/^((?=.*[A-Za-z])[A-Za-z0-9]{3,11})?$/)),
  /** `on`: nothing goes out between 21:00 and 08:00 KST */
  SMS_QUIET_HOURS: z.enum(['on', 'off']),
  /** price of one SMS to Korea in millionths of a US dollar; only the spend metric uses it */
  SMS_PRICE_MICRO_USD: wholeNumber(0, 10_000_000),
});
export type SendSmsEnvironment = z.input<typeof sendSmsEnvironment>;
