/** P3: whoever is to be sent has a message somewhere that says so, whenever nothing is under way. */
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { Check, Checked } from './check.ts';
import { all } from './records.ts';

const ON_THE_WAY: readonly Shipment['state'][] = ['allocated', 'retrying', 'sending', 'unknown'];
const HOLDING = ['transmission', 'transmission!', 'order-events', 'order-events!'];

/** The watch would find it later all the same. */
export const checkKeptMessages = (world: Checked): Check => {
  const { aws, names, broken } = world;
  let busy = false;
  return {
    afterStep: () => {
      const before = busy;
      busy = world.functions().running() > 0 || world.operator.busy() > 0 || aws.bus.waiting().length > 0;
      if (busy || !before || world.messagesForgotten()) return;
      const unsent = all<Shipment>(aws, names, 'shipments').filter(
        ({ state, receivedAt }) => ON_THE_WAY.includes(state) && world.now() - receivedAt < 13 * 86_400_000,
      );
      if (unsent.length === 0) return;
      const bodies = HOLDING.flatMap((queue) =>
        aws.queues.messages(names.queue(queue)).map(({ body }) => body),
      );
      for (const { shipmentId, state } of unsent)
        if (!bodies.some((body) => body.includes(`"shipmentId":"${shipmentId}"`)))
          broken('P3', `${shipmentId} is ${state}, and no message is left that says so`);
    },
  };
};
