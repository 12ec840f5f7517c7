/** P3, P5, P7: at the end every parcel is numbered, told and booked, or stands where somebody sees it, with a reason. */
import type { Shipment } from '../../../functions/shipment/shipment.ts';
import type { ToldShipment } from '../world/shop.ts';
import type { Check, Checked } from './check.ts';
import { all } from './records.ts';

const PROMISE_MS = 20 * 60_000;
/** Where messages were lost, as SQS loses none, the watch has to find it first. */
const FOUND_MS = 15 * 60_000;

export const checkNothingLost = (world: Checked): Check => {
  const { shop, carrier } = world;
  const broken = (how: string, promise = 'P3') => world.broken(promise, how);
  const heard = (shipmentId: string, type: string, waybillNumber?: string) =>
    (shop.heard.get(shipmentId) ?? []).some(
      (event) =>
        event.type === type &&
        (waybillNumber === undefined || event.detail['waybillNumber'] === waybillNumber),
    );
  const liveOf = (shipmentId: string) =>
    carrier.office.bookings.all().filter(({ orderNo, state }) => orderNo === shipmentId && state === 'live');

  const booked = (told: ToldShipment, { shipmentId, waybillNumber, booking, state }: Shipment) => {
    const [live] = liveOf(shipmentId);
    if (live === undefined) return broken(`${shipmentId} is ${state}, and ePost does not hold it`);
    if (live.reqNo !== booking?.reqNo || live.regiNo !== waybillNumber)
      broken(
        `${shipmentId}: ePost has ${live.reqNo} ${live.regiNo}, we have ${booking?.reqNo} ${waybillNumber}`,
      );
    if (!heard(shipmentId, 'WaybillAllocated', waybillNumber))
      broken(`${shipmentId}: its number was never told`, 'P5');
    if (!heard(shipmentId, 'ShipmentTransmitted', waybillNumber))
      broken(`${shipmentId}: its booking was never told`);
    if (told.cancelledAt !== undefined && !heard(shipmentId, 'CancellationRefused'))
      broken(`${shipmentId}: a cancellation was neither done nor refused`);
    if (
      state === 'closed' &&
      !(shop.heard.get(shipmentId) ?? []).some(({ detail }) => detail['orderStatus'] === '배송완료')
    )
      broken(`${shipmentId}: its delivery was never told`);
    return undefined;
  };
  const ended = (told: ToldShipment, shipment: Shipment | undefined) => {
    const { shipmentId } = told;
    if (shipment === undefined) return broken(`${shipmentId} is in no table`);
    switch (shipment.state) {
      case 'accepted':
      case 'closed':
        return booked(told, shipment);
      case 'cancelled':
        if (told.cancelledAt === undefined) broken(`${shipmentId} was cancelled by nobody`);
        if (liveOf(shipmentId).length > 0) broken(`${shipmentId} is cancelled, and ePost holds it`);
        if (!heard(shipmentId, 'CancellationAccepted'))
          broken(`${shipmentId}: its cancellation was never told`);
        return undefined;
      case 'refused':
      case 'parked':
        if (shipment.refusal === undefined) broken(`${shipmentId} is ${shipment.state} without a reason`);
        if (!heard(shipmentId, 'ShipmentRefused')) broken(`${shipmentId}: its refusal was never told`);
        if (shipment.state === 'refused' && liveOf(shipmentId).length > 0)
          broken(`${shipmentId} is refused (${shipment.refusal?.code}), and ePost holds it`);
        return undefined;
      default:
        return broken(
          `${shipmentId} is still ${shipment.state} (${shipment.waitingFor ?? shipment.cause ?? ''})`,
        );
    }
  };
  return {
    atEnd: () => {
      const stored = new Map(
        all<Shipment>(world.aws, world.names, 'shipments').map((shipment) => [shipment.shipmentId, shipment]),
      );
      const calm = world.calmSince() ?? 0;
      for (const told of shop.shipments.values()) {
        if (told.firstToldAt === undefined) continue;
        const shipment = stored.get(told.shipmentId);
        ended(told, shipment);
        const since = Math.max(calm, shipment?.receivedAt ?? 0);
        const within = PROMISE_MS + (world.messagesForgotten() ? FOUND_MS : 0);
        if (shipment?.booking !== undefined && shipment.booking.at > since + within)
          broken(
            `${told.shipmentId} was booked ${Math.round((shipment.booking.at - since) / 60_000)} min after all was well`,
            'P7',
          );
      }
      for (const id of stored.keys())
        if (!shop.shipments.has(id)) broken(`${id} was never told, and is stored`, 'P2');
    },
  };
};
