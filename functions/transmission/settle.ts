import type { Contract } from '../merchant/contract.ts';
import type { Shipment } from '../shipment/shipment.ts';
import { cancelled } from './changes.ts';
import { decideBooking } from './decide-answer.ts';
import { accept, commitAndTell, type Next, park, type TouchPorts } from './endings.ts';
import { lookUp } from './look-up.ts';
import { cancelledEvents } from './told.ts';
import { PARKED } from './words.ts';

/** Sends the shipment once more; the attempt has begun. */
type Resend = (claimed: Shipment, contract: Contract) => Promise<Next>;

const ASK_AGAIN_MS = { least: 60_000, most: 300_000 };
const NO_CONTRACT_MS = 300_000;

/**
 * Finds out what became of an attempt without an answer: ePost is asked, and only what it certainly does not
 * hold is sent again. The second time: asked again; what was found is already written and is told again.
 */
export const settle = async (ports: TouchPorts, shipment: Shipment, resend: Resend): Promise<Next> => {
  const contract = await ports.contract(shipment.contractId);
  if (contract === undefined) return { then: 'back', delayMs: NO_CONTRACT_MS };
  const answer = await lookUp(ports.carrier, shipment, contract);
  switch (answer.found) {
    case 'no-answer':
      return askAgain(ports, shipment, answer.why);
    case 'many':
      return park(ports, shipment, { ...PARKED['DOUBLE-BOOKING'], at: ports.clock() });
    case 'one': {
      const means = decideBooking(answer.booking, shipment, contract, ports.clock());
      if (means.then === 'park') return park(ports, shipment, means.refusal, means.booking);
      ports.count('TransmissionSettled');
      return accept(ports, shipment, means);
    }
    case 'none':
      if (answer.withdrawn) ports.count('FoundWithdrawn');
      return notThere(ports, shipment, contract, resend);
  }
};

const notThere = async (
  ports: TouchPorts,
  shipment: Shipment,
  contract: Contract,
  resend: Resend,
): Promise<Next> => {
  if (shipment.cancel !== undefined) return commitAndTell(ports, shipment, cancelled(), cancelledEvents);
  if (shipment.attempt >= ports.maxAttempts)
    return park(ports, shipment, { ...PARKED.ATTEMPTS, at: ports.clock() });
  if (contract.status !== 'active') return { then: 'back', delayMs: NO_CONTRACT_MS };
  const claim = await ports.attempts.claimAgain(shipment, ports.clock());
  if (claim.outcome === 'not-claimed') return { then: 'back', delayMs: 0 };
  return resend(claim.shipment, contract);
};

/** The longer ePost has not told, the longer until the next question. */
const askAgain = ({ clock, settleMs, count }: TouchPorts, shipment: Shipment, why: string): Next => {
  if (why === 'not-begun') return { then: 'back', delayMs: 0 };
  count('SettleUnanswered');
  const waited = clock() - (shipment.attemptAt ?? 0) - settleMs;
  return { then: 'back', delayMs: Math.min(Math.max(waited, ASK_AGAIN_MS.least), ASK_AGAIN_MS.most) };
};
