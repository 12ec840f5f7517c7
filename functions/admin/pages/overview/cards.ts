/** The four cards under the list: how each part of the service does, in a word and one figure. */
import { needsSomebody } from '../bands/band-row.ts';
import { ago, hourMinute, minutes } from '../../time.ts';
import { BAND_WORDS, HEALTH_WORDS, LOOK_WORD, NOT_KNOWN_WORD, type Word } from '../../vocabulary.ts';
import type { Facts } from './facts.ts';

export interface CardModel {
  key: string;
  title: string;
  word: Word;
  value: string;
  /** after the value, smaller */
  of: string;
  line: string;
  /** of the bar */
  percent?: number;
  href: string;
  link: string;
}

const MINUTE = 60_000;
const LATE_MS = 15 * MINUTE;
/** The promise to the shops. */
const PROMISE_MS = 20 * MINUTE;
const DAY_MS = 86_400_000;
const count = (n: number): string => n.toLocaleString('ko');

export const cardsOf = (facts: Facts): CardModel[] => [
  transmission(facts),
  tracking(facts),
  numbers(facts),
  deadLetters(facts),
];

const NOT_READ = { word: NOT_KNOWN_WORD, value: '-', of: '', line: '확인하지 못했습니다.' };

const transmission = ({ transmitting }: Facts): CardModel => {
  const card = { key: 'tx', title: '전송', href: '/transmissions', link: '대기·실패 보기' };
  if (transmitting === undefined) return { ...card, ...NOT_READ };
  const { unsent, oldestAge, cut } = transmitting;
  const code = oldestAge > PROMISE_MS ? 'stopped' : oldestAge > LATE_MS ? 'late' : 'normal';
  return {
    ...card,
    word: HEALTH_WORDS[code],
    value: `${count(unsent)}건${cut ? ' 넘게' : ''}`,
    of: '대기',
    line:
      unsent === 0
        ? '기다리는 출고가 없습니다 · 약속 20분 이내'
        : `가장 오래된 대기 ${minutes(oldestAge)} · 약속 20분 이내`,
    percent: Math.min(100, Math.round((oldestAge / PROMISE_MS) * 100)),
  };
};

const tracking = ({ sync, now }: Facts): CardModel => {
  const card = { key: 'sync', title: '배송상태 갱신', href: '/syncs', link: '실행 기록 보기' };
  if (sync === undefined) return { ...card, ...NOT_READ };
  const next =
    sync.nextAt === undefined ? '' : `다음 실행 ${hourMinute(sync.nextAt)}(${ago(sync.nextAt, now)})`;
  if (sync.health === undefined)
    return { ...card, word: NOT_KNOWN_WORD, value: '없음', of: '', line: '아직 실행한 적이 없습니다.' };
  const { code, lastDoneAt } = sync.health;
  return {
    ...card,
    word: HEALTH_WORDS[code],
    value: lastDoneAt === undefined ? '없음' : hourMinute(lastDoneAt),
    of:
      lastDoneAt === undefined
        ? '성공한 실행'
        : now - lastDoneAt > DAY_MS
          ? `마지막, ${ago(lastDoneAt, now)}`
          : '마지막',
    line: [`${count(sync.asked)}건 확인`, next].filter(Boolean).join(' · '),
  };
};

const numbers = ({ bands }: Facts): CardModel => {
  const card = { key: 'band', title: '운송장번호', href: '/bands', link: '대역 보기' };
  if (bands === undefined) return { ...card, ...NOT_READ };
  const worst = bands.find(({ pool }) => pool !== undefined);
  if (worst?.pool === undefined)
    return { ...card, word: NOT_KNOWN_WORD, value: '없음', of: '', line: '등록한 대역이 없습니다.' };
  const low = bands.filter(needsSomebody).length;
  return {
    ...card,
    word: BAND_WORDS[worst.code],
    value: `${worst.pool.percent}%`,
    of: worst.shop,
    line: `${low === 0 ? '부족한 쇼핑몰이 없습니다' : `번호를 살펴야 할 쇼핑몰 ${count(low)}곳`} · 전체 ${count(bands.length)}곳`,
    percent: worst.pool.percent,
  };
};

const deadLetters = ({ queues }: Facts): CardModel => {
  const card = { key: 'dlq', title: '실패 보관함', href: '/dlq', link: '보관함 보기' };
  if (queues === undefined) return { ...card, ...NOT_READ };
  const full = queues.filter(({ waiting }) => waiting > 0);
  const days = Math.round((queues[0]?.keptMs ?? 0) / DAY_MS);
  return {
    ...card,
    word: full.length === 0 ? HEALTH_WORDS.normal : LOOK_WORD,
    value: `${count(full.reduce((sum, { waiting }) => sum + waiting, 0))}건`,
    of: full.length > 1 ? `대기열 ${count(full.length)}곳` : (full[0]?.label ?? ''),
    line:
      full.length === 0
        ? '보관함이 비어 있습니다'
        : `${full.map(({ label, waiting }) => `${label} ${count(waiting)}`).join(' · ')} · ${days}일 보관`,
  };
};
