import { resend } from '../../../transmission/resend.ts';
import { many, one } from '../../form.ts';
import { whyNot } from '../../jobs/resend-step.ts';
import type { Action, ActionResult, Confirmation, Context } from '../../page.ts';
import { startJob, toJobPage } from '../../start-job.ts';
import { resendPorts, writeDown } from '../deeds.ts';
import { causeOf } from './causes.ts';
import { isOf } from './model.ts';
import { failedIds, readFailed } from './unsent.ts';

const PAGE = '/transmissions';
/** So many are done while the browser waits; more become a job. */
const AT_ONCE = 10;
/** Of one order; what is left over is still on the list afterwards. */
const MOST = 10_000;
const NONE_LEFT = '다시 보낼 출고가 없습니다. 그사이 처리됐습니다. 목록을 확인해 주세요.';

/** Chosen ones. The second time: those under way are not sent twice, those that ePost holds are left out. */
export const resendChosen: Action<readonly string[]> = {
  path: `${PAGE}/resend`,
  role: 'review',
  page: PAGE,
  parse: (form) => {
    const ids = [...new Set(many(form, 'ids'))].filter((id) => id !== '' && id.length <= 50).slice(0, MOST);
    return ids.length === 0
      ? {
          outcome: 'problems',
          problems: [{ field: 'ids', message: '다시 보낼 출고를 하나 이상 골라 주세요' }],
        }
      : { outcome: 'input', input: ids };
  },
  confirm: async (_context, ids) => askResendMany(ids.length),
  perform: (context, ids, { reason = '' }) => send(context, { ids, of: '고른 출고', reason }),
};

/** What failed for one cause, for one who must act, or at all; found when it is asked and again when it is done. */
interface Which {
  cause: string;
  who: string;
}
export const resendAllOf: Action<Which> = {
  path: `${PAGE}/resend-all`,
  role: 'review',
  page: PAGE,
  parse: (form) => ({ outcome: 'input', input: { cause: one(form, 'cause'), who: one(form, 'who') } }),
  confirm: async (context, which) => {
    const { ids } = await idsOf(context, which);
    return ids.length === 0 ? undefined : askResendMany(ids.length);
  },
  perform: async (context, which, { reason = '' }) => {
    const { ids, words } = await idsOf(context, which);
    if (ids.length === 0) return { outcome: 'conflict', message: NONE_LEFT };
    return send(context, { ids, of: words, reason });
  },
};

const idsOf = async ({ ports }: Context, { cause, who }: Which) => {
  if (cause === '' && who === '') return { ids: (await failedIds(ports, MOST)).ids, words: '실패한 출고' };
  const found = (await readFailed(ports, MOST)).shipments.filter((shipment) => isOf(shipment, cause, who));
  const [first] = found;
  const words = cause !== '' && first !== undefined ? causeOf(first).words : '실패한 출고';
  return { ids: found.map(({ shipmentId }) => shipmentId), words };
};

const count = (n: number): string => `${n.toLocaleString('ko')}건`;

export const askResendMany = (n: number): Confirmation => ({
  title: `출고 ${count(n)}을 다시 전송할까요?`,
  body: [
    '같은 운송장번호로 다시 보냅니다. 이미 접수된 건은 건너뜁니다.',
    ...(n > AT_ONCE ? ['건수가 많아 작업으로 진행합니다. 진행 화면에서 멈출 수 있습니다.'] : []),
  ],
  submit: `${count(n)} 다시 전송`,
  asksReason: true,
});

interface Order {
  ids: readonly string[];
  /** what they are, for the title and the record */
  of: string;
  reason: string;
}

const send = async (context: Context, { ids, of, reason }: Order): Promise<ActionResult> => {
  if (ids.length > AT_ONCE) {
    const title = `${of} ${count(ids.length)} 다시 전송`;
    return toJobPage(await startJob(context, { kind: 'resend', title, reason, ids }));
  }
  const results = await resend(resendPorts(context.ports), ids);
  const whys = results.flatMap((result) => whyNot(result) ?? []);
  const queued = results.flatMap(({ outcome, shipmentId }) => (outcome === 'queued' ? [shipmentId] : []));
  if (queued.length === 0) return { outcome: 'conflict', message: NONE_LEFT };
  await writeDown(context, {
    what: 'shipment.resent',
    subject: queued.length === 1 ? `shipment#${queued[0]}` : `shipments#${queued.length}`,
    reason,
    after: { shipmentIds: queued },
  });
  const left =
    whys.length === 0 ? '' : ` ${count(whys.length)}은 보내지 않았습니다: ${[...new Set(whys)].join(', ')}.`;
  return {
    outcome: 'done',
    to: PAGE,
    notice: {
      tone: whys.length === 0 ? 'ok' : 'warn',
      text: `${count(queued.length)}을 다시 전송할 목록에 넣었습니다. 2분 안에 우체국에 보냅니다.${left}`,
    },
  };
};

export const resendActions = [resendChosen, resendAllOf];
