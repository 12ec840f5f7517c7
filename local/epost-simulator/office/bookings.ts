import { kstDay } from '../wire/kst.ts';

export const TEST_NUMBER = 'TESTREGINOAPI';

/** One application the simulated post office holds. It names no person: nothing needs one. */
export interface Booking {
  /** 18 digits, one per parcel. */
  reqNo: string;
  /** 16 digits, one per customer and Korean day. */
  resNo: string;
  regiNo: string;
  orderNo: string;
  custNo: string;
  apprNo: string;
  reqType: '1' | '2';
  bookedAt: number;
  price: number;
  vTelNo: string;
  /** treatStusCd right after the booking. */
  firstStatus: '01' | '02';
  test: boolean;
  /** True when the number came with the order in the unverified field. */
  band: boolean;
  state: 'live' | 'cancelled' | 'deleted';
  /** Numbers it had before cancels changed them. */
  formerNumbers: string[];
  /** Times of the scans that were asked for ahead of the plan. */
  played: number[];
}

export type BookingChange = Partial<Pick<Booking, 'regiNo' | 'state' | 'formerNumbers' | 'played'>>;

export interface Bookings {
  add(booking: Booking): void;
  change(reqNo: string, change: BookingChange): void;
  /** Bookings under an order number on a Korean day (yyyyMMdd) that were not deleted, oldest first. */
  find(custNo: string, orderNo: string, day: string): Booking[];
  ofOrder(custNo: string, orderNo: string): Booking[];
  byReqNo(reqNo: string): Booking | undefined;
  byNumber(regiNo: string): Booking | undefined;
  all(): Booking[];
  counts(): BookingCounts;
}

export interface BookingCounts {
  bookings: number;
  testBookings: number;
  /** Bookings ever made per order number, cancelled ones included, test ones not. */
  bookingsByOrderNo: Record<string, number>;
  /** Bookings made while the same customer already had a live one under that order number. */
  secondRegistrations: number;
  distinctNumbers: number;
}

/** Keeps the bookings in memory with the indexes the wire asks by. The caller journals. */
export function createBookings(): Bookings {
  const byReqNo = new Map<string, Booking>();
  const byNumber = new Map<string, Booking>();
  const byOrder = new Map<string, Booking[]>();
  let seconds = 0;
  const orderKey = (custNo: string, orderNo: string) => `${custNo} ${orderNo}`;

  const add = (booking: Booking) => {
    const key = orderKey(booking.custNo, booking.orderNo);
    const siblings = byOrder.get(key) ?? [];
    if (!booking.test && siblings.some((other) => other.state === 'live' && !other.test)) seconds += 1;
    byOrder.set(key, [...siblings, booking]);
    byReqNo.set(booking.reqNo, booking);
    if (!booking.test && !byNumber.has(booking.regiNo)) byNumber.set(booking.regiNo, booking);
  };

  const change = (reqNo: string, changed: BookingChange) => {
    const booking = byReqNo.get(reqNo);
    if (booking === undefined) throw new Error(`no booking ${reqNo} to change`);
    Object.assign(booking, changed);
    if (changed.regiNo !== undefined && !booking.test) byNumber.set(changed.regiNo, booking);
  };

  const ofOrder = (custNo: string, orderNo: string) => byOrder.get(orderKey(custNo, orderNo)) ?? [];

  return {
    add,
    change,
    ofOrder,
    find: (custNo, orderNo, day) =>
      ofOrder(custNo, orderNo).filter((b) => b.state !== 'deleted' && kstDay(b.bookedAt) === day),
    byReqNo: (reqNo) => byReqNo.get(reqNo),
    byNumber: (regiNo) => byNumber.get(regiNo),
    all: () => [...byReqNo.values()],
    counts: () => count([...byReqNo.values()], seconds, byNumber.size),
  };
}

function count(all: readonly Booking[], secondRegistrations: number, distinctNumbers: number): BookingCounts {
  const byOrder = new Map<string, number>();
  const real = all.filter((booking) => !booking.test);
  for (const { orderNo } of real) byOrder.set(orderNo, (byOrder.get(orderNo) ?? 0) + 1);
  return {
    bookings: real.length,
    testBookings: all.length - real.length,
    bookingsByOrderNo: Object.fromEntries(byOrder),
    secondRegistrations,
    distinctNumbers,
  };
}
