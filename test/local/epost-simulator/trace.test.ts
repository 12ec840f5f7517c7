import { describe, expect, it } from 'vitest';
import type { PostOffice } from './post-office.ts';
import { HOUR, TRACE_KEY, openOffice, order, read, readAll } from './post-office.ts';

const NUMBER = '6899900123456';
const DOMESTIC = '/trace/retrieveLongitudinalService/retrieveLongitudinalService/getLongitudinalDomesticList';
const COMBINED =
  '/trace/retrieveLongitudinalCombinedService/retrieveLongitudinalCombinedService/getLongitudinalCombinedList';

async function bookedOffice(): Promise<PostOffice> {
  const office = await openOffice();
  await office.call('InsertOrder', order({ regiNo: NUMBER }));
  return office;
}

const listOf =
  (office: PostOffice) =>
  async (path: string, key = encodeURIComponent(TRACE_KEY), name = 'serviceKey') =>
    (await office.get(`${path}?${name}=${key}&rgist=${NUMBER}`)).text();

describe('biz trace', () => {
  it('shows scans as the virtual clock reaches them', async () => {
    const office = await bookedOffice();
    const seen = [];
    for (const hours of [0, 1.5, 3, 8, 16, 20, 21, 23]) {
      office.clock.now = Date.UTC(2026, 10, 24, 5, 20) + hours * HOUR;
      seen.push(readAll(await office.trace(NUMBER), 'tracestatus').length);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const xml = await office.trace(NUMBER);
    expect(readAll(xml, 'tracestatus').at(-2)).toBe('배달완료 ( 배달 )');
    expect(read(xml, 'sortingdate')).toBe('2026.11.24');
    expect(read(xml, 'eventhms')).toBe('17:20');
  });

  it('puts 접수 at the end with showRec=Y and leaves it out with N', async () => {
    const office = await bookedOffice();
    office.clock.now += 4 * HOUR;
    expect(readAll(await office.trace(NUMBER, 'Y'), 'tracestatus')).toEqual(['발송', '접수']);
    expect(readAll(await office.trace(NUMBER, 'N'), 'tracestatus')).toEqual(['발송']);
  });

  it('carries invented names, which whoever reads it must drop', async () => {
    const office = await bookedOffice();
    office.clock.now += 30 * HOUR;
    const xml = await office.trace(NUMBER);
    for (const tag of ['sendnm', 'recevnm', 'signernm', 'relationnm']) expect(read(xml, tag)).not.toBe('');
  });

  it('answers its errors in a bare error root', async () => {
    const office = await bookedOffice();
    const at = async (query: string) => (await office.get(`/KpostPortal/openapi?${query}`)).text();
    const key = `regkey=${encodeURIComponent(TRACE_KEY)}&target=trace`;
    const codes = [
      await office.trace('6899900999999'),
      await office.trace(NUMBER),
      await at(`regkey=wrong&target=trace&query=${NUMBER}`),
      await at(key),
      await at(`${key}&query=123`),
    ];
    expect(codes.map((xml) => read(xml, 'error_code'))).toEqual([
      'ERR-001',
      'ERR-001',
      'ERR-123',
      'ERR-125',
      'ERR-321',
    ]);
    for (const xml of codes) expect(xml.replace(/<\?.*\?>\s*/, '')).toMatch(/^<error>/);
  });

  it('fills the word field the switch names, and writes dates with hyphens when told', async () => {
    const office = await bookedOffice();
    office.clock.now += 2 * HOUR;
    office.control.putSwitches({ traceWord: 'eventnm', traceDate: 'hyphens' });
    const xml = await office.trace(NUMBER);
    expect(['tracestatus', 'eventnm', 'sortingdate'].map((tag) => read(xml, tag))).toEqual([
      '',
      '접수',
      '2026-11-24',
    ]);
  });
});

describe('the data.go.kr services', () => {
  it('answer the domestic list in the shape of the official sheet', async () => {
    const office = await bookedOffice();
    office.clock.now += 23 * HOUR;
    const xml = await listOf(office)(DOMESTIC);
    expect(readAll(xml, 'processSttus').at(-1)).toBe('배달완료 ( 배달 )');
    expect(readAll(xml, 'dlvyTime')[0]).toBe('15:50');
    expect(read(xml, 'dlvySttus')).toBe('배달완료 ( 배달 )');
    expect(read(xml, 'dlvyDe')).toBe('2026.11.25 13:20');
    expect(read(xml, 'successYN')).toBe('Y');
    expect(read(xml, 'responseTime')).toMatch(/^\d{8}:\d{9}$/);
    expect(readAll(xml, 'detailDc').at(-1)).toMatch(/^배달\(수령인:.+ - 본인\)$/);
  });

  it('answer the combined list with its odd names, where 미배달 means not yet', async () => {
    const office = await bookedOffice();
    office.clock.now += 21 * HOUR;
    const before = await listOf(office)(COMBINED, undefined, 'ServiceKey');
    expect([read(before, 'trackState'), readAll(before, 'statue').at(-1)]).toEqual(['미배달', '배달준비 ']);
    expect(read(before, 'senderData')).toBe('2026-11-24');
    office.clock.now += 2 * HOUR;
    const after = await listOf(office)(COMBINED);
    expect([read(after, 'trackState'), read(after, 'receiveDate')]).toEqual(['배달완료', '2026-11-25']);
    expect(readAll(after, 'sortNo')).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('say that nothing is known of an unscanned number', async () => {
    const office = await bookedOffice();
    expect(read(await listOf(office)(DOMESTIC), 'successYN')).toBe('N');
    expect(read(await listOf(office)(COMBINED), 'successYN')).toBe('N');
  });

  it('refuse a key that was encoded twice', async () => {
    const office = await bookedOffice();
    const twice = encodeURIComponent(encodeURIComponent(TRACE_KEY));
    expect(read(await listOf(office)(DOMESTIC, twice), 'returnReasonCode')).toBe('30');
  });

  it('stop at the daily quota, each service for itself, until the next Korean day', async () => {
    const office = await bookedOffice();
    const ask = listOf(office);
    office.control.putSwitches({ dataGoKrQuota: 2 });
    const codes = [];
    for (let n = 0; n < 3; n++) codes.push(read(await ask(DOMESTIC), 'returnReasonCode'));
    expect(codes).toEqual([null, null, '22']);
    expect(read(await ask(COMBINED), 'returnReasonCode')).toBeNull();
    office.clock.now = Date.UTC(2026, 10, 24, 15);
    expect(read(await ask(DOMESTIC), 'returnReasonCode')).toBeNull();
  });
});

describe('journeys', () => {
  it.each([
    ['failed-attempt', ['미배달', '배달준비', '배달완료 ( 배달 )']],
    ['returned', ['미배달', '반송', '도착']],
    ['mailbox', ['배달준비', '수취함투함']],
    ['unknown-word', ['배달준비', '드론인계']],
    ['quick', ['배달준비', '배달완료(수령희망장소배달-문 앞)']],
  ] as const)('%s ends with %j', async (plan, ending) => {
    const office = await bookedOffice();
    office.control.setJourney('shipment-1', plan);
    office.clock.now += 100 * HOUR;
    expect(readAll(await office.trace(NUMBER, 'N'), 'tracestatus').slice(-ending.length)).toEqual([
      ...ending,
    ]);
  });

  it('late-acceptance starts with the long acceptance word, never-scanned shows nothing', async () => {
    const office = await bookedOffice();
    office.clock.now += 100 * HOUR;
    office.control.setJourney('*', 'late-acceptance');
    expect(readAll(await office.trace(NUMBER), 'tracestatus').at(-1)).toBe('접수 마감 후 접수(익일발송)');
    office.control.setJourney('shipment-1', 'never-scanned');
    expect(read(await office.trace(NUMBER), 'error_code')).toBe('ERR-001');
  });

  it('play ahead of the clock up to a word, then to the end, one minute apart, and only once', async () => {
    const office = await bookedOffice();
    expect(office.control.playJourneys('all', '배달준비')).toBe(1);
    expect(office.control.playJourneys(NUMBER, '배달준비')).toBe(0);
    expect(readAll(await office.trace(NUMBER), 'tracestatus')).toHaveLength(6);
    expect(office.control.playJourneys('all', '배달완료')).toBe(1);
    const words = readAll(await office.trace(NUMBER, 'N'), 'tracestatus');
    const times = readAll(await office.trace(NUMBER, 'N'), 'eventhms');
    expect(words.at(-1)).toBe('배달완료 ( 배달 )');
    expect(new Set(times).size).toBe(times.length);
    expect([...times].sort()).toEqual(times);
    expect(office.control.playJourneys('all')).toBe(0);
  });

  it('played late end at the present minute, after the scans that were already there', async () => {
    const office = await bookedOffice();
    office.clock.now += 10 * HOUR;
    office.control.playJourneys('all');
    expect(readAll(await office.trace(NUMBER, 'N'), 'eventhms')).toEqual([
      '17:20',
      '22:20',
      '00:17',
      '00:18',
      '00:19',
      '00:20',
    ]);
  });
});
