/** How a set of shipments stands against the 20-minute promise (A1), computed from their records. */
import { type Shipment, type ShipmentState, UNSENT_STATES } from '../shipment/shipment.ts';

/** What the watch reads of a shipment: no personal data. */
export type WatchedShipment = Pick<
  Shipment,
  'shipmentId' | 'state' | 'receivedAt' | 'deadline' | 'attemptAt' | 'allocatedAt' | 'notBefore'
>;
export interface Standing {
  unsent: number;
  /** those of them that have their number, and so a message on the queue */
  queued: number;
  /** past their deadline and still not confirmed by ePost */
  late: number;
  /** age of the oldest unconfirmed shipment, ms; 0 when there is none */
  oldestAge: number;
  /** time since the oldest attempt whose outcome nobody knows yet, ms; 0 when there is none */
  oldestUnknown: number;
  /** nobody seems to be working on these: their queue message is to be sent again */
  stragglers: string[];
}

/** Perhaps at ePost. One left `sending` by a crash is no better known than an unanswered one. */
const AWAY: readonly ShipmentState[] = ['sending', 'unknown'];
/** Longer than a drain interval, a settle and a queue delay together: normal work never gets this old. */
const STALE_MS = 10 * 60_000;

export const isUnsent = ({ state }: Pick<Shipment, 'state'>): boolean =>
  (UNSENT_STATES as readonly string[]).includes(state);

/** A refused or parked shipment may be sent again by a person; for this long its entry stays on the list. */
const MAY_RETURN_MS = 7 * 86_400_000;

/** Whether the watch still has to look at a shipment next time. */
export const isWatched = (shipment: Pick<WatchedShipment, 'state' | 'receivedAt'>, now: number): boolean =>
  isUnsent(shipment) ||
  (['refused', 'parked'].includes(shipment.state) && now - shipment.receivedAt < MAY_RETURN_MS);

export const standingOf = (shipments: Iterable<WatchedShipment>, now: number): Standing => {
  const standing: Standing = {
    unsent: 0,
    queued: 0,
    late: 0,
    oldestAge: 0,
    oldestUnknown: 0,
    stragglers: [],
  };
  for (const shipment of shipments) {
    if (!isUnsent(shipment)) continue;
    standing.unsent += 1;
    if (shipment.state !== 'waiting') standing.queued += 1;
    if (now > shipment.deadline) standing.late += 1;
    standing.oldestAge = Math.max(standing.oldestAge, now - shipment.receivedAt);
    if (AWAY.includes(shipment.state))
      standing.oldestUnknown = Math.max(standing.oldestUnknown, now - (shipment.attemptAt ?? now));
    if (shipment.state !== 'waiting' && now - lastTouch(shipment) > STALE_MS)
      standing.stragglers.push(shipment.shipmentId);
  }
  return standing;
};

const lastTouch = ({ receivedAt, allocatedAt = 0, attemptAt = 0, notBefore = 0 }: WatchedShipment): number =>
  Math.max(receivedAt, allocatedAt, attemptAt, notBefore);

export const sumStandings = (parts: readonly Standing[]): Standing => ({
  unsent: parts.reduce((sum, { unsent }) => sum + unsent, 0),
  queued: parts.reduce((sum, { queued }) => sum + queued, 0),
  late: parts.reduce((sum, { late }) => sum + late, 0),
  oldestAge: parts.reduce((max, { oldestAge }) => Math.max(max, oldestAge), 0),
  oldestUnknown: parts.reduce((max, { oldestUnknown }) => Math.max(max, oldestUnknown), 0),
  stragglers: parts.flatMap(({ stragglers }) => stragglers),
});
