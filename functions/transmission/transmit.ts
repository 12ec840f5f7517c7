import type { Booking } from '../epost/carrier-answer.ts';
import { checkParcel } from '../epost/insert-order.ts';
import type { FieldProblem, Parcel } from '../epost/parcel.ts';
import type { Contract } from '../merchant/contract.ts';
import type { Refusal, Shipment } from '../shipment/shipment.ts';
import { cancelAtCarrier, refuseCancel } from './cancel-at-carrier.ts';
import { afresh, cancelled } from './changes.ts';
import { decideAnswer, type Gated } from './decide-answer.ts';
import { decideUnclaimed } from './decide-unclaimed.ts';
import {
  accept,
  commitAndTell,
  leaveUnknown,
  type Next,
  park,
  refuse,
  release,
  REMOVE,
  type TouchPorts,
} from './endings.ts';
import type { TransmissionMessage } from './message.ts';
import { settle } from './settle.ts';
import { acceptedEvents, cancelledEvents, refusedEvents } from './told.ts';
import { CANCEL_PARKED, CANCEL_TOO_LATE, PARKED } from './words.ts';

const CONTRACT_AGAIN_MS = 300_000;

/**
 * One shipment, one touch: whatever is due for it now. The claim is stored before ePost is called, so the second
 * time, a copy of the message or a restart finds the attempt in the record and asks ePost instead of sending.
 */
export const touch = async (
  ports: TouchPorts,
  { shipmentId, again }: Omit<TransmissionMessage, 'v'>,
): Promise<Next> => {
  const claim = await ports.attempts.claim(shipmentId, ports.clock());
  if (claim.outcome === 'claimed') return transmit(ports, claim.shipment);
  const { existing } = claim;
  if (existing !== undefined && again !== undefined && standsSince(existing, again)) {
    // Whoever ordered it has not written it down, or not yet: whatever is written now, the record decides.
    await ports.attempts.commit(existing, [existing.state], afresh(existing, again));
    return touch(ports, { shipmentId });
  }
  const due = decideUnclaimed(existing, ports.clock(), ports.settleMs);
  if (existing === undefined || due.then === 'remove') return REMOVE;
  switch (due.then) {
    case 'tell-accepted':
      return tellAgain(ports, acceptedEvents(existing));
    case 'tell-refused':
      return tellAgain(ports, refusedEvents(existing));
    case 'tell-cancelled':
      return tellAgain(ports, cancelledEvents(existing));
    case 'wait':
      return { then: 'back', delayMs: due.delayMs };
    case 'settle':
      return settle(ports, existing, (claimed, contract) => send(ports, claimed, contract));
    case 'cancel-at-carrier':
      return cancelAtCarrier(ports, existing);
    case 'cancel-unsent':
      return commitAndTell(ports, existing, cancelled(), cancelledEvents);
    case 'refuse-cancel':
      return refuseCancel(ports, existing, existing.state === 'closed' ? CANCEL_TOO_LATE : CANCEL_PARKED);
  }
};

/** Whether it still stands as it did when a person had it sent once more. */
const standsSince = ({ state, refusal, cancel }: Shipment, orderedAt: number): boolean =>
  (state === 'refused' || state === 'parked') && cancel === undefined && (refusal?.at ?? 0) < orderedAt;

const tellAgain = async (ports: TouchPorts, events: ReturnType<typeof acceptedEvents>): Promise<Next> => {
  await ports.publish(events);
  return REMOVE;
};

/** The attempt has begun; ePost is called unless the contract is not to be used now. */
const transmit = async (ports: TouchPorts, shipment: Shipment): Promise<Next> => {
  const contract = await ports.contract(shipment.contractId);
  if (contract?.status !== 'active')
    return release(ports, shipment, 'contract-not-active', CONTRACT_AGAIN_MS);
  return send(ports, shipment, contract);
};

const send = async (ports: TouchPorts, shipment: Shipment, contract: Contract): Promise<Next> => {
  const { shipmentId, parcel, waybillNumber } = shipment;
  if (parcel === undefined) return park(ports, shipment, { ...PARKED.SYSTEM, at: ports.clock() });
  const identity = { shipmentId, ...(waybillNumber !== undefined && { waybillNumber }) };
  const problem = firstProblem(parcel, contract, identity);
  if (problem !== undefined)
    return refuse(
      ports,
      shipment,
      fieldRefusal(problem, ports.clock()),
      problem.field.startsWith('contract.'),
    );
  const away = ports.contractGate.enter(shipment.contractId);
  if (away !== undefined) return release(ports, shipment, 'contract-paused', away.delayMs);
  const answer = await ports.carrier.insertOrder({ ...identity, parcel, sender: contract });
  return conclude(ports, shipment, contract, answer);
};

const firstProblem = (
  parcel: Parcel,
  contract: Contract,
  identity: Parameters<typeof checkParcel>[2],
): FieldProblem | undefined => checkParcel(parcel, contract, identity)[0];

/** Our own check, before a call is spent. */
const fieldRefusal = ({ field, fix }: FieldProblem, at: number): Refusal => ({
  code: 'FIELD',
  reason: fix,
  mustAct: field.startsWith('contract.') ? 'operator' : 'merchant',
  field,
  at,
});

const conclude = async (
  ports: TouchPorts,
  shipment: Shipment,
  contract: Contract,
  answer: Gated<Booking>,
): Promise<Next> => {
  const means = decideAnswer(answer, shipment, contract, ports.clock());
  switch (means.then) {
    case 'accept':
      return accept(ports, shipment, means);
    case 'park':
      return park(ports, shipment, means.refusal, means.booking);
    case 'unknown':
      return leaveUnknown(ports, shipment, means.cause, means.burnt);
    case 'release':
      return release(ports, shipment, means.cause, means.delayMs);
    case 'look-up':
      return settle(ports, shipment, (claimed) => leaveUnknown(ports, claimed, 'already-there', false));
    case 'refuse': {
      const { refusal, pauseContract, suspectKey } = means;
      if (!suspectKey) return refuse(ports, shipment, refusal, pauseContract);
      return { then: 'held', suspect: { shipment, refusal, pauseContract } };
    }
  }
};
