import { describe, expect, it } from 'vitest';
import { createEpostClient } from '../../../functions/epost/epost.client.ts';
import type { Order } from '../../../functions/epost/order-fields.ts';
import { createBizTrace, createDataGoKrTrace } from '../../../functions/epost/trace.client.ts';
import { createTransport } from '../../../functions/epost/transport.client.ts';
import type { Fault } from '../../../local/epost-simulator/faults.ts';
import type { PostOffice } from './post-office.ts';
import { HOUR, KEY, SECURITY_KEY, TRACE_KEY, openOffice } from './post-office.ts';

const NUMBER = '6899900123456';
const TRACE = '/trace/retrieveLongitudinalService/retrieveLongitudinalService/getLongitudinalDomesticList';
const COMBINED =
  '/trace/retrieveLongitudinalCombinedService/retrieveLongitudinalCombinedService/getLongitudinalCombinedList';

const booking: Order = {
  shipmentId: 'shipment-1',
  waybillNumber: NUMBER,
  parcel: {
    recipient: { name: '모수취', zip: '01234', address1: '서울 가상구 모의로 1', mobile: '010-0000-0000' },
    goods: { name: '책' },
  },
  sender: { customerNo: '0011223344', approvalNo: '1018680001', officeSer: '06', companyName: '가상상점' },
};
const question = { customerNo: '0011223344', shipmentId: 'shipment-1', day: '20261124' };

/** The product's own door to ePost, opened on the simulator. */
function doorTo(office: PostOffice, securityKey = SECURITY_KEY) {
  const transport = createTransport({ origins: [new URL(office.url).origin], maxSockets: 4 });
  const common = { timeoutMs: 300, transport };
  return {
    client: createEpostClient({ shipUrl: office.url, key: KEY, securityKey, ...common }),
    biz: createBizTrace({ url: `${office.url}/KpostPortal/openapi`, regkey: TRACE_KEY, ...common }),
    domestic: createDataGoKrTrace({ url: `${office.url}${TRACE}`, serviceKey: TRACE_KEY, ...common }),
    combined: createDataGoKrTrace({ url: `${office.url}${COMBINED}`, serviceKey: TRACE_KEY, ...common }),
  };
}

describe("the product's door to ePost reads the simulator", () => {
  it.each([
    {},
    { cdata: 'blanks', errorShape: 'bare' },
    { cdata: 'newlines', errorShape: 'xsync-data' },
    { cdata: 'none', prolog: 'absent', officeNameTag: 'regipoNm', cancelTags: 'camel' },
  ])('in the writing %j: books, finds, cancels and finds the new number', async (switches) => {
    const office = await openOffice();
    office.control.putSwitches(switches);
    const { client } = doorTo(office);
    expect(await client.getResInfo(question)).toEqual({ outcome: 'ok', value: [] });
    const booked = await client.insertOrder(booking);
    expect(booked).toMatchObject({
      outcome: 'ok',
      value: { waybillNumber: NUMBER, postOffice: '모의우체국' },
    });
    const found = await client.getResInfo(question);
    expect(found).toMatchObject({ outcome: 'ok', value: [{ waybillNumber: NUMBER, statusCode: '01' }] });
    const [held] = office.control.bookings();
    const cancelled = await client.cancel({
      ...question,
      approvalNo: '1018680001',
      reqNo: held?.reqNo ?? '',
      resNo: held?.resNo ?? '',
      waybillNumber: NUMBER,
      remove: false,
    });
    expect(cancelled).toMatchObject({
      outcome: 'ok',
      value: { result: 'cancelled', cancelledWaybillNumber: NUMBER },
    });
    const [renamed] = office.control.bookings();
    expect(cancelled).toMatchObject({ value: { newWaybillNumber: renamed?.regiNo } });
  });

  it.each<[Fault['kind'], object, number]>([
    ['maintenance', { outcome: 'maintenance' }, 0],
    ['html-200', { outcome: 'maintenance' }, 0],
    ['timeout-before', { outcome: 'unknown', why: 'timeout' }, 0],
    ['timeout-after', { outcome: 'unknown', why: 'timeout' }, 1],
    ['reset-before', { outcome: 'unknown', why: 'reset' }, 0],
    ['reset-after', { outcome: 'unknown', why: 'reset' }, 1],
    ['http-500', { outcome: 'unknown', why: 'http-status' }, 0],
    ['http-500-after', { outcome: 'unknown', why: 'http-status' }, 1],
    ['truncated', { outcome: 'unknown', why: 'garbled' }, 1],
    ['garbled', { outcome: 'unknown', why: 'garbled' }, 1],
    ['oversize', { outcome: 'unknown', why: 'too-large' }, 1],
    ['redirect', { outcome: 'unknown', why: 'redirect' }, 0],
    ['quota', { outcome: 'error', code: 'ERR-131', refusal: { class: 'system' } }, 0],
  ])('sees the fault %s as %j with %i booked', async (kind, seen, booked) => {
    const office = await openOffice();
    office.control.setFault({ kind });
    expect(await doorTo(office).client.insertOrder(booking)).toMatchObject(seen);
    expect(office.control.state().bookings).toBe(booked);
  });

  it('suspects the key when the security key is wrong', async () => {
    const office = await openOffice();
    const answer = await doorTo(office, 'a-wrong-security-key').client.insertOrder(booking);
    expect(answer).toMatchObject({ outcome: 'error', code: 'ERR-211', refusal: { suspectKey: true } });
  });

  it('finds both parcels when an order was booked twice', async () => {
    const office = await openOffice();
    const { client } = doorTo(office);
    await client.insertOrder({ ...booking, waybillNumber: undefined });
    await client.insertOrder({ ...booking, waybillNumber: undefined });
    const found = await client.getResInfo(question);
    expect(found.outcome === 'ok' ? found.value.length : found).toBe(2);
  });

  it.each([
    ['biz', { outcome: 'error', code: 'ERR-131' }],
    ['domestic', { outcome: 'quota' }],
    ['combined', { outcome: 'quota' }],
  ] as const)(
    'reads the %s trace in time order, in every writing, without a name; the limit as %j',
    async (source, limited) => {
      const office = await openOffice();
      const door = doorTo(office);
      await door.client.insertOrder(booking);
      expect(await door[source](NUMBER)).toEqual({ outcome: 'not-yet' });
      office.clock.now += 30 * HOUR;
      const writings = [
        {},
        { traceWord: 'eventnm', traceDate: 'hyphens' },
        { traceWord: 'delivrsltnm', cdata: 'blanks' },
      ];
      for (const switches of writings) {
        office.control.putSwitches(switches);
        const answer = await door[source](NUMBER);
        if (answer.outcome !== 'found') throw new Error(`not found: ${JSON.stringify(answer)}`);
        const words = answer.scans.map((scan) => scan.word);
        expect(words.map((word) => word.slice(0, 4).trim())).toEqual([
          '접수',
          '발송',
          '도착',
          '발송',
          '도착',
          '배달준비',
          '배달완료',
        ]);
        expect(answer.scans[0]?.at).toBe('2026-11-24T15:50:00+09:00');
        expect(JSON.stringify(answer)).not.toMatch(/나가상|모수취|구본보|도시늉|허깨비|임시로/);
      }
      office.control.setFault({ kind: 'quota' });
      expect(await door[source](NUMBER)).toEqual(limited);
    },
  );
});
