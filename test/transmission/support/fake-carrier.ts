/** An in-memory ePost: books what it is sent, twice if sent twice, and goes wrong as it is told. */
import type { Booking, CarrierAnswer, Reservation } from '../../../functions/epost/carrier-answer.ts';
import { classifyRefusal } from '../../../functions/epost/refusal.ts';
import type { Carrier } from '../../../functions/transmission/gate.ts';
import { koreanDay } from '../../../functions/shipment/korean-day.ts';

type Ask = Parameters<Carrier['insertOrder']>[0];
export type Fault =
  | 'ok'
  /** booked, but the answer is lost */
  | 'lost'
  /** booked two minutes after we gave up */
  | 'late'
  /** the request never arrived, and we cannot know */
  | 'dropped'
  | 'unreachable'
  | 'maintenance'
  | 'system'
  | 'other-number'
  | `ERR-${number}`;

export interface FakeBooking extends Reservation {
  shipmentId: string;
  day: string;
  resNo: string;
  /** in ePost's books since */
  from: number;
}

const LATE_MS = 120_000;

export interface FakeCarrier extends Carrier {
  bookings: FakeBooking[];
  /** the live bookings of one shipment */
  of(shipmentId: string): FakeBooking[];
  calls: { call: string; shipmentId?: string; at: number }[];
  /** what happens to the next calls; `ok` when it says nothing */
  insertFault: (order: Ask, attempt: number) => Fault;
  lookUpFault: (shipmentId: string) => Fault;
  cancelFault: (shipmentId: string) => Fault | 'not-cancelled';
  /** the whole of ePost, before anything else */
  outage: Fault | undefined;
  wrongKey: boolean;
  /** ms a call takes on the virtual clock */
  takes: number;
}

export const createFakeCarrier = (clock: () => number, pass: (ms: number) => void): FakeCarrier => {
  let next = 0;
  const attempts = new Map<string, number>();
  const fail = (operation: Parameters<typeof classifyRefusal>[0], fault: Fault): CarrierAnswer<never> => {
    if (fault === 'unreachable') return { outcome: 'unreachable', why: 'ECONNREFUSED' };
    if (fault === 'maintenance') return { outcome: 'maintenance' };
    if (fault === 'lost' || fault === 'late' || fault === 'dropped')
      return { outcome: 'unknown', why: 'timeout' };
    const code = fault === 'system' ? 'ERR-531' : fault;
    return { outcome: 'error', code, message: '', refusal: classifyRefusal(operation, code) };
  };
  const book = (order: Ask, other = false, from = clock()): Booking => {
    const serial = String(++next).padStart(9, '0');
    const drawn = `7${serial}`.padEnd(13, '0');
    const booking = {
      reqNo: `202611240${serial}`,
      resNo: '2026112400000001',
      waybillNumber: other ? drawn : (order.waybillNumber ?? drawn),
    };
    if (order.sender.testOrders) return { ...booking, waybillNumber: 'TESTREGINOAPI' };
    fake.bookings.push({
      ...booking,
      shipmentId: order.shipmentId,
      day: koreanDay(from),
      from,
      statusCode: '01',
    });
    return { ...booking, postOffice: '서울중앙', price: 3300 };
  };
  const enter = (call: string, shipmentId?: string) => {
    fake.calls.push({ call, at: clock(), ...(shipmentId !== undefined && { shipmentId }) });
    pass(fake.takes);
  };
  const fake: FakeCarrier = {
    bookings: [],
    of: (shipmentId) =>
      fake.bookings.filter((one) => one.shipmentId === shipmentId && one.statusCode !== '05'),
    calls: [],
    insertFault: () => 'ok',
    lookUpFault: () => 'ok',
    cancelFault: () => 'ok',
    outage: undefined,
    wrongKey: false,
    takes: 200,
    insertOrder: async (order) => {
      enter('insertOrder', order.shipmentId);
      if (fake.outage) return fail('InsertOrder', fake.outage);
      if (fake.wrongKey) return fail('InsertOrder', 'ERR-511');
      const attempt = (attempts.get(order.shipmentId) ?? 0) + 1;
      attempts.set(order.shipmentId, attempt);
      const fault = fake.insertFault(order, attempt);
      if (fault === 'ok' || fault === 'other-number') {
        return { outcome: 'ok', value: book(order, fault === 'other-number') };
      }
      if (fault === 'lost') book(order);
      if (fault === 'late') book(order, false, clock() + LATE_MS);
      return fail('InsertOrder', fault);
    },
    getResInfo: async ({ shipmentId, day }) => {
      enter('getResInfo', shipmentId);
      const fault = fake.outage ?? (fake.wrongKey ? 'ERR-511' : fake.lookUpFault(shipmentId));
      if (fault !== 'ok') return fail('GetResInfo', fault);
      const rows = fake.bookings.filter(
        (one) => one.shipmentId === shipmentId && one.day === day && one.from <= clock(),
      );
      return { outcome: 'ok', value: rows };
    },
    cancel: async ({ reqNo }) => {
      const booking = fake.bookings.find((one) => one.reqNo === reqNo);
      enter('cancel', booking?.shipmentId);
      const fault = fake.outage ?? fake.cancelFault(booking?.shipmentId ?? '');
      if (fault === 'not-cancelled')
        return { outcome: 'ok', value: { result: 'not-cancelled', reqNo, reason: '운송장 출력 완료' } };
      if (fault !== 'ok' && fault !== 'lost' && fault !== 'other-number')
        return fail('GetResCancelCmd', fault);
      if (booking === undefined) return fail('GetResCancelCmd', 'ERR-225');
      booking.statusCode = '05';
      if (fault === 'lost') return fail('GetResCancelCmd', 'lost');
      const cancelledWaybillNumber = booking.waybillNumber;
      if (fault === 'other-number') {
        const value = { reqNo, cancelledWaybillNumber, newWaybillNumber: '7999999999999' };
        return { outcome: 'ok', value: { result: 'cancelled', ...value } };
      }
      return { outcome: 'ok', value: { result: 'deleted', reqNo, cancelledWaybillNumber } };
    },
    getApprNo: async () => {
      enter('getApprNo');
      if (fake.outage) return fail('GetApprNo', fake.outage);
      if (fake.wrongKey) return fail('GetApprNo', 'ERR-511');
      return { outcome: 'ok', value: [{ approvalNo: '1018680001' }] };
    },
    getStoppedZip: async () => {
      enter('getStoppedZip');
      return fake.outage ? fail('GetStoppedZipCd', fake.outage) : { outcome: 'ok', value: [] };
    },
  };
  return fake;
};
