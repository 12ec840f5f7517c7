/** Messages that a run has put back and that nobody can have received since, as they are hidden still. */
export interface Resting {
  /** Whether one of this shipment is hidden now and shows by then (epoch ms). */
  has(shipmentId: string, by: number): boolean;
  /** One was put back and shows then (epoch ms). */
  note(shipmentId: string, shows: number): void;
}

/** A queue delay is at most this (SQS): what is to rest longer shows earlier. */
const LONGEST_DELAY_MS = 900_000;

export const createResting = (clock: () => number): Resting => {
  const showsAt = new Map<string, number>();
  return {
    has: (shipmentId, by) => {
      const at = showsAt.get(shipmentId) ?? 0;
      return at > clock() && at <= by;
    },
    note: (shipmentId, shows) => {
      showsAt.set(shipmentId, Math.min(shows, clock() + LONGEST_DELAY_MS));
    },
  };
};
