import { createHash } from 'node:crypto';
import type { OrderShipped } from './told-events.ts';
import { contractIdOf } from '../merchant/contract.ts';
import type { Shipment } from '../shipment/shipment.ts';

/** A shipment as the platform told it, before it has a state with us. */
export type NewShipment = Omit<Shipment, 'state'> & Required<Pick<Shipment, 'parcel'>>;

/**
 * The record an `OrderShipped` asks for. `receivedAt` (epoch ms) is when the event was accepted: the promise
 * (A1) counts from there.
 */
export const newShipment = (told: OrderShipped, receivedAt: number, promiseMinutes: number): NewShipment => {
  const {
    shipmentId,
    orderId,
    shopId: _shop,
    sellerId: _seller,
    deliveryMethod: _method,
    paid: _paid,
    shippedAt: _shippedAt,
    box,
    ...parcel
  } = told;
  const contractId = contractIdOf(told);
  return {
    shipmentId,
    orderId,
    contractId,
    fingerprint: fingerprintOf({ orderId, contractId, box, parcel }),
    receivedAt,
    deadline: receivedAt + promiseMinutes * 60_000,
    attempt: 0,
    ...(box && { box }),
    parcel,
  };
};

/** Same body, same fingerprint, whatever the order of its keys. 16 bytes of SHA-256. */
const fingerprintOf = (body: unknown): string =>
  createHash('sha256').update(canonical(body)).digest().subarray(0, 16).toString('base64url');

const canonical = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
};

/** Top-level fields in which two tellings of one shipment differ: names only, no values. */
export const differingFields = (
  known: Pick<Shipment, 'orderId' | 'contractId' | 'box' | 'parcel'>,
  told: NewShipment,
): string[] => {
  const body = (shipment: typeof known): Record<string, unknown> => ({
    orderId: shipment.orderId,
    merchant: shipment.contractId,
    box: shipment.box,
    ...shipment.parcel,
  });
  const [before, now] = [body(known), body(told)];
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => canonical(before[name]) !== canonical(now[name])).sort();
};
