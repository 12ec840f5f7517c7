import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../local/epost-simulator/faults.ts';
import { createFaults, faultKinds, seededRandom } from '../../../local/epost-simulator/faults.ts';
import type { PostOffice } from './post-office.ts';
import { HOUR, KEY, encode, openOffice, order, question, read } from './post-office.ts';

const insertUrl = (office: PostOffice, orderNo = 'shipment-1') =>
  `${office.url}/api.InsertOrder.jparcel?key=${KEY}&regData=${encode(order({ orderNo }))}`;

/** What a caller sees of one InsertOrder: the status and body, or that the connection broke or stayed silent. */
async function attempt(
  office: PostOffice,
  timeoutMs = 5_000,
): Promise<{ status: number; body: string } | string> {
  try {
    const response = await fetch(insertUrl(office), {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'broken';
  }
}

describe('a fault on InsertOrder', () => {
  it.each<[Fault['kind'], unknown, number]>([
    ['maintenance', { status: 404, body: expect.stringContaining('작업 안내') }, 0],
    ['html-200', { status: 200, body: expect.stringContaining('서비스가 일시 중단') }, 0],
    ['http-500', { status: 500, body: expect.stringContaining('<html>') }, 0],
    ['http-500-after', { status: 500, body: expect.stringContaining('<html>') }, 1],
    ['redirect', { status: 302, body: '' }, 0],
    ['reset-before', 'broken', 0],
    ['reset-after', 'broken', 1],
    ['quota', { status: 200, body: expect.stringContaining('ERR-131') }, 0],
    ['not-yet', { status: 200, body: expect.stringContaining('ERR-001') }, 0],
    ['error', { status: 200, body: expect.stringContaining('ERR-531') }, 0],
  ])('%s is seen as %j with %i booked', async (kind, seen, booked) => {
    const office = await openOffice();
    office.control.setFault({ kind });
    const result = await attempt(office);
    expect(result).toEqual(seen);
    expect(office.control.state().bookings).toBe(booked);
  });

  it.each<[Fault['kind'], number]>([
    ['timeout-before', 0],
    ['timeout-after', 1],
  ])('%s keeps silent, with %i booked', async (kind, booked) => {
    const office = await openOffice();
    office.control.setFault({ kind });
    expect(await attempt(office, 150)).toBe('silent');
    expect(office.control.state().bookings).toBe(booked);
  });

  it('ends a silence with a broken connection when it was given a length', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'timeout-after', delayMs: 20 });
    expect(await attempt(office)).toBe('broken');
  });

  it.each<[Fault['kind'], (body: string) => boolean]>([
    ['truncated', (body) => body.includes('<reqNo>') && !body.includes('</xsync>')],
    ['garbled', (body) => body.includes('<reqNo>') && !body.includes('</reqNo>')],
    ['oversize', (body) => body.length > 1_000_000],
  ])('%s spoils the answer of an order that is booked', async (kind, spoiled) => {
    const office = await openOffice();
    office.control.setFault({ kind });
    const result = await attempt(office);
    if (typeof result === 'string') throw new Error(`no answer: ${result}`);
    expect(spoiled(result.body)).toBe(true);
    expect(office.control.state().bookings).toBe(1);
  });

  it('wrong-number answers another number than was sent and booked', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'wrong-number' });
    const answered = read(await office.call('InsertOrder', order({ regiNo: '6899900123456' })), 'regiNo');
    expect(answered).toMatch(/^\d{13}$/);
    expect(answered).not.toBe('6899900123456');
    expect(read(await office.call('GetResInfo', question()), 'regiNo')).toBe('6899900123456');
  });

  it('slow books late even when the caller has gone', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'slow', delayMs: 120 });
    expect(await attempt(office, 30)).toBe('silent');
    expect(office.control.state().bookings).toBe(0);
    await expect.poll(() => office.control.state().bookings, { interval: 20 }).toBe(1);
  });

  it('error answers the code and message it was given', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'error', code: 'ERR-311', message: '필수항목누락' });
    const xml = await office.call('InsertOrder', order());
    expect([read(xml, 'error_code'), read(xml, 'message')]).toEqual(['ERR-311', '필수항목누락']);
  });
});

describe('a fault on tracking', () => {
  it('gives ERR-131 and ERR-001 on biz trace, and the gateway error on data.go.kr', async () => {
    const office = await openOffice();
    await office.call('InsertOrder', order({ regiNo: '6899900123456' }));
    office.clock.now += 30 * HOUR;
    const domestic =
      '/trace/retrieveLongitudinalService/retrieveLongitudinalService/getLongitudinalDomesticList?rgist=6899900123456';
    office.control.setFault({ kind: 'quota' });
    expect(read(await office.trace('6899900123456'), 'error_code')).toBe('ERR-131');
    expect(read(await (await office.get(domestic)).text(), 'returnReasonCode')).toBe('22');
    office.control.clearFaults();
    office.control.setFault({ kind: 'not-yet' });
    expect(read(await office.trace('6899900123456'), 'error_code')).toBe('ERR-001');
    expect(read(await (await office.get(domestic)).text(), 'successYN')).toBe('N');
  });

  it('can be aimed at one waybill number', async () => {
    const office = await openOffice();
    office.control.setFault({ kind: 'quota', operation: 'trace', match: { regiNo: '6899900000001' } });
    expect(read(await office.trace('6899900000001'), 'error_code')).toBe('ERR-131');
    expect(read(await office.trace('6899900000002'), 'error_code')).toBe('ERR-001');
  });
});

describe('switching faults', () => {
  it('hits only the operation and the order it names, as often as it says, and can be cleared', async () => {
    const office = await openOffice();
    const code = async (orderNo: string) =>
      read(await office.call('InsertOrder', order({ orderNo })), 'error_code');
    office.control.setFault({ kind: 'error', operation: 'InsertOrder', match: { orderNo: 'a' }, times: 2 });
    expect([await code('a'), await code('b'), await code('a'), await code('a')]).toEqual([
      'ERR-531',
      null,
      'ERR-531',
      null,
    ]);
    expect(office.control.state().faults).toEqual([]);
    office.control.setFault({ kind: 'error', operation: 'GetResInfo' });
    expect(await code('c')).toBeNull();
    expect(read(await office.call('GetResInfo', question('c')), 'error_code')).toBe('ERR-531');
    office.control.clearFaults();
    expect(read(await office.call('GetResInfo', question('c')), 'error_code')).toBeNull();
  });

  it('with a probability hits about that share, the same ones for the same seed', () => {
    const draw = (seed: number) => {
      const faults = createFaults(seededRandom(seed));
      faults.set({ kind: 'reset-after', probability: 0.3 });
      return Array.from({ length: 2_000 }, () => faults.pick('InsertOrder', new Map()).fault !== null);
    };
    const share = draw(7).filter(Boolean).length / 2_000;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('adds slowness to another fault, and draws a delay between a pair', () => {
    const faults = createFaults(seededRandom(1));
    faults.set({ kind: 'reset-after' });
    faults.set({ kind: 'slow', delayMs: [100, 200] });
    const picked = Array.from({ length: 50 }, () => faults.pick('InsertOrder', new Map()));
    expect(picked.every(({ fault }) => fault?.kind === 'reset-after')).toBe(true);
    expect(picked.every(({ delayMs }) => delayMs >= 100 && delayMs <= 200)).toBe(true);
    expect(new Set(picked.map(({ delayMs }) => delayMs)).size).toBeGreaterThan(10);
  });

  it('lets the first of two faults win, and does not use the second one up', () => {
    const faults = createFaults(seededRandom(1));
    faults.set({ kind: 'reset-after', times: 1 });
    faults.set({ kind: 'maintenance', times: 1 });
    const picked = Array.from({ length: 3 }, () => faults.pick('InsertOrder', new Map()).fault?.kind);
    expect(picked).toEqual(['reset-after', 'maintenance', undefined]);
  });

  it('offers every kind with a Korean sentence', () => {
    for (const text of Object.values(faultKinds)) expect(text).toMatch(/[가-힣]/);
  });
});
