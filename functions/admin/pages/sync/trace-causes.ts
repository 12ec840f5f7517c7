/** Why a question about a parcel had no answer, in an operator's words. */
import { causeWords } from '../cause-words.ts';

const CAUSES: Readonly<Record<string, string>> = {
  quota: '오늘 조회 횟수를 모두 씀',
  unknown: '알아볼 수 없는 응답',
  unreachable: '우체국 연결 실패',
};

/** @param cause as the round noted it: an ending of the call, or ePost's own code */
export const traceCauseWords = (cause: string): string => CAUSES[cause] ?? causeWords(cause);
