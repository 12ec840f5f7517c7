import type { Action, ActionResult, Confirmation, Context } from '../../page.ts';
import { writeDown } from '../deeds.ts';
import { readQuota, type Quota, SYNC_SUBJECT, syncNow } from './sync-now.ts';

const PATH = '/syncs';

export const askSync = (quota: Quota | undefined): Confirmation => ({
  title: '배송상태를 지금 갱신할까요?',
  body: [
    '배송 중인 모든 출고를 우체국에 묻고, 바뀐 것을 주문서에 반영합니다. 다음 자동 실행은 그대로입니다.',
    ...(quota === undefined
      ? []
      : [
          `오늘 남은 조회 ${(quota.daily - quota.used).toLocaleString('ko')}회 가운데 ${quota.forNow.toLocaleString('ko')}회까지 씁니다.`,
        ]),
  ],
  submit: '지금 갱신',
  asksReason: true,
});

/**
 * Has a round begun beside the schedule. The second time: refused while the first is on its way or at work; should two
 * be asked for at the very same moment, the later one finds the other at work and does nothing.
 */
export const syncNowAction: Action<null> = {
  path: `${PATH}/now`,
  role: 'review',
  page: PATH,
  parse: () => ({ outcome: 'input', input: null }),
  confirm: async (context) => {
    const { can, quota } = await readNow(context);
    return can.may ? askSync(quota) : undefined;
  },
  perform: async (context, _input, { reason }): Promise<ActionResult> => {
    const { ports, operator } = context;
    const { can, quota, latest } = await readNow(context);
    if (!can.may) return { outcome: 'conflict', message: can.says };
    await ports.tracking.send([{ body: { v: 1, kind: 'start', by: operator.name.slice(0, 100) } }]);
    await writeDown(context, {
      what: 'sync.asked',
      subject: SYNC_SUBJECT,
      reason,
      before: { lastRun: latest?.runId ?? null, ...(quota && { quotaUsed: quota.used }) },
      after: { queued: true, ...(quota && { mayUse: quota.forNow }) },
    });
    return {
      outcome: 'done',
      to: PATH,
      notice: { tone: 'ok', text: '배송상태 갱신을 시작했습니다. 곧 아래 목록에 나타납니다.' },
    };
  },
};

const readNow = async ({ ports, now }: Context) => {
  const [[latest], [asked], quota] = await Promise.all([
    ports.runs.latest(1),
    ports.audit.of(SYNC_SUBJECT, 1),
    readQuota(ports, now),
  ]);
  return { latest, quota, can: syncNow(latest, asked, quota, now) };
};
