/** What is asked before a decision: the same words in the dialog and on the page without script. */
import type { Confirmation } from '../../page.ts';
import { withObject } from '../../particle.ts';
import type { ApplicationModel } from './model.ts';

type Subject = Pick<ApplicationModel, 'companyName' | 'mobile'>;

const smsSentence = (mobile: string, quiet: string | undefined): string =>
  `${mobile}로 문자 1건을 보냅니다.${quiet === undefined ? '' : ` ${quiet}`}`;

export const askApprove = ({ companyName, mobile }: Subject, text: string | undefined): Confirmation => ({
  title: `${withObject(companyName)} 승인할까요?`,
  body: [
    '연동 작업을 시작하고, 끝나면 상태가 이용중으로 바뀝니다.',
    ...(text === undefined ? [] : [`연동이 끝나면 ${smsSentence(mobile, undefined)}`]),
  ],
  ...(text !== undefined && { sms: text }),
  submit: text === undefined ? '승인하기' : '승인하고 문자 보내기',
});

export const askHold = ({ companyName, mobile }: Subject, text: string, quiet?: string): Confirmation => ({
  title: '승인보류로 바꾸고 문자를 보낼까요?',
  body: [
    `${companyName}의 상태가 승인보류로 바뀌고, ${smsSentence(mobile, quiet)} 보낸 문자는 취소할 수 없습니다.`,
  ],
  sms: text,
  submit: '보류하고 문자 보내기',
});

export type LifeVerb = 'suspend' | 'resume' | 'terminate';

export const askLife = (verb: LifeVerb, { companyName, mobile }: Subject, text?: string): Confirmation => {
  const sms = text === undefined ? [] : [smsSentence(mobile, undefined)];
  const common = { asksReason: true, ...(text !== undefined && { sms: text }) };
  switch (verb) {
    case 'suspend':
      return {
        ...common,
        title: `${withObject(companyName)} 이용정지할까요?`,
        body: ['새 출고를 보관만 하고 우체국에 전송하지 않습니다. 배송 중인 택배는 계속 갱신합니다.', ...sms],
        submit: '이용정지하기',
        danger: true,
      };
    case 'resume':
      return {
        ...common,
        title: `${companyName} 이용을 재개할까요?`,
        body: ['보관한 출고를 우체국에 전송하고, 상태가 이용중으로 바뀝니다.'],
        submit: '이용재개하기',
      };
    case 'terminate':
      return {
        ...common,
        title: `${withObject(companyName)} 해지할까요?`,
        body: [
          '새 출고를 받지 않습니다. 배송 중인 택배는 끝까지 갱신합니다.',
          '보관한 우체국 비밀번호를 지웁니다. 다시 이용하려면 새로 신청해야 합니다.',
          ...sms,
        ],
        submit: '해지하기',
        danger: true,
      };
  }
};
