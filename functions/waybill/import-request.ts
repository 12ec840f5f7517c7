/** Checks numbers an operator wants to import: explicit numbers, or a first–last run stated to be complete. */
import { WAYBILL_NUMBER } from './pool.ts';

export type ImportRequest =
  { kind: 'list'; numbers: readonly string[] } | { kind: 'run'; first: string; last: string };

/** One block item holds them all, so an import is one transaction: everything or nothing (item limit 400 KB). */
export const MAX_LISTED = 25_000;
/** A typing mistake in a run should not lend a contract a billion numbers. */
export const MAX_RUN = 10_000_000;

export interface ImportProblem {
  /** 1-based line of a list; absent for the request as a whole */
  line?: number;
  field: 'number' | 'first' | 'last' | 'numbers';
  /** already-there: a block of this contract is just what was asked for */
  rule:
    'not-13-digits' | 'duplicate' | 'empty' | 'too-many' | 'last-before-first' | 'overlap' | 'already-there';
  /** Korean, names the fix */
  fix: string;
  /** the block it overlaps with, and by how many numbers */
  with?: { owner: string; block: number; shared: number };
}
export interface CheckedImport {
  first: string;
  last: string;
  size: number;
  content: { kind: 'run' } | { kind: 'list'; numbers: string };
}

/** What of a request is well formed, to be looked for among the numbers already lent. */
export type Sought =
  | { kind: 'run'; first: string; last: string }
  /** number → 1-based line it first stands in */
  | { kind: 'list'; first: string; last: string; lines: ReadonlyMap<string, number> };

/** Undefined: nothing of it is. */
export const soughtIn = (request: ImportRequest): Sought | undefined => {
  if (request.kind === 'run')
    return runProblems(request.first, request.last).length > 0 ? undefined : request;
  const lines = new Map<string, number>();
  request.numbers.forEach((raw, i) => {
    const number = raw.trim();
    if (WAYBILL_NUMBER.test(number) && !lines.has(number)) lines.set(number, i + 1);
  });
  const sorted = [...lines.keys()].toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined ? undefined : { kind: 'list', first, last, lines };
};

/** Every problem of the request with its line; nothing is repaired. Blank lines of a list are skipped. */
export const checkImport = (
  request: ImportRequest,
): { outcome: 'fit'; checked: CheckedImport } | { outcome: 'unfit'; problems: ImportProblem[] } => {
  const problems =
    request.kind === 'run' ? runProblems(request.first, request.last) : listProblems(request.numbers);
  if (problems.length > 0) return { outcome: 'unfit', problems };
  if (request.kind === 'run') {
    const size = Number(request.last) - Number(request.first) + 1;
    return { outcome: 'fit', checked: { ...request, size, content: { kind: 'run' } } };
  }
  const numbers = request.numbers.map((number) => number.trim()).filter((number) => number !== '');
  const sorted = numbers.toSorted();
  return {
    outcome: 'fit',
    checked: {
      first: sorted[0]!,
      last: sorted.at(-1)!,
      size: numbers.length,
      content: { kind: 'list', numbers: numbers.join('') },
    },
  };
};

const DIGITS_FIX = '운송장번호는 하이픈 없이 숫자 13자리로 넣어 주세요.';
/** What a spreadsheet makes of 13 digits: the last ones are lost. */
const ROUNDED = /^\d(\.\d+)?E\+?\d+$/i;
const ROUNDED_FIX =
  '표 프로그램이 번호를 줄여 적었습니다. 셀 서식을 텍스트로 바꿔 13자리 그대로 다시 저장해 주세요.';
const shapeFix = (number: string): string => (ROUNDED.test(number) ? ROUNDED_FIX : DIGITS_FIX);

const runProblems = (first: string, last: string): ImportProblem[] => {
  const misshapen = (
    [
      ['first', first],
      ['last', last],
    ] as const
  ).flatMap(([field, number]) =>
    WAYBILL_NUMBER.test(number) ? [] : [{ field, rule: 'not-13-digits' as const, fix: shapeFix(number) }],
  );
  if (misshapen.length > 0) return misshapen;
  if (last < first)
    return [
      {
        field: 'last',
        rule: 'last-before-first',
        fix: '끝 번호가 처음 번호보다 작습니다. 두 번호를 확인해 주세요.',
      },
    ];
  if (Number(last) - Number(first) >= MAX_RUN)
    return [
      {
        field: 'last',
        rule: 'too-many',
        fix: `한 번에 ${MAX_RUN.toLocaleString('ko')}개까지입니다. 두 번호를 확인해 주세요.`,
      },
    ];
  return [];
};

const listProblems = (lines: readonly string[]): ImportProblem[] => {
  const problems: ImportProblem[] = [];
  const firstLine = new Map<string, number>();
  lines.forEach((raw, i) => {
    const number = raw.trim();
    if (number === '') return;
    const line = i + 1;
    const before = firstLine.get(number);
    if (!WAYBILL_NUMBER.test(number))
      problems.push({ line, field: 'number', rule: 'not-13-digits', fix: shapeFix(number) });
    else if (before !== undefined)
      problems.push({
        line,
        field: 'number',
        rule: 'duplicate',
        fix: `${before}번째 줄과 같은 번호입니다. 한 줄만 남겨 주세요.`,
      });
    else firstLine.set(number, line);
  });
  if (firstLine.size === 0 && problems.length === 0)
    problems.push({
      field: 'numbers',
      rule: 'empty',
      fix: '번호가 없습니다. 우체국에서 받은 번호를 넣어 주세요.',
    });
  if (firstLine.size > MAX_LISTED)
    problems.push({
      field: 'numbers',
      rule: 'too-many',
      fix: `한 번에 ${MAX_LISTED.toLocaleString('ko')}개까지입니다. 파일을 나누어 넣어 주세요.`,
    });
  return problems;
};
