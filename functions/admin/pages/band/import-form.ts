/** What the form [대역 추가] sends: a run of numbers, or numbers one by one. */
import type { ImportRequest } from '../../../waybill/import-request.ts';
import { numberLines, plainNumber } from '../../../waybill/number-lines.ts';
import { type Form, one, type Parsed, type Problem } from '../../form.ts';

export interface ImportInput {
  request: ImportRequest;
  /** yyyy-mm-dd */
  receivedOn: string;
}

/** Shape alone; the numbers themselves are checked against all that is lent already. */
export const parseImport = (form: Form): Parsed<ImportInput> => {
  const receivedOn = one(form, 'receivedOn');
  const day = isDay(receivedOn)
    ? []
    : [{ field: 'receivedOn', message: '우체국에서 번호를 받은 날을 넣어 주세요' }];
  const asked = one(form, 'how') === 'list' ? listOf(form) : runOf(form);
  if (asked.outcome === 'problems') return { outcome: 'problems', problems: [...asked.problems, ...day] };
  return day.length > 0
    ? { outcome: 'problems', problems: day }
    : { outcome: 'input', input: { request: asked.input, receivedOn } };
};

const runOf = (form: Form): Parsed<ImportRequest> => {
  const [first, last] = [plainNumber(one(form, 'first')), plainNumber(one(form, 'last'))];
  const missing: Problem[] = [
    ...(first === '' ? [{ field: 'first', message: '처음 번호를 넣어 주세요' }] : []),
    ...(last === '' ? [{ field: 'last', message: '끝 번호를 넣어 주세요' }] : []),
  ];
  return missing.length > 0
    ? { outcome: 'problems', problems: missing }
    : { outcome: 'input', input: { kind: 'run', first, last } };
};

const listOf = (form: Form): Parsed<ImportRequest> => {
  const [pasted, file] = [form['numbers']?.[0] ?? '', form['file']?.[0] ?? ''];
  const says = (message: string): Parsed<ImportRequest> => ({
    outcome: 'problems',
    problems: [{ field: 'numbers', message }],
  });
  if (pasted.trim() === '' && file.trim() === '') return says('번호를 붙여 넣거나 파일을 골라 주세요');
  if (pasted.trim() !== '' && file.trim() !== '')
    return says('붙여 넣은 번호와 파일이 함께 있습니다. 하나만 남겨 주세요');
  return {
    outcome: 'input',
    input: { kind: 'list', numbers: numberLines(pasted.trim() === '' ? file : pasted) },
  };
};

const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};
