/** What keeps parcels from being told, numbered or followed. */
import { hourMinute, minutes } from '../../time.ts';
import { needsSomebody } from '../bands/band-row.ts';
import { countWords, perDayWords } from '../bands/band-words.ts';
import { causesSentence } from '../transmissions/causes.ts';
import { count, names, type Rule } from './todo-rule.ts';

export const failed: Rule = ({ failed: found }) => {
  if (found === undefined || found.count === 0) return undefined;
  const triedOut = found.causes.every(({ key }) => key.startsWith('ATTEMPTS'));
  return {
    key: 'tx-failed',
    tone: 'bad',
    icon: 'cross',
    text: `전송하지 못한 출고정보가 ${count(found.count)}건${found.cut ? ' 넘게' : ''} 있습니다`,
    detail: `${triedOut ? '자동 재시도가 모두 끝났습니다.' : '자동으로는 더 보내지 않습니다.'} 원인: ${causesSentence(
      found.causes.slice(0, 3),
    )}${found.causes.length > 3 ? ' 등' : ''}`,
    href: '/transmissions?tab=failed',
    button: '실패 내용 보기',
  };
};

export const late: Rule = ({ transmitting }) =>
  transmitting === undefined || transmitting.late === 0
    ? undefined
    : {
        key: 'tx-late',
        tone: 'bad',
        icon: 'triangle',
        text: `전송이 20분을 넘긴 출고가 ${count(transmitting.late)}건 있습니다`,
        detail: `가장 오래된 대기 ${minutes(transmitting.oldestAge)}`,
        href: `/transmissions?tab=${transmitting.pending > 0 ? 'pending' : 'retrying'}`,
        button: '전송 보기',
      };

export const deadLetters: Rule = ({ queues = [] }) => {
  const full = queues.filter(({ waiting }) => waiting > 0);
  const total = full.reduce((sum, { waiting }) => sum + waiting, 0);
  const [first] = full;
  return (
    first && {
      key: 'dlq',
      tone: 'bad',
      icon: 'cross',
      text: `실패 보관함에 ${count(total)}건이 있습니다`,
      detail: full.map(({ label, waiting }) => `${label} ${count(waiting)}건`).join(', '),
      href: full.length === 1 ? `/dlq/${encodeURIComponent(first.name)}` : '/dlq',
      button: '보관함 보기',
    }
  );
};

export const bands: Rule = ({ bands: all = [] }) => {
  const low = all.filter(needsSomebody);
  const [worst] = low;
  if (worst === undefined) return undefined;
  const { pool, code, shop } = worst;
  const days = pool?.forecast.outcome === 'known' ? pool.forecast.businessDays : undefined;
  const perDay = pool?.forecast.outcome === 'known' ? `하루 평균 ${perDayWords(pool.forecast)} 사용` : '';
  const ends = days === 0 ? '오늘 안에' : days === undefined ? undefined : `약 ${count(days)}영업일 뒤`;
  const sentence =
    code === 'empty'
      ? '운송장번호를 모두 썼습니다'
      : code === 'frozen'
        ? '운송장번호를 쓰지 못하게 막아 두었습니다'
        : ends === undefined
          ? `운송장번호가 ${countWords(pool?.available ?? 0)} 남았습니다`
          : `운송장번호가 ${ends} 모두 소진됩니다`;
  const left = pool === undefined ? '' : `${countWords(pool.available)} 남음(${pool.percent}%)`;
  const others = low.length > 1 ? `그 밖에 ${count(low.length - 1)}곳` : '';
  return {
    key: 'band',
    tone: code === 'low' ? 'warn' : 'bad',
    icon: 'triangle',
    text: sentence,
    detail: [`${shop} 대역`, left, perDay, others].filter(Boolean).join(' · '),
    href: worst.path,
    button: code === 'frozen' ? '대역 보기' : '대역 추가하기',
  };
};

export const sync: Rule = ({ sync: found, now }) => {
  if (found?.health === undefined || found.health.code === 'normal') return undefined;
  const { code, lastDoneAt } = found.health;
  const hours = Math.floor((now - (lastDoneAt ?? found.firstAt)) / 3_600_000);
  return {
    key: 'sync',
    tone: code === 'stopped' ? 'bad' : 'warn',
    icon: 'triangle',
    text: `배송상태 갱신이 ${count(hours)}시간째 끝나지 않았습니다`,
    detail:
      lastDoneAt === undefined ? '아직 성공한 실행이 없습니다' : `마지막 성공 ${hourMinute(lastDoneAt)}`,
    href: '/syncs',
    button: '실행 기록 보기',
  };
};

export const paused: Rule = ({ paused: shops = [] }) => {
  const [first] = shops;
  return (
    first && {
      key: 'suspended',
      tone: 'warn',
      icon: 'pause',
      text: `전송이 멈춘 쇼핑몰이 ${count(shops.length)}곳 있습니다`,
      detail: `${names(shops)} · ${first.why}`,
      href: first.href,
      button: '확인하기',
    }
  );
};
