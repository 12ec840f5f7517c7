import type { Booking } from './bookings.ts';
import { kstDay } from '../wire/kst.ts';

/**
 * The simulator's own runs of numbers. First digit 6 for prepaid and 7 for collect is the likely reading of public
 * samples; the rest is a plain counter in a range of its own. No check digit is claimed: the rule is not public.
 */
export interface Numbers {
  regiNo(collect: boolean): string;
  reqNo(now: number): string;
  resNo(custNo: string, now: number): string;
  /** Tells of a booking read back from the journal, so that nothing is given out again. */
  seen(booking: Booking): void;
}

const RANGE = 100_000_000;

/** Builds the number source; `seed` shifts where the range starts, `taken` says whether a number is in use. */
export function createNumbers(seed: number, taken: (regiNo: string) => boolean): Numbers {
  let nextNumber = (Math.imul(seed, 7_919) >>> 0) % RANGE;
  let nextRequest = 1;
  const reservations = new Map<string, string>();
  const reserved = new Map<string, number>();

  const claim = (collect: boolean): string => {
    const number = `${collect ? '7' : '6'}0900${String(nextNumber).padStart(8, '0')}`;
    nextNumber = (nextNumber + 1) % RANGE;
    return taken(number) ? claim(collect) : number;
  };

  return {
    regiNo: claim,
    reqNo: (now) => `${kstDay(now)}${String(nextRequest++).padStart(10, '0')}`,
    resNo: (custNo, now) => {
      const day = kstDay(now);
      const known = reservations.get(`${day} ${custNo}`);
      if (known !== undefined) return known;
      const next = (reserved.get(day) ?? 0) + 1;
      reserved.set(day, next);
      const resNo = `${day}${String(next).padStart(8, '0')}`;
      reservations.set(`${day} ${custNo}`, resNo);
      return resNo;
    },
    seen: (booking) => {
      const day = booking.reqNo.slice(0, 8);
      nextRequest = Math.max(nextRequest, Number(booking.reqNo.slice(8)) + 1);
      if (booking.test) return;
      reservations.set(`${day} ${booking.custNo}`, booking.resNo);
      reserved.set(day, Math.max(reserved.get(day) ?? 0, Number(booking.resNo.slice(8))));
    },
  };
}
