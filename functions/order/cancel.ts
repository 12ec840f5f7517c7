import type { OutgoingEvent } from '../events.ts';
import type { ShipmentCancelled } from './told-events.ts';
import { contractIdOf } from '../merchant/contract.ts';
import type { Shipment } from '../shipment/shipment.ts';
import type { Shipments, Written } from '../shipment/shipment.store.ts';
import { cancelAcceptedEvent, cancelRefusedEvent } from './decide-told.ts';
import { type Effects, noEffects } from './effects.ts';

/**
 * The shop takes a parcel back. Before ePost has it, the shipment ends here and its number is void (the record
 * says since when and why); once ePost has or may have it, the drain asks ePost. Told before its
 * `OrderShipped`, a mark is left so that the parcel never goes out.
 * The second time: a cancelled shipment is told again as cancelled; a pending request stays one request.
 */
export const cancelShipment = async (
  ports: { shipments: Pick<Shipments, 'read' | 'put' | 'requestCancel'>; clock: () => number },
  told: ShipmentCancelled,
): Promise<Effects> => {
  const cancel = { at: ports.clock(), ...(told.reason !== undefined && { reason: told.reason }) };
  let existing = (await ports.shipments.read([told.shipmentId])).get(told.shipmentId);
  for (let round = 0; round < 4; round++) {
    const step = await attempt(ports, told, existing, cancel);
    if (step.outcome !== 'changed') return step.effects;
    existing = step.existing;
  }
  throw new Error('The shipment keeps changing; the cancellation stays queued');
};

/** Whether ePost holds it is exactly what an operator is finding out. */
const PARKED = '우체국 접수 여부를 운영자가 확인하고 있습니다. 확인이 끝난 뒤 다시 취소해 주세요.';

type Step = { outcome: 'done'; effects: Effects } | { outcome: 'changed'; existing: Shipment | undefined };

const attempt = async (
  { shipments }: { shipments: Pick<Shipments, 'put' | 'requestCancel'> },
  told: ShipmentCancelled,
  existing: Shipment | undefined,
  cancel: NonNullable<Shipment['cancel']>,
): Promise<Step> => {
  if (existing === undefined) return afterWrite(await shipments.put(tombstone(told, cancel), 'absent'), []);
  if (existing.contractId !== contractIdOf(told))
    return done([
      cancelRefusedEvent(existing, '이 발송 건은 다른 쇼핑몰의 것입니다. shopId를 확인해 주세요.'),
    ]);
  switch (existing.state) {
    case 'cancelled':
      return done([cancelAcceptedEvent(existing)]);
    case 'closed':
      return done([cancelRefusedEvent(existing, '배송이 끝난 발송 건은 취소할 수 없습니다.')]);
    case 'parked':
      return done([cancelRefusedEvent(existing, PARKED)]);
    case 'waiting':
    case 'allocated':
    case 'retrying':
    case 'refused': {
      const { attentionSlot: _slot, attentionKey: _key, cancelRefused: _no, parcel, ...kept } = existing;
      // Retention comes by ledger entries: without one the recipient would be kept for ever, so it goes at once.
      const recipient = existing.ledgerSeq !== undefined && parcel !== undefined ? { parcel } : {};
      const ended: Shipment = { ...kept, ...recipient, state: 'cancelled', cancel };
      const still = { state: existing.state, fingerprint: existing.fingerprint };
      return afterWrite(await shipments.put(ended, still), [cancelAcceptedEvent(ended)]);
    }
    case 'sending':
    case 'unknown':
    case 'accepted':
      return askDrain(shipments, existing, cancel);
  }
};

const askDrain = async (
  shipments: Pick<Shipments, 'requestCancel'>,
  existing: Shipment,
  cancel: NonNullable<Shipment['cancel']>,
): Promise<Step> => {
  const transmit = { events: [], transmit: [existing.shipmentId] };
  if (existing.cancel !== undefined) return { outcome: 'done', effects: transmit };
  const answer = await shipments.requestCancel(existing.shipmentId, cancel);
  return answer.outcome === 'changed' ? answer : { outcome: 'done', effects: transmit };
};

const done = (events: OutgoingEvent[]): Step => ({ outcome: 'done', effects: { ...noEffects(), events } });

const afterWrite = (answer: Written, events: OutgoingEvent[]): Step =>
  answer.outcome === 'changed' ? answer : done(events);

/** A shipment cancelled before it was ever told. */
const tombstone = (told: ShipmentCancelled, cancel: NonNullable<Shipment['cancel']>): Shipment => ({
  shipmentId: told.shipmentId,
  orderId: '',
  contractId: contractIdOf(told),
  fingerprint: '',
  state: 'cancelled',
  receivedAt: cancel.at,
  deadline: cancel.at,
  attempt: 0,
  cancel,
});
