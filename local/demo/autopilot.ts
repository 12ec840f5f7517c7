/** `--speed jump` without a demo: while parcels are on their way, the time jumps from event to event. */
import { OUR_DELIVERY_METHOD } from '../../functions/order/told-events.ts';
import type { Told } from '../terminal/event-lines.ts';
import { jumpOnce, type Piloted } from './pilot.ts';

export interface Autopilot {
  hear(event: Told): void;
}

const ENDS = ['ShipmentRefused', 'CancellationAccepted'];
/** Jumps without any news until the parcels under way are given up: two weeks of tracking rounds. */
const SILENT_JUMPS = 112;

/** Jumps as long as shipments told of on the bus have not ended; with none under way the clock just runs. */
export const createAutopilot = (piloted: Piloted): Autopilot => {
  const underWay = new Set<string>();
  let silent = 0;
  let flying = false;

  const fly = async () => {
    flying = true;
    try {
      while (underWay.size > 0 && silent++ < SILENT_JUMPS)
        if ((await jumpOnce(piloted)).jumpedTo === null) break;
      underWay.clear();
    } finally {
      flying = false;
    }
  };

  return {
    hear: ({ detailType, detail }) => {
      silent = 0;
      const { shipmentId, orderStatus, deliveryMethod } = detail as Record<string, string | undefined>;
      if (shipmentId === undefined) return;
      if (detailType === 'OrderShipped' && deliveryMethod === OUR_DELIVERY_METHOD) underWay.add(shipmentId);
      if (orderStatus === '배송완료' || ENDS.includes(detailType)) underWay.delete(shipmentId);
      // A stack that is being stopped cannot be jumped any more: that ends the flight, and nobody waits for it.
      if (underWay.size > 0 && !flying) void fly().catch(() => undefined);
    },
  };
};
