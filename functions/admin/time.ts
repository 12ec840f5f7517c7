/** Moments as the console shows them: always Korean time. Every function takes epoch ms. */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const KST_MS = 9 * HOUR_MS;
const WEEKDAYS = '일월화수목금토';
const relative = new Intl.RelativeTimeFormat('ko', { numeric: 'auto' });

const two = (n: number): string => String(n).padStart(2, '0');
/** A date whose UTC fields are the Korean wall clock: no time zone data needed, Korea has no summer time. */
const korean = (at: number): Date => new Date(at + KST_MS);
const dayNumber = (at: number): number => Math.floor((at + KST_MS) / DAY_MS);
const yearOf = (at: number): number => korean(at).getUTCFullYear();

/** `11.23(월)`, with the year when it is not the year of `now`: `2025.11.23(일)`. */
export const day = (at: number, now: number): string => {
  const date = korean(at);
  const year = yearOf(at) === yearOf(now) ? '' : `${yearOf(at)}.`;
  return `${year}${date.getUTCMonth() + 1}.${two(date.getUTCDate())}(${WEEKDAYS[date.getUTCDay()]})`;
};
/** `11월 24일(화)` */
export const dayInWords = (at: number): string => {
  const date = korean(at);
  return `${date.getUTCMonth() + 1}월 ${date.getUTCDate()}일(${WEEKDAYS[date.getUTCDay()]})`;
};
/** `14:20` */
export const hourMinute = (at: number): string =>
  `${two(korean(at).getUTCHours())}:${two(korean(at).getUTCMinutes())}`;
/** `11.24(화) 14:20` */
export const moment = (at: number, now: number): string => `${day(at, now)} ${hourMinute(at)}`;
/** `11.24(화) 14:20:05`, for a timeline where order matters */
export const momentSeconds = (at: number, now: number): string =>
  `${moment(at, now)}:${two(korean(at).getUTCSeconds())}`;
/** `2026.11.24(화) 14:20`, for paper */
export const momentOnPaper = (at: number): string => `${yearOf(at)}.${moment(at, at)}`;

/** `9분 전`, `21시간 전`, `어제`, `40분 후`: minutes and hours within a day, then days of the calendar. */
export const ago = (at: number, now: number): string => {
  const away = Math.abs(at - now);
  const sign = at < now ? -1 : 1;
  if (away < MINUTE_MS) return '방금';
  if (away < HOUR_MS) return relative.format(sign * Math.floor(away / MINUTE_MS), 'minute');
  if (away < DAY_MS) return relative.format(sign * Math.floor(away / HOUR_MS), 'hour');
  return relative.format(dayNumber(at) - dayNumber(now), 'day');
};
/** `6분 12초`, `2시간 18분`, `3일 4시간`: the two largest units. */
export const span = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600)];
  const [minutes, rest] = [Math.floor((seconds % 3600) / 60), seconds % 60];
  const pair = (a: number, nameA: string, b: number, nameB: string) =>
    b === 0 ? `${a}${nameA}` : `${a}${nameA} ${b}${nameB}`;
  if (days > 0) return pair(days, '일', hours, '시간');
  if (hours > 0) return pair(hours, '시간', minutes, '분');
  return minutes > 0 ? pair(minutes, '분', rest, '초') : `${rest}초`;
};
/** As `span`, whole minutes from the first minute on: for what is looked at again and again. */
export const minutes = (ms: number): string => span(ms < MINUTE_MS ? ms : ms - (ms % MINUTE_MS));

/** `1영업일 지남`, `오늘까지`, `2영업일 남음`: of `BusinessCalendar.daysLeft`. */
export const dueWords = (daysLeft: number): string =>
  daysLeft === 0 ? '오늘까지' : daysLeft < 0 ? `${-daysLeft}영업일 지남` : `${daysLeft}영업일 남음`;
