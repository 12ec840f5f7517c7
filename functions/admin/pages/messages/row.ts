/** One SMS as it is listed. Plain data with the number masked: it is the JSON twin as well. */
import { failureWords, type Message } from '../../../notification/message.ts';
import { lengthOf, type SmsLength } from '../../../notification/sms-text.ts';
import { koreanTimeOfDay } from '../../../shipment/korean-day.ts';
import { maskPhone } from '../../mask.ts';
import type { MessageCode } from '../../vocabulary.ts';
import { USES } from './uses.ts';

export interface MessageRow {
  messageId: string;
  state: MessageCode;
  /** `010-****-4821` */
  number: string;
  template: string;
  /** Korean */
  use: string;
  text: string;
  length: SmsLength;
  /** 상호, or the id where nobody is known by it */
  merchant: string;
  applicationId?: string;
  /** when it went out or was tried; of a waiting one when it may go */
  at: number;
  /** why it waits, failed or is unknown; undefined: nothing to say */
  says?: string;
}

/** The application a message is about, if it is about one. */
export const applicationIdOf = ({ subject }: Pick<Message, 'subject'>): string | undefined =>
  subject.startsWith('application#') ? subject.slice('application#'.length) : undefined;

export const rowOf = (message: Message, merchant: string | undefined, now: number): MessageRow => {
  const { messageId, state, to, template, text, sendAt, sentAt, claimedAt } = message;
  const applicationId = applicationIdOf(message);
  const says = sayingOf(message, now);
  return {
    messageId,
    state,
    number: maskPhone(to),
    template,
    use: USES[template] ?? template,
    text,
    length: lengthOf(text),
    merchant: merchant ?? applicationId ?? message.subject,
    ...(applicationId !== undefined && { applicationId }),
    at: sentAt ?? (state === 'pending' ? sendAt : (claimedAt ?? sendAt)),
    ...(says !== undefined && { says }),
  };
};

const MORNING_MS = 8 * 3_600_000;

const sayingOf = ({ state, sendAt, failure }: Message, now: number): string | undefined => {
  const why = failure === undefined ? undefined : failureWords(failure);
  if (state !== 'pending') return state === 'sent' ? undefined : why;
  if (sendAt <= now) return why ?? '곧 보냅니다.';
  return (
    why ?? (koreanTimeOfDay(sendAt) === MORNING_MS ? '밤에는 보내지 않아 08:00까지 기다립니다.' : undefined)
  );
};
