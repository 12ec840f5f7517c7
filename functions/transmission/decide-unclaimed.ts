import type { Shipment } from '../shipment/shipment.ts';

/** What to do with a message whose shipment could not be claimed. */
export type Unclaimed =
  /** nothing is left to do; what was told may have got lost with a crash, so it is told again */
  | { then: 'tell-accepted' | 'tell-refused' | 'tell-cancelled' }
  | { then: 'remove' }
  | { then: 'wait'; delayMs: number }
  /** ask ePost what became of the attempt */
  | { then: 'settle' }
  /** take the parcel back at ePost */
  | { then: 'cancel-at-carrier' }
  /** ePost has nothing of it: it ends here */
  | { then: 'cancel-unsent' }
  /** too late for a cancellation, or not now */
  | { then: 'refuse-cancel' };

/**
 * Decides from the stored record alone. `settleMs` is how long an attempt without an answer rests before ePost
 * is asked: a killed invocation's request may still be on its way until then.
 */
export const decideUnclaimed = (existing: Shipment | undefined, now: number, settleMs: number): Unclaimed => {
  if (existing === undefined) return { then: 'remove' };
  const cancel = existing.cancel !== undefined;
  switch (existing.state) {
    case 'waiting':
      return { then: 'remove' };
    case 'allocated':
    case 'retrying':
      return cancel ? { then: 'cancel-unsent' } : { then: 'wait', delayMs: left(existing.notBefore, now) };
    case 'sending':
    case 'unknown': {
      const dueAt = Math.max((existing.attemptAt ?? 0) + settleMs, existing.notBefore ?? 0);
      return dueAt > now ? { then: 'wait', delayMs: dueAt - now } : { then: 'settle' };
    }
    case 'accepted':
      return { then: cancel ? 'cancel-at-carrier' : 'tell-accepted' };
    case 'closed':
      return { then: cancel ? 'refuse-cancel' : 'tell-accepted' };
    case 'refused':
      return { then: cancel ? 'cancel-unsent' : 'tell-refused' };
    case 'parked':
      return { then: cancel ? 'refuse-cancel' : 'tell-refused' };
    case 'cancelled':
      return { then: 'tell-cancelled' };
  }
};

const left = (notBefore: number | undefined, now: number): number => Math.max(0, (notBefore ?? 0) - now);
