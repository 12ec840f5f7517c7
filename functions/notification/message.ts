/** An SMS from the decision that owes it to what became of it. */
import type { TemplateKey } from './templates.ts';

/** One SMS that a decision owes; committed with it, so it exists exactly once (P16). */
export interface SmsRequest {
  /** id of the decision: application id and version */
  messageId: string;
  /** 010… */
  to: string;
  template: TemplateKey;
  text: string;
  /** not before, epoch ms; quiet hours are the sender's business, which may only move it later */
  sendAt: number;
}

/** `sending`: may be out already, so never sent again without an operator; `unknown`: nobody knows whether it is. */
export type MessageState = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown';
export const MESSAGE_STATES = [
  'pending',
  'sending',
  'sent',
  'failed',
  'unknown',
] as const satisfies readonly MessageState[];

/** The stored record. All times epoch ms UTC. */
export interface Message extends SmsRequest {
  state: MessageState;
  createdAt: number;
  /** what it is about: 'application#id' */
  subject: string;
  /** claims so far; names the one claim that may say how it ended; absent: none yet */
  attempt?: number;
  /** claims since it was decided or an operator sent it again */
  tries?: number;
  claimedAt?: number;
  sentAt?: number;
  /** SNS message id */
  providerId?: string;
  /** code: why it failed, is unknown or waits */
  failure?: string;
  /** how often an operator sent it again */
  resends?: number;
}

/** A message in the hands of one sending. */
export type Claimed = Message & Required<Pick<Message, 'attempt' | 'tries' | 'claimedAt'>>;

/** What a claim found out. */
export type Ending =
  | { state: 'sent'; providerId: string }
  | { state: 'failed' | 'unknown'; failure: string }
  /** certainly not out, and worth another try */
  | { state: 'pending'; failure: string; sendAt: number };

/** Our own codes; anything else is the provider's. */
const FAILURES: Readonly<Record<string, string>> = {
  'text-refused': '문자로 보낼 수 없는 내용이라 보내지 않았습니다.',
  'recipient-refused': '010으로 시작하는 휴대폰 번호가 아니라 보내지 않았습니다.',
  abandoned: '보내는 중에 작업이 끊겨 도착했는지 알 수 없습니다.',
  'no-answer': '문자 서비스의 답을 받지 못해 도착했는지 알 수 없습니다.',
  'not-reached': '문자 서비스에 연결하지 못해 다시 시도합니다.',
  OptedOutException: '받는 분이 수신을 거부한 번호입니다.',
};

/** Why a message failed, is unknown or waits, in Korean. */
export const failureWords = (failure: string): string =>
  FAILURES[failure] ?? `문자 서비스가 받지 않았습니다(${failure}).`;
