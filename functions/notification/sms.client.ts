import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

/**
 * What became of one try. `taken`: SNS has it. `refused`: SNS will never take it. `not-taken`: certainly not out, may
 * go later. `unknown`: nobody knows.
 */
export type Published =
  { outcome: 'taken'; providerId: string } | { outcome: 'refused' | 'not-taken' | 'unknown'; code: string };

/** `to` is `+8210…`, `text` fits into one SMS. Never throws: an error may mean that the message is out. */
export type PublishSms = (to: string, text: string) => Promise<Published>;

export interface SmsClientSettings {
  /** SNS SMS is not offered in every region */
  region: string;
  /** empty: SNS chooses */
  senderId: string;
  /** over the whole exchange */
  timeoutMs: number;
}

/** One try and no more: the SDK's own second try after a lost answer would be a second SMS. */
export const createPublishSms = ({ region, senderId, timeoutMs }: SmsClientSettings): PublishSms => {
  const client = new SNSClient({ region, maxAttempts: 1 });
  return async (to, text) => {
    try {
      const answer = await client.send(
        new PublishCommand({ PhoneNumber: to, Message: text, MessageAttributes: attributes(senderId) }),
        { abortSignal: AbortSignal.timeout(timeoutMs) },
      );
      return { outcome: 'taken', providerId: answer.MessageId ?? '' };
    } catch (error) {
      return failed(error as SdkError);
    }
  };
};

const attributes = (senderId: string) => ({
  'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
  ...(senderId !== '' && { 'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: senderId } }),
});

type SdkError = Error & { code?: string; $metadata?: { httpStatusCode?: number } };

/** Nothing was sent to SNS, as there was nobody to send it to or nothing to sign it with. */
const BEFORE_SENDING = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

const failed = (error: SdkError): Published => {
  const status = error.$metadata?.httpStatusCode;
  const code = error.name;
  if (status === undefined) {
    const before = BEFORE_SENDING.has(error.code ?? '') || code === 'CredentialsProviderError';
    return before ? { outcome: 'not-taken', code: 'not-reached' } : { outcome: 'unknown', code: 'no-answer' };
  }
  if (status < 400 || status >= 500) return { outcome: 'unknown', code: 'no-answer' };
  // 403 is a fault of ours (role, keys, clock) and 429 haste: neither says anything about this message
  const later = status === 403 || status === 429 || /Thrott/.test(code);
  return { outcome: later ? 'not-taken' : 'refused', code };
};
