import { textIfDeserved } from '../../../notification/deserving.ts';
import type { SmsSettings } from '../../../notification/deserving.ts';
import type { Command } from '../../../merchant/moves.ts';
import { one } from '../../form.ts';
import { maskPhone } from '../../mask.ts';
import type { Action, Notice } from '../../page.ts';
import { withObject } from '../../particle.ts';
import { carryOut, PAGE, versionIn } from './order.ts';
import { askLife, type LifeVerb } from './questions.ts';

const textFor = (verb: LifeVerb, sms: SmsSettings): string | undefined =>
  verb === 'resume' ? undefined : textIfDeserved(verb === 'suspend' ? 'stopped' : 'ended', sms);

const commandOf = (verb: LifeVerb, reason: string, smsText: string | undefined): Command =>
  verb === 'resume' ? { do: verb, reason } : { do: verb, reason, ...(smsText !== undefined && { smsText }) };

const SAID: Readonly<Record<LifeVerb, (company: string) => Notice>> = {
  suspend: (company) => ({ tone: 'ok', text: `${withObject(company)} 이용정지로 바꿨습니다.` }),
  resume: (company) => ({ tone: 'ok', text: `${company} 이용을 재개했습니다. 보관한 출고를 전송합니다.` }),
  terminate: (company) => ({ tone: 'ok', text: `${withObject(company)} 해지했습니다.` }),
};

/** 이용정지, 이용재개, 해지: each asks for its reason first. */
const lifeAction = (verb: LifeVerb): Action<{ version: number }> => ({
  path: `${PAGE}/${verb}`,
  role: 'review',
  page: PAGE,
  parse: (form) => ({ outcome: 'input', input: { version: versionIn(form) } }),
  confirm: async ({ ports, params }) => {
    const application = await ports.applications.read(params['id'] ?? '');
    if (application === undefined) return undefined;
    const { companyName, contact } = application;
    return askLife(verb, { companyName, mobile: maskPhone(contact.mobile) }, textFor(verb, ports.sms));
  },
  perform: (context, { version }, { reason = '' }) =>
    carryOut(context, {
      command: commandOf(verb, reason, textFor(verb, context.ports.sms)),
      version,
      field: 'main',
      notice: ({ companyName }) => SAID[verb](companyName),
    }),
});
export const lifeActions = (['suspend', 'resume', 'terminate'] as const).map(lifeAction);

export const assignAction: Action<{ version: number; mine: boolean }> = {
  path: `${PAGE}/assign`,
  role: 'review',
  page: PAGE,
  parse: (form) => ({
    outcome: 'input',
    input: { version: versionIn(form), mine: one(form, 'to') === 'me' },
  }),
  perform: (context, { version, mine }) => {
    const { id, name } = context.operator;
    return carryOut(context, {
      command: { do: 'assign', to: mine ? { id, name } : null },
      version,
      field: 'main',
      notice: () => ({
        tone: 'ok',
        text: mine ? '이 신청의 담당자가 됐습니다.' : '담당자에서 빠졌습니다.',
      }),
    });
  },
};
