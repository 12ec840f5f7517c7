import { documentClient } from '../runtime/aws.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { lambda } from '../runtime/lambda.ts';
import { count, gauge } from '../runtime/observe.ts';
import { createMessages } from './messages.store.ts';
import { sendDue } from './send-sms.ts';
import { sendSmsEnvironment } from './send-sms.environment.ts';
import { createPublishSms } from './sms.client.ts';

/** One try may take this long; a run takes no new message when less than twice that is left. */
const TRY_MS = 10_000;

const environment = readEnvironment(sendSmsEnvironment);
const clock = systemClock;
const ports = {
  messages: createMessages(documentClient(), environment.MESSAGES_TABLE),
  publish: createPublishSms({
    region: environment.SMS_REGION,
    senderId: environment.SMS_SENDER_ID,
    timeoutMs: TRY_MS,
  }),
  clock,
  count,
  gauge,
};

/** On a schedule, every minute. */
export const handler = lambda<unknown, void>(async (_event, context) => {
  await sendDue(ports, {
    quietHours: environment.SMS_QUIET_HOURS === 'on',
    priceMicroUsd: environment.SMS_PRICE_MICRO_USD,
    stopAt: clock() + context.getRemainingTimeInMillis() - 2 * TRY_MS,
  });
});
