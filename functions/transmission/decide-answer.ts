import type { Booking, CarrierAnswer } from '../epost/carrier-answer.ts';
import type { Contract } from '../merchant/contract.ts';
import type { Refusal, Shipment } from '../shipment/shipment.ts';
import { PARKED } from './words.ts';

/** ePost's answer, or that the call was not made: the run is over, or the carrier is paused. */
export type Gated<T> = CarrierAnswer<T> | { outcome: 'not-begun' };

/** What one answer to InsertOrder means for the shipment. */
export type AnswerMeans =
  /** ePost holds it; `drawn`: under a number that the order does not know yet */
  | { then: 'accept'; booking: Booking; drawn: boolean }
  | { then: 'park'; refusal: Refusal; booking?: Booking }
  /** perhaps booked: ask before anything else. Not `burnt`: the attempt is not counted */
  | { then: 'unknown'; cause: string; burnt: boolean }
  /** certainly not booked, nobody's fault: again later, the attempt is not counted */
  | { then: 'release'; cause: string; delayMs: number }
  | { then: 'refuse'; refusal: Refusal; pauseContract: boolean; suspectKey: boolean }
  /** ePost says it has it already: ask at once */
  | { then: 'look-up' };

/** The literal that test orders get in place of a number (wire facts). */
const TEST_NUMBER = 'TESTREGINOAPI';
/** InsertOrder says the same of an approval number that is wrong and of an API key that has run out. */
const KEY_OR_APPROVAL = 'ERR-123';
const AGAIN_MS = 60_000;

/** A shipment that brings its number must come back with it; one without takes the number ePost draws (A6). */
export const decideAnswer = (
  answer: Gated<Booking>,
  shipment: Pick<Shipment, 'waybillNumber'>,
  contract: Pick<Contract, 'testOrders'>,
  now: number,
): AnswerMeans => {
  switch (answer.outcome) {
    case 'ok':
      return decideBooking(answer.value, shipment, contract, now);
    case 'not-begun':
      return { then: 'release', cause: 'not-begun', delayMs: 0 };
    case 'maintenance':
    case 'unreachable':
      return { then: 'release', cause: answer.outcome, delayMs: AGAIN_MS };
    case 'unknown':
      return { then: 'unknown', cause: answer.why, burnt: true };
    case 'error': {
      const { code, refusal } = answer;
      if (refusal.class === 'already-there') return { then: 'look-up' };
      // A fault inside ePost may come after it has booked, so it is asked first; it is no one's failed attempt.
      if (refusal.class === 'system') return { then: 'unknown', cause: 'system', burnt: false };
      return {
        then: 'refuse',
        refusal: { code, reason: refusal.reason, mustAct: refusal.mustAct, at: now },
        pauseContract: refusal.class === 'contract',
        suspectKey: refusal.suspectKey || code === KEY_OR_APPROVAL,
      };
    }
  }
};

/** Whether what ePost holds is the parcel as the order knows it. */
export const decideBooking = (
  booking: Booking,
  { waybillNumber }: Pick<Shipment, 'waybillNumber'>,
  { testOrders }: Pick<Contract, 'testOrders'>,
  now: number,
): Extract<AnswerMeans, { then: 'accept' | 'park' }> => {
  const test = booking.waybillNumber === TEST_NUMBER;
  // A real order answered as a test one is booked nowhere: its label would not be found by any post office.
  if (test === (testOrders === true) && (test || waybillNumber === undefined))
    return { then: 'accept', booking, drawn: waybillNumber === undefined };
  if (waybillNumber !== undefined && booking.waybillNumber === waybillNumber)
    return { then: 'accept', booking, drawn: false };
  return { then: 'park', refusal: { ...PARKED['NUMBER-MISMATCH'], at: now }, booking };
};
