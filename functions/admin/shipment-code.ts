import type { TrackingStatus } from '../epost/status-words.ts';
import type { ShipmentState } from '../shipment/shipment.ts';
import type { ShipmentCode } from './vocabulary.ts';

/** Where a shipment stands, as one word: the road once ePost holds it, our own state before. */
export const shipmentCode = (state: ShipmentState, tracked?: TrackingStatus): ShipmentCode =>
  (state === 'accepted' || state === 'closed') && tracked !== undefined
    ? ON_THE_ROAD[tracked]
    : WITH_US[state];

const WITH_US: Readonly<Record<ShipmentState, ShipmentCode>> = {
  waiting: 'no-number',
  allocated: 'tx-pending',
  sending: 'tx-pending',
  unknown: 'tx-unknown',
  retrying: 'tx-retrying',
  accepted: 'tx-done',
  refused: 'tx-failed',
  parked: 'parked',
  cancelled: 'cancelled',
  closed: 'tx-done',
};
const ON_THE_ROAD: Readonly<Record<TrackingStatus, ShipmentCode>> = {
  'information-received': 'tx-done',
  collected: 'picked-up',
  'in-transit': 'in-transit',
  'out-for-delivery': 'in-transit',
  'attempt-failed': 'undelivered',
  delivered: 'delivered',
  'not-collected': 'not-collected',
  cancelled: 'cancelled',
  returning: 'returning',
  // A word nobody knows leaves the parcel where it was: with ePost.
  unknown: 'tx-done',
};
