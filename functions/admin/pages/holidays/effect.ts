/** What a change of the calendar means for applications that wait for a decision. */
import { UNDECIDED } from '../../../merchant/application.ts';
import { everyApplication } from '../../../merchant/every-application.ts';
import { koreanDay } from '../../../shipment/korean-day.ts';
import type { Ports } from '../../ports.ts';
import { day as dayText } from '../../time.ts';

/** Looked through at most; more are told as more. */
const MOST_READ = 2000;
const NAMED = 5;

/**
 * Sentences for the question. Due dates stay as they were promised, so nothing moves by itself: what changes is how
 * many business days are shown as left, and how later applications are counted.
 */
export const effectOf = async (
  { applications }: Pick<Ports, 'applications'>,
  day: string,
  now: number,
): Promise<string[]> => {
  const within: string[] = [];
  let read = 0;
  for await (const { companyName, submittedAt, dueAt } of everyApplication(
    { list: applications.list },
    UNDECIDED,
  )) {
    if (isBetween(day, submittedAt, dueAt)) within.push(`${companyName}(기한 ${dayText(dueAt, now)})`);
    read += 1;
    if (read === MOST_READ) break;
  }
  return [
    '이미 정한 승인 기한은 옮기지 않습니다. 판매자에게 알린 날짜이기 때문입니다.',
    within.length === 0
      ? '이 날이 기한 안에 든 처리 중 신청은 없습니다.'
      : `이 날이 기한 안에 든 처리 중 신청 ${within.length}건은 기한이 그대로이고 남은 영업일 표시만 달라집니다: ${namesOf(within)}.`,
    '앞으로 받는 신청은 바뀐 공휴일로 기한을 정합니다. 모든 화면에 1분 안에 반영합니다.',
  ];
};

const isBetween = (day: string, submittedAt: number, dueAt: number): boolean => {
  const plain = day.replaceAll('-', '');
  return plain > koreanDay(submittedAt) && plain <= koreanDay(dueAt);
};

const namesOf = (names: readonly string[]): string =>
  names.length <= NAMED
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} 외 ${names.length - NAMED}건`;
