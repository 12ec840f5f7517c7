/** What the platform is told of a transmission, from the stored record. */
import type { OutgoingEvent } from '../events.ts';
import {
  allocatedEvent,
  cancelAcceptedEvent,
  cancelRefusedEvent,
  refusedEvent,
} from '../order/decide-told.ts';
import { aboutShipment, type Shipment } from '../shipment/shipment.ts';

/**
 * ePost holds the parcel. A number that ePost drew is given to the order in the same breath (A6), and so is one that
 * a crash may have kept untold.
 */
export const acceptedEvents = (shipment: Shipment): OutgoingEvent[] => {
  const { booking, waybillNumber } = shipment;
  if (booking === undefined || waybillNumber === undefined) return cancelRefusedEvents(shipment);
  return [
    ...(drawnByCarrier(shipment) || shipment.waited ? allocatedEvent(shipment) : []),
    {
      detailType: 'ShipmentTransmitted',
      detail: {
        ...aboutShipment(shipment),
        waybillNumber,
        transmittedAt: new Date(booking.at).toISOString(),
        ...(booking.postOffice !== undefined && { postOffice: booking.postOffice }),
        ...(booking.feeWon !== undefined && { expectedFeeWon: booking.feeWon }),
      },
    },
    ...cancelRefusedEvents(shipment),
  ];
};

/** Its number came with the answer, so it was given at the very time of the booking. At worst told twice. */
const drawnByCarrier = ({ booking, allocatedAt }: Shipment): boolean => booking?.at === allocatedAt;

/** Someone must act: from the stored refusal, parked ones included. */
export const refusedEvents = (shipment: Shipment): OutgoingEvent[] => [
  ...refusedEvent(shipment),
  ...cancelRefusedEvents(shipment),
];

export const cancelledEvents = (shipment: Shipment): OutgoingEvent[] => [
  ...replacedEvents(shipment),
  cancelAcceptedEvent(shipment),
];

/** A cancellation under the OpenAPI gives the parcel another number (A7). */
const replacedEvents = (shipment: Shipment): OutgoingEvent[] => {
  const former = shipment.formerNumbers?.at(-1);
  if (former === undefined || shipment.waybillNumber === undefined) return [];
  const numbers = { oldWaybillNumber: former.number, newWaybillNumber: shipment.waybillNumber };
  return [
    {
      detailType: 'WaybillReplaced',
      detail: { ...aboutShipment(shipment), ...numbers, reason: former.reason },
    },
  ];
};

/** The answer to the last cancellation, while it stands. */
const cancelRefusedEvents = (shipment: Shipment): OutgoingEvent[] =>
  shipment.cancelRefused === undefined ? [] : [cancelRefusedEvent(shipment, shipment.cancelRefused.reason)];
