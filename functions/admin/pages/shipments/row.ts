import type { ListedShipment } from '../../../shipment/listing.store.ts';
import { waybillNumber } from '../../mask.ts';
import { shipmentCode } from '../../shipment-code.ts';
import type { ShipmentCode } from '../../vocabulary.ts';

/** A shipment as a line of a list; names nobody. */
export interface ShipmentRow {
  shipmentId: string;
  /** 5-4-4, or undefined: none yet */
  number?: string;
  contractId: string;
  shop: string;
  orderId: string;
  /** 2개 중 1번째 상자 */
  box?: string;
  code: ShipmentCode;
  receivedAt: number;
  /** until ePost confirmed it, ms */
  tookMs?: number;
  late: boolean;
  changedAt: number;
}

export const rowOf = (shipment: ListedShipment, shops: ReadonlyMap<string, string>): ShipmentRow => {
  const { booking, receivedAt, deadline, tracked, attemptAt, refusal, allocatedAt } = shipment;
  return {
    shipmentId: shipment.shipmentId,
    ...(shipment.waybillNumber !== undefined && { number: waybillNumber(shipment.waybillNumber) }),
    contractId: shipment.contractId,
    shop: shops.get(shipment.contractId) ?? shipment.contractId,
    orderId: shipment.orderId,
    ...(shipment.box && { box: boxWords(shipment.box) }),
    code: shipmentCode(shipment.state, tracked?.status),
    receivedAt,
    ...(booking && { tookMs: booking.at - receivedAt }),
    late: (booking?.at ?? 0) > deadline,
    changedAt: Math.max(
      receivedAt,
      allocatedAt ?? 0,
      attemptAt ?? 0,
      refusal?.at ?? 0,
      booking?.at ?? 0,
      tracked?.at ?? 0,
    ),
  };
};

export const boxWords = ({ number, of }: { number: number; of: number }): string =>
  `${of}개 중 ${number}번째 상자`;

/** The page of one shipment. By its id, which is always found with one read. */
export const shipmentPath = (shipmentId: string): string => `/shipments/${encodeURIComponent(shipmentId)}`;
