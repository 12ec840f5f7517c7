import type { OutgoingEvent } from '../events.ts';
import { aboutShipment, type Shipment, UNSENT_STATES } from '../shipment/shipment.ts';
import type { Expectation } from '../waybill/allocation.ts';
import { differingFields, type NewShipment } from './new-shipment.ts';

/** What telling a shipment leads to, given what is stored. */
export type Verdict =
  /** give it a number, if the record is still as expected */
  | { then: 'number'; expect: Expectation }
  /** refused after it got its number: take the corrected body, keep the number */
  | { then: 'correct'; existing: Shipment }
  /** nothing to change; tell what is known again */
  | { then: 'tell'; events: OutgoingEvent[]; transmit: boolean };

/**
 * One shipped parcel, one number, however often it is told: the same body again only repeats our answer,
 * another body is a conflict and the first stands. Only what was refused may be corrected.
 */
export const decideTold = (told: NewShipment, existing: Shipment | undefined): Verdict => {
  if (existing === undefined) return { then: 'number', expect: 'new' };
  if (existing.state === 'cancelled') return tellOnly(cancelledAgain(existing, told));
  if (existing.fingerprint === told.fingerprint) return sameAgain(existing);
  if (existing.state === 'refused')
    return existing.waybillNumber === undefined && existing.ledgerSeq === undefined
      ? { then: 'number', expect: { state: 'refused', fingerprint: existing.fingerprint } }
      : { then: 'correct', existing };
  return tellOnly({
    detailType: 'ShipmentConflict',
    detail: {
      ...aboutShipment(existing),
      differingFields: differingFields(existing, told),
      ...(existing.waybillNumber !== undefined && { waybillNumber: existing.waybillNumber }),
    },
  });
};

const sameAgain = (existing: Shipment): Verdict => {
  if (existing.state === 'waiting')
    return { then: 'number', expect: { state: 'waiting', fingerprint: existing.fingerprint } };
  // What is told again may be what never arrived: its number as well, in the order in which it came about.
  if (existing.state === 'refused') return tellOnly(...allocatedEvent(existing), ...refusedEvent(existing));
  const transmit = (UNSENT_STATES as readonly string[]).includes(existing.state);
  return { then: 'tell', events: allocatedEvent(existing), transmit };
};

const tellOnly = (...events: OutgoingEvent[]): Verdict => ({ then: 'tell', events, transmit: false });

const cancelledAgain = (existing: Shipment, told: NewShipment): OutgoingEvent =>
  cancelAcceptedEvent({ ...existing, orderId: existing.orderId || told.orderId });

/** `CancellationAccepted`: it ends here. */
export const cancelAcceptedEvent = (shipment: Shipment): OutgoingEvent => ({
  detailType: 'CancellationAccepted',
  detail: { ...aboutShipment(shipment), ...numberOf(shipment) },
});

/** `CancellationRefused` with the reason in Korean: it goes on. */
export const cancelRefusedEvent = (shipment: Shipment, reason: string): OutgoingEvent => ({
  detailType: 'CancellationRefused',
  detail: { ...aboutShipment(shipment), ...numberOf(shipment), reason },
});

const numberOf = ({ waybillNumber }: Shipment) => (waybillNumber === undefined ? {} : { waybillNumber });

/** `WaybillAllocated`, if there is a number to tell (ePost may draw it later). */
export const allocatedEvent = (shipment: Shipment): OutgoingEvent[] =>
  shipment.waybillNumber === undefined
    ? []
    : [
        {
          detailType: 'WaybillAllocated',
          detail: {
            ...aboutShipment(shipment),
            waybillNumber: shipment.waybillNumber,
            carrier: 'epost',
            allocatedAt: new Date(shipment.allocatedAt ?? shipment.receivedAt).toISOString(),
            deadline: new Date(shipment.deadline).toISOString(),
          },
        },
      ];

/** `ShipmentRefused` from the stored refusal. */
export const refusedEvent = (shipment: Shipment): OutgoingEvent[] =>
  shipment.refusal === undefined
    ? []
    : [
        {
          detailType: 'ShipmentRefused',
          detail: {
            ...aboutShipment(shipment),
            code: shipment.refusal.code,
            reason: shipment.refusal.reason,
            mustAct: shipment.refusal.mustAct,
            ...(shipment.refusal.field !== undefined && { field: shipment.refusal.field }),
            ...(shipment.waybillNumber !== undefined && { waybillNumber: shipment.waybillNumber }),
          },
        },
      ];

const EXPLANATIONS = {
  'pool-empty':
    '운송장번호가 모두 소진되어 기다립니다. 관할 우체국에서 받은 번호를 추가하면 바로 발급합니다.',
  'contract-unknown': '이 쇼핑몰(입점사)의 우체국택배 이용신청이 아직 연동되지 않아 기다립니다.',
  'contract-not-active': '우체국택배 이용이 정지되어 기다립니다. 이용중으로 바뀌면 바로 발급합니다.',
} as const;

/** `ShipmentWaiting` with the reason in words. */
export const waitingEvent = (shipment: Shipment): OutgoingEvent[] =>
  shipment.waitingFor === undefined
    ? []
    : [
        {
          detailType: 'ShipmentWaiting',
          detail: {
            ...aboutShipment(shipment),
            reason: shipment.waitingFor,
            explanation: EXPLANATIONS[shipment.waitingFor],
          },
        },
      ];
