/** What the automatic checks of an application say together. */
import { type Application, checkOf, isSettled, REVIEW_CHECKS } from '../../../merchant/application.ts';
import { CHECK_WORDS, type Word } from '../../vocabulary.ts';

export interface ChecksSummary {
  total: number;
  /** failed, or could not be run, and nobody has looked */
  open: number;
  /** not answered yet */
  running: number;
  /** `6개 모두 통과`, `6개 중 2개 확인 필요`, `점검 중` */
  words: string;
  word: Word;
}

export const summaryOf = (application: Pick<Application, 'checks'>): ChecksSummary => {
  const total = REVIEW_CHECKS.length;
  const running = REVIEW_CHECKS.filter((name) => checkOf(application, name) === undefined).length;
  const settled = REVIEW_CHECKS.filter((name) => isSettled(checkOf(application, name))).length;
  const open = total - running - settled;
  const says = (words: string, word: Word) => ({ total, open, running, words, word });
  if (open > 0) return says(`${total}개 중 ${open}개 확인 필요`, CHECK_WORDS.failed);
  if (running === total) return says('점검 중', CHECK_WORDS.running);
  if (running > 0) return says(`${running}개 점검 중`, CHECK_WORDS.running);
  return says(`${total}개 모두 통과`, CHECK_WORDS.passed);
};
