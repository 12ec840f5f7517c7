/** What becomes of the record after each ending of an attempt. */
import type { Booking } from '../epost/carrier-answer.ts';
import type { Change } from '../shipment/attempt.store.ts';
import { attentionKeys, type Booked, type Refusal, type Shipment } from '../shipment/shipment.ts';

const ATTENTION = ['attentionSlot', 'attentionKey'] as const;

const booked = (booking: Booking, at: number): Booked => ({
  reqNo: booking.reqNo,
  resNo: booking.resNo,
  ...(booking.postOffice !== undefined && { postOffice: booking.postOffice }),
  ...(booking.price !== undefined && { feeWon: booking.price }),
  at,
});

/** `drawn`: the number is ePost's and becomes the shipment's, given now. */
export const accepted = (booking: Booking, drawn: boolean, now: number): Change => ({
  set: {
    state: 'accepted',
    booking: booked(booking, now),
    ...(drawn && { waybillNumber: booking.waybillNumber, allocatedAt: now }),
  },
  remove: ['cause', 'notBefore', 'refusal', ...ATTENTION],
});

export const asUnknown = (shipment: Shipment, cause: string, burnt: boolean): Change => ({
  set: { state: 'unknown', cause, ...(!burnt && { attempt: shipment.attempt - 1 }) },
});

/** Certainly not booked: the attempt is given back. */
export const released = (shipment: Shipment, cause: string, notBefore: number): Change => ({
  set: { state: 'retrying', cause, attempt: shipment.attempt - 1, notBefore },
});

/**
 * Sent once more by a person: a new promise, whose 20 minutes count from the order. What was parked may be at ePost after all
 * (an operator may also have booked or cancelled it there), so it is asked about first.
 */
export const afresh = ({ state, attemptAt, receivedAt, deadline }: Shipment, orderedAt: number): Change => ({
  set: {
    state: state === 'parked' && attemptAt !== undefined ? 'unknown' : 'allocated',
    attempt: 0,
    receivedAt: orderedAt,
    deadline: orderedAt + (deadline - receivedAt),
  },
  remove: ['refusal', 'cause', 'notBefore', 'cancelRefused', ...ATTENTION],
});

export const refused = (shipment: Shipment, refusal: Refusal): Change => ({
  set: { state: 'refused', refusal, ...attentionKeys('refused', shipment) },
  remove: ['cause', 'notBefore'],
});

/** An operator must look; a booking that gave the reason is kept for that look. */
export const parked = (shipment: Shipment, refusal: Refusal, booking?: Booking): Change => ({
  set: {
    state: 'parked',
    refusal,
    ...(booking !== undefined && { booking: booked(booking, refusal.at) }),
    ...attentionKeys('parked', shipment),
  },
  remove: ['notBefore'],
});

/** Ends without ePost having it, or after ePost has let it go. */
export const cancelled = (): Change => ({
  set: { state: 'cancelled' },
  remove: ['cause', 'notBefore', ...ATTENTION],
});

/** Taken back at ePost, where it lives on un-booked under another number (manual p.25). */
export const cancelledUnder = (shipment: Shipment, newNumber: string, now: number): Change => {
  const { waybillNumber, formerNumbers = [] } = shipment;
  const former = { number: waybillNumber ?? '', until: now, reason: '우체국 예약취소로 번호가 바뀜' };
  return {
    ...cancelled(),
    set: { state: 'cancelled', waybillNumber: newNumber, formerNumbers: [...formerNumbers, former] },
  };
};

/** The parcel goes on, and the answer stays until the shop has it. */
export const cancelRefused = ({ state }: Shipment, reason: string, now: number): Change => ({
  set: { state, cancelRefused: { at: now, reason } },
  remove: ['cancel'],
});
