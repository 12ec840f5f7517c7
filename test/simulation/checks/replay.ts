/** P2: everything the shop ever told, told once more from the archive, changes nothing and sends nothing. */
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { World } from '../world/world.ts';
import { all } from './records.ts';

/** What a replay may not touch: those refused may be corrected by an older body, and a cancellation may be asked again. */
const untouchable = ({ aws, names, shop, carrier }: World): Record<string, string> => {
  const shipments = all<Shipment>(aws, names, 'shipments').filter(
    ({ shipmentId, state }) =>
      !['refused', 'parked'].includes(state) && shop.shipments.get(shipmentId)?.cancelledAt === undefined,
  );
  const bookingsOf = (shipmentId: string) =>
    carrier.office.bookings.all().filter(({ orderNo }) => orderNo === shipmentId);
  return Object.fromEntries([
    ...shipments.flatMap((shipment) => [
      [shipment.shipmentId, JSON.stringify(shipment)],
      [`what ePost has of ${shipment.shipmentId}`, JSON.stringify(bookingsOf(shipment.shipmentId))],
    ]),
    ['the messages sent', String(aws.sms.sent().length)],
  ]) as Record<string, string>;
};

/** Replays and lets everything come to rest. */
export const checkReplay = async (
  world: World,
  rest: () => Promise<void>,
  broken: (promise: string, how: string) => void,
): Promise<void> => {
  const before = untouchable(world);
  world.replay();
  await rest();
  const after = untouchable(world);
  for (const [what, was] of Object.entries(before))
    if (after[what] !== was) broken('P2', `a replay changed ${what}`);
};
