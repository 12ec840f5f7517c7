import { checkParcel } from '../epost/insert-order.ts';
import type { ReadContract } from '../merchant/contract.store.ts';
import type { Shipment } from '../shipment/shipment.ts';
import { attentionKeys } from '../shipment/shipment.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import { allocatedEvent, refusedEvent } from './decide-told.ts';
import type { Effects } from './effects.ts';
import type { NewShipment } from './new-shipment.ts';

/**
 * Takes the corrected body of a shipment that ePost refused after it had its number: same number, new attempts.
 * The second time: the record is no longer refused and `decideTold` only repeats our answer.
 * @throws when the record changed meanwhile: the message stays queued and is decided anew.
 */
export const correct = async (
  ports: { contract: ReadContract; shipments: Pick<Shipments, 'put'>; clock: () => number },
  told: NewShipment,
  existing: Shipment,
): Promise<Effects> => {
  const contract = await ports.contract(existing.contractId);
  const problem = contract && checkParcel(told.parcel, contract)[0];
  const corrected = problem
    ? refusedAgain(told, existing, problem.field, problem.fix, ports.clock())
    : sendAnew(told, existing);
  const answer = await ports.shipments.put(corrected, {
    state: 'refused',
    fingerprint: existing.fingerprint,
  });
  if (answer.outcome === 'changed')
    throw new Error('The refused shipment changed; its correction stays queued');
  return problem
    ? { events: refusedEvent(corrected), transmit: [] }
    : { events: allocatedEvent(corrected), transmit: [corrected.shipmentId] };
};

/** A correction is a new promise: its 20 minutes count from now on. */
const sendAnew = (told: NewShipment, existing: Shipment): Shipment => {
  const { refusal: _refusal, attentionSlot: _slot, attentionKey: _key, notBefore: _wait, ...kept } = existing;
  const { receivedAt, deadline, fingerprint, parcel } = told;
  return { ...kept, state: 'allocated', receivedAt, deadline, fingerprint, parcel, attempt: 0 };
};

const refusedAgain = (
  told: NewShipment,
  existing: Shipment,
  field: string,
  reason: string,
  at: number,
): Shipment => ({
  ...existing,
  fingerprint: told.fingerprint,
  parcel: told.parcel,
  refusal: { code: 'FIELD', reason, mustAct: 'merchant', field, at },
  ...attentionKeys('refused', existing),
});
