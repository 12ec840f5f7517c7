import type { Message } from '../../../notification/message.ts';
import { quietNotice } from '../../../notification/quiet-hours.ts';
import { resendSms } from '../../../notification/resend.ts';
import { maskPhone } from '../../mask.ts';
import type { Action, Confirmation } from '../../page.ts';
import { actorOf } from '../deeds.ts';
import type { MessageRow } from './row.ts';

const PAGE = '/messages/:id';

/** Only what did not arrive, as far as anybody knows. */
export const isResendable = ({ state }: Pick<Message, 'state'>): boolean =>
  state === 'failed' || state === 'unknown';

export const askResendSms = (
  { state, number, text }: Pick<MessageRow, 'state' | 'number' | 'text'>,
  now: number,
): Confirmation => {
  const quiet = quietNotice(now);
  return {
    title: '문자를 다시 보낼까요?',
    body: [
      `${number}로 아래 문자 1건을 한 번 더 보냅니다. 보낸 문자는 취소할 수 없습니다.`,
      state === 'unknown'
        ? '앞서 보낸 문자가 도착했는지 알 수 없습니다. 판매자가 이미 받았다면 같은 문자를 두 번 받습니다.'
        : '앞서 보낸 문자는 나가지 않았습니다.',
      '문자는 결정 하나에 많아야 한 번 나가고, 자동으로 다시 보내지 않습니다. 사유를 남길 때만 한 번 더 보냅니다.',
      ...(quiet === undefined ? [] : [quiet]),
    ],
    sms: text,
    submit: '다시 보내기',
    asksReason: true,
  };
};

/** The second time: it waits already, so it is a conflict and nothing more goes out. */
export const resendSmsAction: Action<null> = {
  path: `${PAGE}/resend`,
  role: 'review',
  page: PAGE,
  parse: () => ({ outcome: 'input', input: null }),
  confirm: async ({ ports, params, now }) => {
    const message = await ports.messages.read(params['id'] ?? '');
    return message !== undefined && isResendable(message)
      ? askResendSms({ ...message, number: maskPhone(message.to) }, now)
      : undefined;
  },
  perform: async (context, _input, { reason = '' }) => {
    const { ports, now, requestId } = context;
    const messageId = context.params['id'] ?? '';
    const resent = await resendSms(ports, { messageId, actor: actorOf(context), reason, requestId });
    switch (resent.outcome) {
      case 'not-found':
        return { outcome: 'not-found' };
      case 'refused':
      case 'not-resendable':
        return { outcome: 'conflict', message: resent.reason };
      case 'queued':
        return {
          outcome: 'done',
          to: `/messages/${encodeURIComponent(messageId)}`,
          notice: {
            tone: 'ok',
            text: `다시 보낼 문자에 넣었습니다. ${quietNotice(now) ?? '1분 안에 보냅니다.'}`,
          },
        };
    }
  },
};
