import type { SmsSettings } from './deserving.ts';
import type { WordingSettings } from './wording.environment.ts';

/** The settings by the names the texts use. */
export const smsSettings = (environment: WordingSettings): SmsSettings => ({
  senderName: environment.SMS_SENDER_NAME,
  supportNumber: environment.SUPPORT_NUMBER,
  switchedOn: environment.SMS_SWITCHED_ON,
});
