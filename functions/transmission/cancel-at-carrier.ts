import type { Contract } from '../merchant/contract.ts';
import type { Shipment } from '../shipment/shipment.ts';
import { cancelled, cancelledUnder, cancelRefused } from './changes.ts';
import { commitAndTell, type Next, park, type TouchPorts } from './endings.ts';
import { lookUp } from './look-up.ts';
import { acceptedEvents, cancelledEvents, refusedEvents } from './told.ts';
import { PARKED } from './words.ts';

const AGAIN_MS = 60_000;

/**
 * Takes a booked parcel back. ePost is asked first what it holds, so the second time, after a crash or an answer
 * that got lost, finds it gone and ends the same way: no cancellation is sent for what is not there.
 */
export const cancelAtCarrier = async (ports: TouchPorts, shipment: Shipment): Promise<Next> => {
  const contract = await ports.contract(shipment.contractId);
  if (contract === undefined) return { then: 'back', delayMs: AGAIN_MS };
  const held = await lookUp(ports.carrier, shipment, contract);
  switch (held.found) {
    case 'no-answer':
      return { then: 'back', delayMs: held.why === 'not-begun' ? 0 : AGAIN_MS };
    case 'many':
      return park(ports, shipment, { ...PARKED['DOUBLE-BOOKING'], at: ports.clock() });
    case 'none':
      return commitAndTell(ports, shipment, cancelled(), cancelledEvents);
    case 'one':
      return askBack(ports, shipment, contract, held);
  }
};

type Held = Extract<Awaited<ReturnType<typeof lookUp>>, { found: 'one' }>;

const askBack = async (
  ports: TouchPorts,
  shipment: Shipment,
  { customerNo, approvalNo }: Contract,
  { booking: { reqNo, resNo, waybillNumber }, day }: Held,
): Promise<Next> => {
  const q = { customerNo, approvalNo, reqNo, resNo, waybillNumber, day, remove: true };
  const answer = await ports.carrier.cancel(q);
  if (answer.outcome === 'not-begun') return { then: 'back', delayMs: 0 };
  if (answer.outcome === 'error' && answer.refusal.class !== 'system')
    return refuseCancel(ports, shipment, answer.refusal.reason);
  if (answer.outcome !== 'ok') return { then: 'back', delayMs: AGAIN_MS };
  const said = answer.value;
  if (said.result === 'not-cancelled') return refuseCancel(ports, shipment, said.reason);
  const { newWaybillNumber } = said;
  const change =
    newWaybillNumber === undefined || newWaybillNumber === shipment.waybillNumber
      ? cancelled()
      : cancelledUnder(shipment, newWaybillNumber, ports.clock());
  ports.count('CancelledAtCarrier');
  return commitAndTell(ports, shipment, change, cancelledEvents);
};

/**
 * The parcel goes on; the shop may ask again. Where the parcel stands is told with it, as the cancellation may have come before
 * that was told. The second time: told again from the record.
 */
export const refuseCancel = async (ports: TouchPorts, shipment: Shipment, reason: string): Promise<Next> => {
  ports.count('CancellationRefused');
  const standing = shipment.state === 'parked' ? refusedEvents : acceptedEvents;
  return commitAndTell(ports, shipment, cancelRefused(shipment, reason, ports.clock()), standing);
};
