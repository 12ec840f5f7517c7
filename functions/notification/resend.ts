/** An operator sends a message once more: the only way a second SMS of one decision can leave. */
import type { Actor } from '../audit/audit.ts';
import type { Audit } from '../audit/audit.store.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Messages } from './messages.store.ts';
import type { MessageState } from './message.ts';

export interface ResendSmsPorts {
  messages: Pick<Messages, 'read' | 'reopening'>;
  audit: Pick<Audit, 'commit'>;
  clock: Clock;
}
export interface ResendSmsOrder {
  messageId: string;
  actor: Actor;
  /** why; goes into the audit row, so no personal data */
  reason: string;
  requestId?: string;
}
export type ResentSms =
  /** due now; quiet hours hold as ever */
  | { outcome: 'queued' }
  | { outcome: 'not-found' }
  /** only what failed or is unknown may go again; also when somebody was first */
  | { outcome: 'not-resendable'; state: MessageState | undefined; reason: string }
  | { outcome: 'refused'; reason: string };

/**
 * Puts a failed or unknown message back, together with one audit row. The second time: it is pending already, so
 * `not-resendable`; of two operators at once one is told so.
 * @throws when a table cannot be reached; nothing was written then
 */
export const resendSms = async (ports: ResendSmsPorts, order: ResendSmsOrder): Promise<ResentSms> => {
  const { messageId, actor, requestId } = order;
  const reason = order.reason.trim();
  if (reason === '') return { outcome: 'refused', reason: '다시 보내는 사유를 넣어 주세요.' };
  const message = await ports.messages.read(messageId);
  if (message === undefined) return { outcome: 'not-found' };
  if (message.state !== 'failed' && message.state !== 'unknown') return notResendable(message.state);
  const { state, attempt = 0 } = message;
  const now = ports.clock();
  const entry = {
    at: now,
    by: actor,
    what: 'message.resent' as const,
    subject: `message#${messageId}`,
    reason,
    before: { state, attempt },
    after: { state: 'pending' },
    ...(requestId !== undefined && { requestId }),
  };
  const answer = await ports.audit.commit(entry, [ports.messages.reopening(message, now)]);
  if (answer.outcome === 'written') return { outcome: 'queued' };
  return notResendable((await ports.messages.read(messageId))?.state);
};

const notResendable = (state: MessageState | undefined): ResentSms => ({
  outcome: 'not-resendable',
  state,
  reason: '실패했거나 도착을 알 수 없는 문자만 다시 보낼 수 있습니다. 지금 상태를 다시 확인해 주세요.',
});
