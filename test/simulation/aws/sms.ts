import { AwsError, NotModelled, onlyMembers } from './aws-error.ts';

export interface SentSms {
  messageId: string;
  /** E.164 */
  to: string;
  text: string;
  /** epoch ms */
  at: number;
}
/** SNS for text messages alone. */
export interface FakeSms {
  call(operation: string, input: object): object;
  /** Everything SNS took, in that order. */
  sent(): readonly SentSms[];
}

export const createSms = (clock: () => number, serial: () => string): FakeSms => {
  const sent: SentSms[] = [];
  return {
    sent: () => sent,
    call: (operation, input) => {
      if (operation !== 'Publish') throw new NotModelled(`sns ${operation}`);
      onlyMembers(operation, input, ['PhoneNumber', 'Message', 'MessageAttributes']);
      const { PhoneNumber = '', Message = '' } = input as { PhoneNumber?: string; Message?: string };
      if (!/^\+[1-9]\d{6,14}$/.test(PhoneNumber) || Message === '')
        throw new AwsError({ name: 'InvalidParameter', message: 'Invalid parameter', status: 400 });
      const messageId = serial();
      sent.push({ messageId, to: PhoneNumber, text: Message, at: clock() });
      return { MessageId: messageId };
    },
  };
};
