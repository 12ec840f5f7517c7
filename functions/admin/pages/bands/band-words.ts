/** Figures of a band as an operator reads them. */
import { waybillNumber } from '../../mask.ts';
import { day } from '../../time.ts';
import type { Forecast } from './forecast.ts';

export const countWords = (n: number): string => `${n.toLocaleString('ko')}개`;

/** `68999-0010-0001 ~ 68999-0019-9999` */
export const spanWords = ({ first, last }: { first: string; last: string }): string =>
  first === last ? waybillNumber(first) : `${waybillNumber(first)} ~ ${waybillNumber(last)}`;

/** `291개`, under ten with one decimal: `5.2개`, `0.1개 미만`. */
export const perDayWords = (forecast: Forecast): string => {
  if (forecast.outcome === 'unused') return '사용 없음';
  if (forecast.outcome === 'no-data') return '알 수 없음';
  const { perDay } = forecast;
  if (perDay < 0.1) return '0.1개 미만';
  return countWords(perDay < 10 ? Math.round(perDay * 10) / 10 : Math.round(perDay));
};

/** When the numbers end, and in how many business days. */
export const endWords = (forecast: Forecast, now: number): { on: string; in: string } => {
  if (forecast.outcome === 'unused') return { on: '알 수 없음', in: '최근 14일 동안 쓰지 않음' };
  if (forecast.outcome === 'no-data') return { on: '알 수 없음', in: `${forecast.year}년 공휴일 자료 없음` };
  const { businessDays, runsOutAt, unknownYear } = forecast;
  if (businessDays === 0) return { on: '오늘', in: '오늘 안에 모두 소진' };
  const inDays = `${businessDays.toLocaleString('ko')}영업일 뒤`;
  if (unknownYear !== undefined) return { on: inDays, in: `${unknownYear}년 공휴일 자료 없음` };
  return runsOutAt === undefined
    ? { on: '1년 뒤 이후', in: inDays }
    : { on: day(runsOutAt, now), in: inDays };
};
