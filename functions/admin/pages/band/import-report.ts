/** What is wrong with an import, field by field and line by line. */
import type { ImportProblem, ImportRequest } from '../../../waybill/import-request.ts';
import type { Problem } from '../../form.ts';

export interface ReportRow {
  /** 1-based, as the operator's file or text has it */
  line: number;
  typed: string;
  reason: string;
}
export interface ImportReport {
  problems: Problem[];
  /** every line that is wrong, in order; [] for a run */
  rows: ReportRow[];
}

/** @param nameOf the shop of a contract, as operators know it */
export const reportOf = (
  request: ImportRequest,
  problems: readonly ImportProblem[],
  nameOf: (contractId: string) => string,
): ImportReport => {
  const rows = problems.flatMap((problem): ReportRow[] => {
    const { line } = problem;
    if (line === undefined || request.kind === 'run') return [];
    return [{ line, typed: request.numbers[line - 1] ?? '', reason: reasonOf(problem, nameOf) }];
  });
  const whole = problems
    .filter(({ line }) => line === undefined)
    .map((problem) => ({ field: fieldOf(problem, request), message: reasonOf(problem, nameOf) }));
  return { problems: rows.length === 0 ? whole : [summaryOf(request, rows), ...whole], rows };
};

export const reasonOf = (problem: ImportProblem, nameOf: (contractId: string) => string): string => {
  const { rule, with: other, line } = problem;
  if (rule !== 'overlap' || other === undefined) return problem.fix;
  const shop = nameOf(other.owner);
  return line === undefined
    ? `${shop} 대역과 ${other.shared.toLocaleString('ko')}개 겹칩니다. 우체국에서 받은 번호를 확인해 주세요.`
    : `${shop} ${other.block}번째 대역에 이미 있는 번호입니다.`;
};

/** Of a run as a whole the first number is shown to be wrong. */
const fieldOf = ({ field }: ImportProblem, { kind }: ImportRequest): string => {
  if (kind === 'list') return 'numbers';
  return field === 'last' ? 'last' : 'first';
};

const summaryOf = (request: ImportRequest, rows: readonly ReportRow[]): Problem => {
  const count = (n: number) => n.toLocaleString('ko');
  const given = request.kind === 'run' ? 0 : request.numbers.filter((number) => number.trim() !== '').length;
  const wrong = new Set(rows.map(({ line }) => line)).size;
  return {
    field: 'numbers',
    message: `${count(given)}줄 가운데 ${count(wrong)}줄을 고쳐 주세요. 번호는 하나도 추가하지 않았습니다.`,
  };
};
