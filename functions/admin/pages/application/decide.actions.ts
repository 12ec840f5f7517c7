import { HOLD_REASONS, type HoldReason } from '../../../merchant/application.ts';
import { holdText, textIfDeserved } from '../../../notification/deserving.ts';
import { quietNotice } from '../../../notification/quiet-hours.ts';
import { checkSmsText } from '../../../notification/sms-text.ts';
import { maskPhone } from '../../mask.ts';
import { type Form, many, one, type Parsed, type Problem } from '../../form.ts';
import type { Action, Context } from '../../page.ts';
import { withObject } from '../../particle.ts';
import { wantedText } from './hold-text.ts';
import { carryOut, PAGE, versionIn } from './order.ts';
import { askApprove, askHold } from './questions.ts';

interface Hold {
  decision: 'hold';
  version: number;
  reasons: HoldReason[];
  note: string;
  memo: string;
  /** the proposal the page was drawn with: a memo equal to it was not edited */
  made: string;
}
type Decision = Hold | { decision: 'approve'; version: number };

const reasonsIn = (form: Form): HoldReason[] => {
  const given = many(form, 'reasons');
  return HOLD_REASONS.filter((reason) => given.includes(reason));
};

const MOST_NOTE = 500;

const parse = (form: Form): Parsed<Decision> => {
  const version = versionIn(form);
  const decision = one(form, 'decision');
  if (decision === 'approve') return { outcome: 'input', input: { decision, version } };
  if (decision !== 'hold')
    return {
      outcome: 'problems',
      problems: [{ field: 'decision', message: '승인이나 승인보류를 선택해 주세요' }],
    };
  const [note, memo, made] = [one(form, 'note'), one(form, 'memo'), one(form, 'made')];
  const hold: Hold = { decision, version, reasons: reasonsIn(form), note, memo, made };
  const problems = problemsOf(hold);
  return problems.length > 0 ? { outcome: 'problems', problems } : { outcome: 'input', input: hold };
};

const problemsOf = ({ reasons, note, memo, made }: Hold): Problem[] => {
  const untouched = memo === made && reasons.length > 0;
  const text = checkSmsText(memo);
  return [
    ...(reasons.length === 0 ? [{ field: 'reasons', message: '보류 사유를 하나 이상 선택해 주세요' }] : []),
    ...(reasons.includes('other') && note === ''
      ? [{ field: 'note', message: '무엇을 확인해야 하는지 자세한 안내에 적어 주세요' }]
      : []),
    ...(note.length > MOST_NOTE
      ? [{ field: 'note', message: `자세한 안내를 ${MOST_NOTE}자 안으로 줄여 주세요` }]
      : []),
    ...(memo === '' && !untouched
      ? [{ field: 'memo', message: '판매자에게 보낼 안내를 적어 주세요' }]
      : text.outcome === 'refused' && !untouched
        ? [{ field: 'memo', message: text.reason }]
        : []),
  ];
};

const readSubject = async ({ ports, params }: Context) => {
  const application = await ports.applications.read(params['id'] ?? '');
  if (application === undefined) return undefined;
  return { companyName: application.companyName, mobile: maskPhone(application.contact.mobile) };
};

export const decideAction: Action<Decision> = {
  path: `${PAGE}/decide`,
  role: 'review',
  page: PAGE,
  parse,
  confirm: async (context, input) => {
    const subject = await readSubject(context);
    if (subject === undefined) return undefined;
    const { sms } = context.ports;
    return input.decision === 'approve'
      ? askApprove(subject, textIfDeserved('approved', sms))
      : askHold(subject, wantedText(input, sms), quietNotice(context.now));
  },
  perform: (context, input) =>
    input.decision === 'approve' ? approve(context, input) : hold(context, input),
};

const approve = (context: Context, { version }: { version: number }) => {
  const smsText = textIfDeserved('approved', context.ports.sms);
  return carryOut(context, {
    command: { do: 'approve', ...(smsText !== undefined && { smsText }) },
    version,
    field: 'decision',
    goesOn: true,
    notice: ({ companyName }) => ({
      tone: 'ok',
      text: `${withObject(companyName)} 승인하고 연동 작업을 시작했습니다. 끝나면 이용중으로 바뀝니다.`,
    }),
  });
};

const hold = (context: Context, input: Hold) => {
  const { reasons, note, version } = input;
  const smsText = wantedText(input, context.ports.sms);
  const quiet = quietNotice(context.now);
  return carryOut(context, {
    command: { do: 'hold', reasons, smsText, ...(note !== '' && { note }) },
    version,
    field: 'memo',
    goesOn: true,
    notice: ({ companyName }) => ({
      tone: 'ok',
      text:
        quiet === undefined
          ? `${withObject(companyName)} 승인보류로 바꾸고 문자를 보냈습니다.`
          : `${withObject(companyName)} 승인보류로 바꿨습니다. ${quiet}`,
    }),
  });
};

/** 문구 다시 만들기: the text the chosen reasons call for; nothing else of the form changes, nothing is stored. */
export const wordsAction: Action<Form> = {
  path: `${PAGE}/words`,
  role: 'review',
  page: PAGE,
  parse: (form) =>
    reasonsIn(form).length === 0
      ? {
          outcome: 'problems',
          problems: [{ field: 'reasons', message: '보류 사유를 하나 이상 선택해 주세요' }],
        }
      : { outcome: 'input', input: form },
  perform: async ({ ports }, form) => {
    const text = holdText(reasonsIn(form), ports.sms);
    return { outcome: 'show', shown: {}, typed: { ...form, decision: ['hold'], memo: [text], made: [text] } };
  },
};
