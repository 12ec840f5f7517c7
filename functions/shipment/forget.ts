/** When a shipment's personal data may go (requirements section 8). The supply record stays without it. */
import type { Shipment } from './shipment.ts';

export interface Retention {
  /** ms after the end of a parcel ePost had */
  sentMs: number;
  /** ms after the last word on a shipment that never went out */
  unsentMs: number;
}
export type Forgettable = Pick<
  Shipment,
  'shipmentId' | 'state' | 'receivedAt' | 'attemptAt' | 'booking' | 'tracked' | 'cancel' | 'refusal'
>;

/**
 * Epoch ms from which on the recipient is no longer needed; undefined while the shipment is on its way.
 * @param over whether its ledger entry is closed, so that a parcel without an end (lost, silent) has ended too
 */
export const forgetAt = (shipment: Forgettable, over: boolean, retention: Retention): number | undefined => {
  const { state, booking, tracked, cancel, refusal, attemptAt, receivedAt } = shipment;
  const wait = booking === undefined ? retention.unsentMs : retention.sentMs;
  switch (state) {
    case 'closed':
      return (tracked?.changedAt ?? booking?.at ?? receivedAt) + wait;
    case 'cancelled':
      return (cancel?.at ?? tracked?.changedAt ?? attemptAt ?? receivedAt) + wait;
    case 'refused':
    case 'parked':
      return (refusal?.at ?? attemptAt ?? receivedAt) + wait;
    case 'waiting':
      return receivedAt + wait;
    case 'accepted':
      return over ? (tracked?.changedAt ?? booking?.at ?? receivedAt) + wait : undefined;
    case 'allocated':
    case 'sending':
    case 'unknown':
    case 'retrying':
      return undefined;
  }
};
