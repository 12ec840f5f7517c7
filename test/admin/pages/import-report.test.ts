import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImport } from '../../../functions/admin/pages/band/import-form.ts';
import { reportOf } from '../../../functions/admin/pages/band/import-report.ts';
import { checkImport, soughtIn } from '../../../functions/waybill/import-request.ts';
import { numberLines } from '../../../functions/waybill/number-lines.ts';

const good = fc.integer({ min: 0, max: 40 }).map((n) => String(6_899_900_000_000 + n));
const bad = fc.constantFrom(
  '689990000000',
  '68999000000000',
  '6.9E+12',
  'abc',
  '68999-00000001',
  '６８９９９０００００００１',
);
const lines = fc.array(
  fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: bad }, fc.constant('')),
  {
    maxLength: 60,
  },
);
const reported = (numbers: readonly string[]) => {
  const request = { kind: 'list' as const, numbers };
  const answer = checkImport(request);
  return answer.outcome === 'fit' ? [] : reportOf(request, answer.problems, (id) => id).rows;
};

describe('the report of an import', () => {
  it('for any lines: names just those that are wrong, in their order, as they were typed', () => {
    fc.assert(
      fc.property(lines, (typed) => {
        const wrong = typed.flatMap((text, i) => {
          const repeated = typed.indexOf(text) < i && /^\d{13}$/.test(text);
          return text !== '' && (repeated || !/^\d{13}$/.test(text)) ? [i + 1] : [];
        });
        const rows = reported(typed);
        expect(rows.map(({ line }) => line)).toEqual(wrong);
        for (const { line, typed: shown, reason } of rows) {
          expect(shown).toBe(typed[line - 1]);
          expect(reason).toMatch(/주세요\.$/);
        }
      }),
    );
  });
  it('for any lines: those not named are what is looked for among the numbers lent already', () => {
    fc.assert(
      fc.property(lines, (typed) => {
        const wrong = new Set(reported(typed).map(({ line }) => line));
        const right = typed.flatMap((text, i) =>
          text === '' || wrong.has(i + 1) ? [] : [[text, i + 1] as const],
        );
        const sought = soughtIn({ kind: 'list', numbers: typed });
        expect(sought?.kind === 'list' ? [...sought.lines] : []).toEqual(right);
      }),
    );
  });
  it('says how many lines are to be mended, and that nothing was added', () => {
    const request = { kind: 'list' as const, numbers: ['6899900000001', '12', '', '6899900000001'] };
    const answer = checkImport(request);
    if (answer.outcome === 'fit') throw new Error('two lines are wrong');
    expect(reportOf(request, answer.problems, (id) => id).problems).toEqual([
      { field: 'numbers', message: '3줄 가운데 2줄을 고쳐 주세요. 번호는 하나도 추가하지 않았습니다.' },
    ]);
  });
});

describe('lines of numbers', () => {
  it.each([
    ['\uFEFF운송장번호,비고\r\n6899900000001,가\r\n', ['', '6899900000001', '']],
    ['"=""6899900000001"""\n68999-0000-0002', ['6899900000001', '6899900000002']],
    ['6899900000001\t상자\n6899900000002;x', ['6899900000001', '6899900000002']],
    ['68999-00000002', ['68999-00000002']],
    ['6899900000001\n합계', ['6899900000001', '합계']],
  ])('%j are read by their first cell', (text, expected) => {
    expect(numberLines(text)).toEqual(expected);
  });
});

describe('the form', () => {
  const sent = (fields: Record<string, string>) =>
    parseImport(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])));
  it('takes a run as it is printed, and the day', () => {
    expect(
      sent({ how: 'range', first: '68999-0000-0001', last: ' 6899900000009 ', receivedOn: '2026-11-24' }),
    ).toEqual({
      outcome: 'input',
      input: {
        request: { kind: 'run', first: '6899900000001', last: '6899900000009' },
        receivedOn: '2026-11-24',
      },
    });
  });
  it.each([
    [{ how: 'range', last: '6899900000009', receivedOn: '2026-11-24' }, ['first']],
    [{ how: 'range', receivedOn: '2026-02-30' }, ['first', 'last', 'receivedOn']],
    [{ how: 'list', numbers: ' ', file: '', receivedOn: '2026-11-24' }, ['numbers']],
    [{ how: 'list', numbers: '1', file: '2', receivedOn: '2026-11-24' }, ['numbers']],
    [{}, ['first', 'last', 'receivedOn']],
  ])('%j lacks %j', (fields, missing) => {
    const answer = sent(fields);
    expect(answer.outcome === 'problems' && answer.problems.map(({ field }) => field)).toEqual(missing);
  });
});
