/** Tracking answers to the edge of each rule of their reader. */
import { describe, expect, it } from 'vitest';
import { readTrace } from '../../functions/epost/trace-reply.ts';

const NUMBER = '6012345678900';
const item = (date: string, time: string, word: string, more = '') =>
  `<item><sortingdate>${date}</sortingdate><eventhms>${time}</eventhms><eventregiponm>나주</eventregiponm><tracestatus>${word}</tracestatus>${more}</item>`;
const trace = (...items: string[]) =>
  readTrace(`<trace><regino>${NUMBER}</regino><itemlist>${items.join('')}</itemlist></trace>`, NUMBER);
const words = (answer: ReturnType<typeof readTrace>) =>
  answer.outcome === 'found' ? answer.scans.map(({ word }) => word) : answer;

describe('to the edge of each rule', () => {
  const at = (date: string, time: string) => {
    const answer = trace(item(date, time, '접수'));
    return answer.outcome === 'found' ? answer.scans[0]?.at : answer.outcome;
  };

  it.each([
    ['2026/06/09', '172059', '2026-06-09T17:20:59+09:00'],
    ['2026-06-09   17:20:01', '', '2026-06-09T17:20:01+09:00'],
    ['2026-06-09 09:00', '17:20', '2026-06-09T17:20:00+09:00'],
    ['2026-06-09', '17:20:5', 'unknown'],
    ['2026-06-09', 'x17:20', 'unknown'],
    ['2026-06-09', '17:20x', 'unknown'],
    ['x2026-06-09', '17:20', 'unknown'],
    ['2026-06-09x', '17:20', 'unknown'],
    ['2026-6-9', '17:20', 'unknown'],
    ['2026-06-09', '17:20:60', 'unknown'],
  ])('a scan at %s %s is placed at %s', (date, time, expected) => {
    expect(at(date, time)).toBe(expected);
  });

  it('keeps sixty characters of an office and of a word', () => {
    const long = '가'.repeat(61);
    const body = item('2026.06.09', '17:20', `도착 ${long}`).replace('나주', long);
    expect(trace(body)).toMatchObject({
      scans: [{ office: '가'.repeat(60), word: `도착 ${'가'.repeat(57)}` }],
    });
  });

  it.each([
    ['배달완료(받는분)', '배달완료'],
    ['배달완료(받는 분 가족)', '배달완료'],
    ['배달완료(보내는분)', '배달완료'],
    ['배달완료( 장소 : 문 앞 )', '배달완료(장소)'],
    ['배달완료(: 홍길동)', '배달완료'],
    ['배달완료(장소：문 앞)', '배달완료(장소)'],
    ['배달완료(장소:문 앞', '배달완료(장소)'],
    ['배달완료(수령인:가)(본인)', '배달완료'],
    ['  도착\n \t우편  ', '도착 우편'],
    [`${'('.repeat(500)}본인)`, '('.repeat(60)],
  ])('a word loses to whom and where: %s', (raw, word) => {
    expect(words(trace(item('2026.06.09', '17:20', raw)))).toEqual([word]);
  });

  it('contradicting texts make a scan nobody can read', () => {
    const twice = '<eventregiponm>부산</eventregiponm>';
    expect(trace(item('2026.06.09', '17:20', '접수', twice))).toEqual({ outcome: 'unknown', why: 'garbled' });
    expect(trace(item('2026.06.09', '17:20', '접수', '<tracestatus>도착</tracestatus>'))).toEqual({
      outcome: 'unknown',
      why: 'garbled',
    });
  });

  it.each([
    ['that names no number', '<trace><regino/></trace>', 'not-yet'],
    ['that names it twice', `<trace><regino>${NUMBER}</regino><rgist>${NUMBER}</rgist></trace>`, 'not-yet'],
    [
      'that names another as well',
      `<trace><regino>${NUMBER}</regino><rgist>6012345678901</rgist></trace>`,
      'unknown',
    ],
  ])('an answer %s', (_, body, outcome) => {
    expect(readTrace(body, NUMBER).outcome).toBe(outcome);
  });

  const header = (inside: string) => `<response><header>${inside}</header></response>`;
  it.each([
    [header('<successYN>n</successYN><returnCode>99</returnCode>'), { outcome: 'error', code: 'SERVICE-99' }],
    [header('<successYN>N</successYN><returnCode>a b</returnCode>'), { outcome: 'error', code: 'SERVICE' }],
    [
      header(`<successYN>N</successYN><returnCode>${'9'.repeat(10)}</returnCode>`),
      { outcome: 'error', code: `SERVICE-${'9'.repeat(10)}` },
    ],
    [
      header(`<successYN>N</successYN><returnCode>${'9'.repeat(11)}</returnCode>`),
      { outcome: 'error', code: 'SERVICE' },
    ],
    [header('<successYN>N</successYN><returnCode>9!</returnCode>'), { outcome: 'error', code: 'SERVICE' }],
    [header('<successYN>N</successYN><returnCode>!9</returnCode>'), { outcome: 'error', code: 'SERVICE' }],
    [header('<successYN>N</successYN><errMsg>NODATA_ERROR</errMsg>'), { outcome: 'not-yet' }],
    [header('<successYN>N</successYN><errMsg>NO_DATA</errMsg>'), { outcome: 'not-yet' }],
    [header('<successYN>N</successYN><errMsg>no data</errMsg>'), { outcome: 'not-yet' }],
    [header('<successYN>N</successYN><errMsg>조회된 자료 없음</errMsg>'), { outcome: 'not-yet' }],
    [header('<successYN>N</successYN><errMsg>없음</errMsg>'), { outcome: 'error', code: 'SERVICE' }],
    ['<response/>', { outcome: 'not-yet' }],
    ['<trace/>', { outcome: 'not-yet' }],
    ['<longitudinalDomesticListResponse/>', { outcome: 'not-yet' }],
    [`<x>${'<a/>'.repeat(20_000)}</x>`, { outcome: 'unknown', why: 'garbled' }],
    [`<x>${'a'.repeat(300_000)}</x>`, { outcome: 'unknown', why: 'too-large' }],
    ['<html>서비스 점검</html>', { outcome: 'maintenance' }],
  ])('an answer without a scan: %s', (body, expected) => {
    expect(readTrace(body, NUMBER)).toEqual(expected);
  });

  it('takes the first filled of the words a service has for the same thing', () => {
    const scan = (inside: string) =>
      `<trace><item><eventymd>20260609</eventymd><eventhms>1720</eventhms>${inside}</item></trace>`;
    const wordOf = (inside: string) => words(readTrace(scan(inside), NUMBER));
    expect(wordOf('<eventnm>도착</eventnm><delivrsltnm>배달완료</delivrsltnm>')).toEqual(['도착']);
    expect(wordOf('<delivrsltnm>배달완료</delivrsltnm>')).toEqual(['배달완료']);
    expect(wordOf('<other>배달완료</other>')).toEqual({ outcome: 'not-yet' });
  });

  it('keeps scans of one minute in the order told, but for what comes before all others', () => {
    const one = (word: string) => item('2026.06.09', '17:20', word);
    expect(words(trace(one('도착'), one('발송'), one('접수'), one('운송장출력'), one('배달준비')))).toEqual([
      '운송장출력',
      '접수',
      '도착',
      '발송',
      '배달준비',
    ]);
  });
});
