/** The endings of a touch: what was decided is written, then told, and only then is the message let go. */
import type { Booking } from '../epost/carrier-answer.ts';
import type { OutgoingEvent } from '../events.ts';
import type { ReadContract } from '../merchant/contract.store.ts';
import type { Attempts, Change, Committed } from '../shipment/attempt.store.ts';
import type { Refusal, Shipment, ShipmentState } from '../shipment/shipment.ts';
import { accepted, asUnknown, parked, refused, released } from './changes.ts';
import type { ContractGate } from './contract-gate.ts';
import type { ContractPause } from './carrier-pause.ts';
import type { GatedCarrier } from './gate.ts';
import type { Suspect } from './doubt.ts';
import { acceptedEvents, refusedEvents } from './told.ts';
import { PARKED } from './words.ts';

export interface TouchPorts {
  clock: () => number;
  attempts: Attempts;
  contract: ReadContract;
  carrier: GatedCarrier;
  contractGate: ContractGate;
  pauses: {
    writeContract(contractId: string, pause: ContractPause): Promise<void>;
    clearContract(contractId: string): Promise<void>;
  };
  publish: (events: readonly OutgoingEvent[]) => Promise<void>;
  count: (name: string, value?: number) => void;
  /** One line on something out of the ordinary; ids and codes only. */
  warn: (text: string, about: Record<string, unknown>) => void;
  settleMs: number;
  maxAttempts: number;
}

/** What becomes of the message. */
export type Next =
  | { then: 'remove' }
  | { then: 'back'; delayMs: number }
  /** stays as it is until the verdict is spoken or dropped */
  | { then: 'held'; suspect: Suspect };

export const REMOVE: Next = { then: 'remove' };
/** Another invocation got in between: look again in a moment. */
const LOOK_AGAIN: Next = { then: 'back', delayMs: 1000 };
/** An attempt's outcome may be written while it is under way or being asked about. */
const OPEN: readonly ShipmentState[] = ['sending', 'unknown'];

/** ePost holds it. The second time: told again from the record, written once. */
export const accept = async (
  ports: TouchPorts,
  shipment: Shipment,
  { booking, drawn }: { booking: Booking; drawn: boolean },
): Promise<Next> => {
  const now = ports.clock();
  const answer = await ports.attempts.commit(shipment, OPEN, accepted(booking, drawn, now));
  if (answer.outcome === 'changed') return acceptedLate(ports, answer.existing, booking);
  ports.count('Transmitted');
  if (now > shipment.deadline) ports.count('TransmittedLate');
  if (ports.contractGate.taken(shipment.contractId)) await ports.pauses.clearContract(shipment.contractId);
  await ports.publish(acceptedEvents(answer.shipment));
  return afterwards(answer.shipment);
};

/** ePost said yes, and meanwhile the record went on. The same booking: well. Another one: two parcels. */
const acceptedLate = async (
  ports: TouchPorts,
  existing: Shipment | undefined,
  booking: Booking,
): Promise<Next> => {
  if (existing === undefined || existing.booking?.reqNo === booking.reqNo) return LOOK_AGAIN;
  const states: ShipmentState[] = ['allocated', 'sending', 'unknown', 'retrying', 'accepted'];
  if (!states.includes(existing.state)) return reportDouble(ports, existing, booking);
  const parkedNow = parked(existing, { ...PARKED['DOUBLE-BOOKING'], at: ports.clock() });
  const answer = await ports.attempts.commit(existing, states, parkedNow);
  if (answer.outcome === 'changed') return acceptedLate(ports, answer.existing, booking);
  await ports.publish(refusedEvents(answer.shipment));
  return reportDouble(ports, existing, booking);
};

const reportDouble = (ports: TouchPorts, existing: Shipment, booking: Booking): Next => {
  ports.count('DoubleBooking');
  ports.warn('ePost took a parcel that had gone on meanwhile', {
    shipmentId: existing.shipmentId,
    state: existing.state,
    reqNo: booking.reqNo,
  });
  return REMOVE;
};

const METRICS: Record<string, string> = {
  'NUMBER-MISMATCH': 'NumberMismatch',
  'DOUBLE-BOOKING': 'DoubleBooking',
};

/** An operator must look. The second time: told again. */
export const park = async (
  ports: TouchPorts,
  shipment: Shipment,
  refusal: Refusal,
  booking?: Booking,
): Promise<Next> => {
  ports.contractGate.unsaid(shipment.contractId);
  const states: ShipmentState[] = [...OPEN, 'accepted'];
  const answer = await ports.attempts.commit(shipment, states, parked(shipment, refusal, booking));
  if (answer.outcome === 'changed') return LOOK_AGAIN;
  ports.count('TransmissionParked');
  ports.count(METRICS[refusal.code] ?? 'AttemptsUsedUp');
  ports.warn('shipment parked for an operator', about(shipment, refusal.code));
  return tell(ports, answer, refusedEvents);
};

/** Someone must act before it can go. The second time: told again. */
export const refuse = async (
  ports: TouchPorts,
  shipment: Shipment,
  refusal: Refusal,
  pausesContract: boolean,
): Promise<Next> => {
  const answer = await ports.attempts.commit(shipment, OPEN, refused(shipment, refusal));
  if (answer.outcome === 'changed') return LOOK_AGAIN;
  ports.count('TransmissionRefused');
  const pause = pausesContract && ports.contractGate.refused(shipment.contractId, refusal.code);
  if (pause) {
    await ports.pauses.writeContract(shipment.contractId, pause);
    ports.count('ContractPaused');
    ports.warn('contract paused', {
      contractId: shipment.contractId,
      code: refusal.code,
      until: pause.until,
    });
  } else ports.contractGate.unsaid(shipment.contractId);
  return tell(ports, answer, refusedEvents);
};

/** Certainly not sent, and not this parcel's fault: the attempt is given back. The second time: looked at again. */
export const release = async (
  ports: TouchPorts,
  shipment: Shipment,
  cause: string,
  delayMs: number,
): Promise<Next> => {
  ports.contractGate.unsaid(shipment.contractId);
  const answer = await ports.attempts.commit(
    shipment,
    ['sending'],
    released(shipment, cause, ports.clock() + delayMs),
  );
  if (answer.outcome === 'changed') return LOOK_AGAIN;
  ports.count('TransmissionRetried');
  return { then: 'back', delayMs };
};

/** Perhaps sent: to be asked about after the settle time. */
export const leaveUnknown = async (
  ports: TouchPorts,
  shipment: Shipment,
  cause: string,
  burnt: boolean,
): Promise<Next> => {
  ports.contractGate.unsaid(shipment.contractId);
  const answer = await ports.attempts.commit(shipment, ['sending'], asUnknown(shipment, cause, burnt));
  if (answer.outcome === 'changed') return LOOK_AGAIN;
  ports.count('TransmissionUnknown');
  ports.warn('outcome unknown', about(shipment, cause));
  return { then: 'back', delayMs: (shipment.attemptAt ?? 0) + ports.settleMs - ports.clock() };
};

/** Tells what was written and lets the message go; after a lost race the record is looked at again. */
export const tell = async (
  ports: Pick<TouchPorts, 'publish'>,
  answer: Committed,
  events: (shipment: Shipment) => OutgoingEvent[],
): Promise<Next> => {
  if (answer.outcome === 'changed') return LOOK_AGAIN;
  await ports.publish(events(answer.shipment));
  return afterwards(answer.shipment);
};

/** A cancellation asked for meanwhile may have no other message than this one. */
const afterwards = ({ cancel, state }: Shipment): Next =>
  cancel !== undefined && state !== 'cancelled' ? LOOK_AGAIN : REMOVE;

/** Writes a change whose only fence is the record as it was read. */
export const commitAndTell = async (
  ports: Pick<TouchPorts, 'attempts' | 'publish'>,
  shipment: Shipment,
  change: Change,
  events: (shipment: Shipment) => OutgoingEvent[],
): Promise<Next> => tell(ports, await ports.attempts.commit(shipment, [shipment.state], change), events);

const about = ({ shipmentId, contractId, attempt }: Shipment, code: string) => ({
  shipmentId,
  contractId,
  attempt,
  code,
});
