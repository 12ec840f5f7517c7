/** Why shipments stand still, and who can mend it. */
import type { MustAct } from '../../../events.ts';
import type { ListedShipment } from '../../../shipment/listing.store.ts';
import { causeWords, refusalWords, waitingWords } from '../cause-words.ts';

/** `key` names the cause in addresses and forms. */
export interface Cause {
  key: string;
  words: string;
  who: MustAct;
}
export interface CauseCount extends Cause {
  count: number;
}
type Standing = Pick<ListedShipment, 'state' | 'cause' | 'refusal' | 'waitingFor'>;

/** Of a refused or parked one. */
export const causeOf = ({ refusal, cause }: Standing): Cause => {
  if (refusal === undefined) return { key: 'none', words: '원인을 알 수 없음', who: 'operator' };
  const { code, field, mustAct } = refusal;
  // Every attempt was without an answer: what kept it away says more than that.
  if (code === 'ATTEMPTS' && cause !== undefined)
    return { key: `${code}.${cause}`, words: causeWords(cause), who: mustAct };
  return {
    key: field === undefined ? code : `${code}.${field}`,
    words: refusalWords(refusal),
    who: mustAct,
  };
};

/** Why one that is under way has not arrived yet; '' where it only waits its turn. */
export const delayWords = ({ state, cause, waitingFor }: Standing): string => {
  if (state === 'waiting') return waitingWords(waitingFor ?? '');
  return (state === 'retrying' || state === 'unknown') && cause !== undefined ? causeWords(cause) : '';
};

/** Most frequent first. */
export const countCauses = (shipments: readonly Standing[]): CauseCount[] => {
  const counts = new Map<string, CauseCount>();
  for (const shipment of shipments) {
    const cause = causeOf(shipment);
    counts.set(cause.key, { ...cause, count: (counts.get(cause.key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.words < b.words ? -1 : 1));
};

/** `우체국 응답 시간 초과 2건, 승인번호 불일치 1건` */
export const causesSentence = (causes: readonly Pick<CauseCount, 'words' | 'count'>[]): string =>
  causes.map(({ words, count }) => `${words} ${count.toLocaleString('ko')}건`).join(', ');

/** Who must act, and what on. */
export const WHO: Readonly<Record<MustAct, { label: string; does: string }>> = {
  merchant: { label: '판매자', does: '주문 정보나 계약 정보를 고친 뒤 다시 전송' },
  operator: { label: '운영자', does: '우체국 접수 내역이나 설정을 확인한 뒤 다시 전송' },
  developer: { label: '개발팀', does: '요청을 고친 뒤 다시 전송' },
  nobody: { label: '기다림', does: '우체국이 복구되면 다시 전송' },
};
const WHO_ORDER: readonly MustAct[] = ['operator', 'merchant', 'developer', 'nobody'];

export const countWho = (causes: readonly CauseCount[]): { who: MustAct; count: number }[] =>
  WHO_ORDER.flatMap((who) => {
    const count = causes.reduce((sum, cause) => sum + (cause.who === who ? cause.count : 0), 0);
    return count === 0 ? [] : [{ who, count }];
  });
