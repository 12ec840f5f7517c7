import { describe, expect, it } from 'vitest';
import { readTrace } from '../../functions/epost/trace-reply.ts';
import { createBizTrace, createDataGoKrTrace } from '../../functions/epost/trace.client.ts';
import { fakeWire } from './fake-wire.ts';
import wire from './wire.json' with { type: 'json' };

const { dataGoKrDomestic, dataGoKrCombined, bizTrace } = wire.tracking.samples;
const BIZ_URL = 'http://biz.example.test/KpostPortal/openapi';
const DOMESTIC_URL =
  'http://openapi.example.test/trace/retrieveLongitudinalService/getLongitudinalDomesticList';
const COMBINED_URL =
  'http://openapi.example.test/trace/retrieveLongitudinalCombinedService/getLongitudinalCombinedList';
const NUMBER = '6012345678900';

const biz = (transport = fakeWire(bizTrace).transport) =>
  createBizTrace({ url: BIZ_URL, regkey: 'key/1+', timeoutMs: 5000, transport });
const item = (date: string, time: string, word: string, more = '') =>
  `<item><sortingdate>${date}</sortingdate><eventhms>${time}</eventhms><eventregiponm>나주</eventregiponm><tracestatus>${word}</tracestatus>${more}</item>`;
const trace = (...items: string[]) =>
  readTrace(`<trace><regino>${NUMBER}</regino><itemlist>${items.join('')}</itemlist></trace>`, NUMBER);
const words = (answer: ReturnType<typeof readTrace>) =>
  answer.outcome === 'found' ? answer.scans.map(({ word }) => word) : answer;

describe('biz trace', () => {
  it('request: asks for one number, the 접수 scan included', async () => {
    const { transport, asked } = fakeWire(bizTrace);
    await biz(transport)(NUMBER);
    expect(asked[0]).toMatchObject({ method: 'GET', timeoutMs: 5000 });
    expect(asked[0]!.url.href).toBe(`${BIZ_URL}?regkey=key%2F1%2B&target=trace&query=${NUMBER}&showRec=Y`);
  });

  it('answer and mapping: scans with Korean time, office and word', async () => {
    expect(await biz()(NUMBER)).toEqual({
      outcome: 'found',
      scans: [{ at: '2026-06-09T17:20:00+09:00', office: '나주', word: '접수' }],
    });
  });

  it.each([
    ['ERR-001', { outcome: 'not-yet' }],
    ['ERR-123', { outcome: 'error', code: 'ERR-123' }],
    ['ERR-125', { outcome: 'error', code: 'ERR-125' }],
    ['ERR-131', { outcome: 'error', code: 'ERR-131' }],
    ['ERR-321', { outcome: 'error', code: 'ERR-321' }],
  ])('error: %s, bare or wrapped', (code, expected) => {
    expect(readTrace(`<error><error_code>${code}</error_code></error>`, NUMBER)).toEqual(expected);
    expect(
      readTrace(`<xsync><xsyncData><error_code>${code}</error_code></xsyncData></xsync>`, NUMBER),
    ).toEqual(expected);
  });

  it('sorts by time, and puts 접수 first within its minute', () => {
    const answer = trace(
      item('2026.06.10', '09:00', '배달준비'),
      item('2026.06.09', '17:20', '발송'),
      item('2026.06.09', '17:20', '접수'),
      item('2026.06.08', '10:00', '운송장출력'),
    );
    expect(words(answer)).toEqual(['운송장출력', '접수', '발송', '배달준비']);
  });

  it('falls back where the status tag or the date tag is empty', () => {
    const body =
      '<trace><itemlist><item><sortingdate/><eventymd>20260609</eventymd><eventhms>1720</eventhms><tracestatus/><eventnm>도착</eventnm></item></itemlist></trace>';
    expect(readTrace(body, NUMBER)).toEqual({
      outcome: 'found',
      scans: [{ at: '2026-06-09T17:20:00+09:00', office: '', word: '도착' }],
    });
  });

  it('is not there yet without a scan', () => {
    expect(trace()).toEqual({ outcome: 'not-yet' });
    expect(trace('<item><sortingdate/><tracestatus/></item>')).toEqual({ outcome: 'not-yet' });
  });
});

describe("data.go.kr's tracking", () => {
  const source = (url: string, serviceKey: string, transport = fakeWire(dataGoKrDomestic).transport) =>
    createDataGoKrTrace({ url, serviceKey, timeoutMs: 5000, transport });

  it.each(['a+b/c==', 'a%2Bb%2Fc%3D%3D'])('request: never encodes the key twice (%s)', async (serviceKey) => {
    const { transport, asked } = fakeWire(dataGoKrDomestic);
    await source(DOMESTIC_URL, serviceKey, transport)(NUMBER);
    expect(asked[0]!.url.href).toBe(`${DOMESTIC_URL}?serviceKey=a%2Bb%2Fc%3D%3D&rgist=${NUMBER}`);
  });

  it('request: spells the key as the combined service does', async () => {
    const { transport, asked } = fakeWire(dataGoKrCombined);
    await source(COMBINED_URL, 'k%', transport)(NUMBER);
    expect(asked[0]!.url.href).toBe(`${COMBINED_URL}?ServiceKey=k%25&rgist=${NUMBER}`);
  });

  it('answer and mapping: the official domestic sample, seven scans', async () => {
    const answer = await source(DOMESTIC_URL, 'k')('4092007735160');
    expect(words(answer)).toEqual(['접수', '발송', '도착', '발송', '도착', '배달준비', '배달완료']);
    expect(answer).toMatchObject({
      scans: {
        0: { at: '2017-09-12T19:28:00+09:00', office: '동서울우편집중국' },
        6: { at: '2017-09-13T16:26:00+09:00' },
      },
    });
  });

  it('answer and mapping: the combined shape, its odd spelling and its blanks', () => {
    const answer = readTrace(dataGoKrCombined, NUMBER);
    expect(answer).toEqual({
      outcome: 'found',
      scans: [
        { at: '2024-06-12T17:20:00+09:00', office: '나주', word: '접수' },
        { at: '2024-06-13T08:31:00+09:00', office: '광진', word: '배달준비' },
      ],
    });
    expect(words(readTrace(dataGoKrCombined.replaceAll('statue', 'status'), NUMBER))).toEqual([
      '접수',
      '배달준비',
    ]);
  });

  it('reads one scan like many', () => {
    const one = dataGoKrDomestic.replace(
      /(<longitudinalDomesticList>.*?<\/longitudinalDomesticList>).*(<pstmtrKnd>)/,
      '$1$2',
    );
    expect(words(readTrace(one, '4092007735160'))).toEqual(['접수']);
  });

  it.each([
    [
      'the day is used up',
      '<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>LIMITED</returnAuthMsg><returnReasonCode>22</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>',
      { outcome: 'quota' },
    ],
    [
      'the key is unknown',
      '<OpenAPI_ServiceResponse><cmmMsgHeader><returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>',
      { outcome: 'error', code: 'GATEWAY-30' },
    ],
    [
      'nothing is known',
      '<LongitudinalDomesticListResponse><cmmMsgHeader><successYN>N</successYN><returnCode>03</returnCode><errMsg/></cmmMsgHeader></LongitudinalDomesticListResponse>',
      { outcome: 'not-yet' },
    ],
    [
      'nothing is known, in words',
      '<response><header><successYN>N</successYN><errorMessage>조회 결과가 없습니다.</errorMessage></header></response>',
      { outcome: 'not-yet' },
    ],
    [
      'something is wrong',
      '<LongitudinalDomesticListResponse><cmmMsgHeader><successYN>N</successYN><returnCode>99</returnCode></cmmMsgHeader></LongitudinalDomesticListResponse>',
      { outcome: 'error', code: 'SERVICE-99' },
    ],
    [
      'something is wrong, in words',
      '<response><header><successYN>N</successYN><errorMessage>시스템 오류</errorMessage></header></response>',
      { outcome: 'error', code: 'SERVICE' },
    ],
    [
      'nothing is there',
      '<response><header><successYN>Y</successYN></header><trackInfo><trackState>미배달</trackState></trackInfo></response>',
      { outcome: 'not-yet' },
    ],
  ])('error: %s', (_, body, expected) => {
    expect(readTrace(body, NUMBER)).toEqual(expected);
  });

  it.each<[number, string, object]>([
    [429, 'API rate limit exceeded', { outcome: 'quota' }],
    [401, 'Unauthorized', { outcome: 'error', code: 'HTTP-401' }],
    [500, 'Unexpected errors', { outcome: 'unknown', why: 'http-status' }],
    [500, dataGoKrDomestic, { outcome: 'unknown', why: 'http-status' }],
    [404, '<html><title>작업 안내</title></html>', { outcome: 'maintenance' }],
  ])('error: HTTP %i', async (status, body, expected) => {
    expect(await source(DOMESTIC_URL, 'k', fakeWire(body, status).transport)('4092007735160')).toEqual(
      expected,
    );
  });

  it('error: the network speaks for itself', async () => {
    const wireDown = fakeWire({ outcome: 'unreachable', why: 'ENOTFOUND' });
    expect(await source(DOMESTIC_URL, 'k', wireDown.transport)(NUMBER)).toEqual({
      outcome: 'unreachable',
      why: 'ENOTFOUND',
    });
  });
});

describe('what never leaves the reader', () => {
  it.each([dataGoKrDomestic, dataGoKrCombined, bizTrace])('is a name', (body) => {
    const number = body === dataGoKrDomestic ? '4092007735160' : NUMBER;
    expect(JSON.stringify(readTrace(body, number))).not.toMatch(/홍길동|홍수취|수취인|발송인|동료/);
  });

  it.each([
    ['배달완료(수령인:홍길동 - 회사동료)', '배달완료'],
    ['배달완료 ( 수취인 홍길동 )', '배달완료'],
    ['배달완료(본인)', '배달완료'],
    ['배달완료(수령희망장소배달-현관문 앞)', '배달완료(수령희망장소배달)'],
    ['배달완료 ( 배달 )', '배달완료 ( 배달 )'],
    ['접수 마감 후  접수(익일발송)', '접수 마감 후 접수(익일발송)'],
    ['미배달(주소불명', '미배달(주소불명'],
    ['배달완료(수령인:홍길동', '배달완료'],
  ])('is who took it and where: %s', (raw, word) => {
    expect(words(trace(item('2026.06.09', '17:20', raw)))).toEqual([word]);
  });
});

describe('an answer nobody can place', () => {
  const GARBLED = { outcome: 'unknown', why: 'garbled' };

  it.each(['2026.13.09', '2026.02.30', '2026', 'x'])(
    'is unknown when a scan has no date that exists (%s)',
    (date) => {
      expect(trace(item('2026.06.09', '17:20', '접수'), item(date, '17:30', '배달완료'))).toEqual(GARBLED);
    },
  );

  it.each(['25:00', '17:60', '', '5'])('is unknown when a scan has no time that exists (%j)', (time) => {
    expect(trace(item('2026.06.09', time, '접수'))).toEqual(GARBLED);
  });

  it('is unknown when it is about another number', () => {
    expect(readTrace(bizTrace, '6012345678901')).toEqual(GARBLED);
  });

  it('is unknown, not "not yet", when it is of no known shape', () => {
    expect(readTrace('<ok/>', NUMBER)).toEqual(GARBLED);
    expect(readTrace('<html>blocked</html>', NUMBER)).toEqual(GARBLED);
  });

  it.each([
    ['2026-06-09', '17:20'],
    ['2026.06.09', '1720'],
    ['20260609', '17:20:00'],
    ['2026-06-09 17:20', ''],
    ['2026.06.09 17:20', ''],
  ])('is not one in any of the known date forms (%s %s)', (date, time) => {
    expect(trace(item(date, time, '접수'))).toMatchObject({ scans: [{ at: '2026-06-09T17:20:00+09:00' }] });
  });
});
