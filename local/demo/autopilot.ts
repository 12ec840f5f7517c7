/** `--speed jump` without a demo: while parcels are on their way, the time jumps from event to event. */
import type { Told } from '../terminal/event-lines.ts';
import { jumpOnce, type Piloted } from './pilot.ts';

export interface Autopilot {
  hear(event: Told): void;
  stop(): void;
}

const ENDS = ['ShipmentRefused', 'CancellationAccepted'];

/** Jumps as long as shipments told of on the bus have not ended; with none under way the clock just runs. */
export const createAutopilot = (piloted: Piloted): Autopilot => {
  const underWay = new Set<string>();
  let flying = false;
  let stopped = false;

  const fly = async () => {
    if (flying) return;
    flying = true;
    try {
      while (!stopped && underWay.size > 0 && (await jumpOnce(piloted)).jumpedTo !== null);
    } finally {
      flying = false;
    }
  };

  return {
    hear: ({ detailType, detail }) => {
      const { shipmentId, orderStatus } = detail as { shipmentId?: string; orderStatus?: string };
      if (shipmentId === undefined) return;
      if (detailType === 'WaybillAllocated') underWay.add(shipmentId);
      if (orderStatus === '배송완료' || ENDS.includes(detailType)) underWay.delete(shipmentId);
      // A stack that is stopping ends the flight; there is nothing to jump for then.
      if (underWay.size > 0) void fly().catch(() => undefined);
    },
    stop: () => {
      stopped = true;
    },
  };
};
