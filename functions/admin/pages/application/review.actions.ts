import { type CheckName, REVIEW_CHECKS } from '../../../merchant/application.ts';
import { CHECK_LABELS } from '../../../merchant/labels.ts';
import { type Form, one, type Parsed } from '../../form.ts';
import type { Action } from '../../page.ts';
import { revealedOf } from './facts.ts';
import { actorOf, carryOut, PAGE, pathOf, versionIn } from './order.ts';

const justVersion = (form: Form): Parsed<{ version: number }> => ({
  outcome: 'input',
  input: { version: versionIn(form) },
});
const common = { role: 'review', page: PAGE } as const;

export const openAction: Action<{ version: number }> = {
  ...common,
  path: `${PAGE}/open`,
  parse: justVersion,
  perform: (context, { version }) =>
    carryOut(context, {
      command: { do: 'open' },
      version,
      field: 'decision',
      notice: () => ({ tone: 'ok', text: '검토를 시작했습니다. 담당자로 기록했습니다.' }),
    }),
};

/** 다시 점검: asks the onboarding queue. Twice: the same questions twice, nothing changes at ePost. */
export const checkAction: Action<object> = {
  ...common,
  path: `${PAGE}/check`,
  parse: () => ({ outcome: 'input', input: {} }),
  perform: async ({ ports, params, operator, now, requestId }) => {
    const application = await ports.applications.read(params['id'] ?? '');
    if (application === undefined) return { outcome: 'not-found' };
    const { applicationId } = application;
    await ports.audit.append({
      at: now,
      by: actorOf(operator),
      what: 'application.check-requested',
      subject: `application#${applicationId}`,
      requestId,
    });
    await ports.onboarding.send([{ body: { v: 1, kind: 'check', applicationId } }]);
    return {
      outcome: 'done',
      to: pathOf(applicationId),
      notice: {
        tone: 'info',
        text: '자동 점검을 다시 시작했습니다. 잠시 뒤 이 화면을 새로 고치면 결과가 보입니다.',
      },
    };
  },
};

export const confirmCheckAction: Action<{ name: CheckName; note: string; version: number }> = {
  ...common,
  path: `${PAGE}/confirm-check`,
  parse: (form) => {
    const name = REVIEW_CHECKS.find((one_) => one_ === one(form, 'check'));
    if (name === undefined)
      return {
        outcome: 'problems',
        problems: [{ field: 'main', message: '확인할 점검 항목을 골라 주세요' }],
      };
    const note = one(form, `note-${name}`).slice(0, 500);
    if (note === '')
      return {
        outcome: 'problems',
        problems: [{ field: `note-${name}`, message: '어떻게 확인했는지 적어 주세요' }],
      };
    return { outcome: 'input', input: { name, note, version: versionIn(form) } };
  },
  perform: (context, { name, note, version }) =>
    carryOut(context, {
      command: { do: 'confirm-check', name, note },
      version,
      field: `note-${name}`,
      notice: () => ({ tone: 'ok', text: `${CHECK_LABELS[name]} 항목을 직접 확인한 것으로 기록했습니다.` }),
    }),
};

export const allowDuplicateAction: Action<{ reason: string; version: number }> = {
  ...common,
  path: `${PAGE}/allow-duplicate`,
  parse: (form) => {
    const reason = one(form, 'allow').slice(0, 500);
    return reason === ''
      ? { outcome: 'problems', problems: [{ field: 'allow', message: '중복을 허용하는 사유를 적어 주세요' }] }
      : { outcome: 'input', input: { reason, version: versionIn(form) } };
  },
  perform: (context, { reason, version }) =>
    carryOut(context, {
      command: { do: 'override-duplicate', reason },
      version,
      field: 'allow',
      notice: () => ({ tone: 'ok', text: '같은 사업자번호의 신청을 허용했습니다.' }),
    }),
};

/** Written down before it is shown; a second look is a second row. */
export const revealAction: Action<{ reason: string }> = {
  ...common,
  path: `${PAGE}/reveal`,
  parse: (form) => {
    const reason = one(form, 'why').slice(0, 500);
    return reason === ''
      ? { outcome: 'problems', problems: [{ field: 'why', message: '보는 사유를 적어 주세요' }] }
      : { outcome: 'input', input: { reason } };
  },
  perform: async ({ ports, params, operator, now, requestId }, { reason }) => {
    const application = await ports.applications.read(params['id'] ?? '');
    if (application === undefined) return { outcome: 'not-found' };
    await ports.audit.append({
      at: now,
      by: actorOf(operator),
      what: 'personal-data.revealed',
      subject: `application#${application.applicationId}`,
      reason,
      after: { fields: ['contact', 'site'] },
      requestId,
    });
    return { outcome: 'show', shown: revealedOf(application) };
  },
};
