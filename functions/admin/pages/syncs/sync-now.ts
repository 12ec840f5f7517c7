/** Whether a round may be begun now; a sentence where not. */
import type { AuditRow } from '../../../audit/audit.ts';
import type { Run } from '../../../tracking/run.ts';
import { askedBudget } from '../../../tracking/whom-to-ask.ts';
import type { Ports } from '../../ports.ts';
import { koreanDay } from '../../../shipment/korean-day.ts';
import type { Doable } from '../shipment/can-do.ts';
import { isUnderWay, runCode } from './run-row.ts';

export interface Quota {
  used: number;
  daily: number;
  /** calls a round begun now could make */
  forNow: number;
}
/** Subject of the audit rows of rounds asked for by hand. */
export const SYNC_SUBJECT = 'sync#all';

/** Undefined: the tracking service has no quota. */
export const readQuota = async (
  { quota, roundEveryMs }: Pick<Ports, 'quota' | 'roundEveryMs'>,
  now: number,
): Promise<Quota | undefined> => {
  const { daily, source } = quota;
  if (daily === undefined) return undefined;
  const used = await quota.used(source, koreanDay(now));
  return { used, daily, forNow: askedBudget(daily, used, now, roundEveryMs) };
};

/** A message takes this long at most until its round has a record. */
const ON_ITS_WAY_MS = 2 * 60_000;

export const syncNow = (
  latest: Run | undefined,
  asked: Pick<AuditRow, 'at' | 'by'> | undefined,
  quota: Quota | undefined,
  now: number,
): Doable => {
  const no = (says: string): Doable => ({ may: false, says });
  const code = latest && runCode(latest, now);
  if (code === 'waiting')
    return no('우체국이 응답하지 않아 기다리는 실행이 있습니다. 10분마다 이어서 확인합니다.');
  if (code !== undefined && isUnderWay(code))
    return no('실행이 진행 중입니다. 끝난 뒤에 다시 시작할 수 있습니다.');
  if (asked !== undefined && now - asked.at < ON_ITS_WAY_MS && (latest?.startedAt ?? 0) < asked.at)
    return no(`방금 ${asked.by.name} 님이 시작했습니다. 곧 목록에 나타납니다.`);
  if (quota?.forNow === 0)
    return no(
      `오늘 쓸 수 있는 조회 ${quota.daily.toLocaleString('ko')}회를 모두 썼습니다. 내일 0시부터 다시 시작할 수 있습니다.`,
    );
  return { may: true, says: '배송 중인 모든 출고를 지금 확인합니다. 다음 자동 실행은 그대로입니다.' };
};
