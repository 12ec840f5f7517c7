import type { OutgoingEvent } from '../events.ts';
import { checkParcel } from '../epost/insert-order.ts';
import type { FieldProblem } from '../epost/parcel.ts';
import { type Contract, merchantOf } from '../merchant/contract.ts';
import { attentionKeys, type Shipment } from '../shipment/shipment.ts';
import type { Shipments, Written } from '../shipment/shipment.store.ts';
import { asWaiting, type Candidate } from '../waybill/allocation.ts';
import type { Allocate, Committed } from '../waybill/allocation.store.ts';
import { crossedLevel, lowWaterOf } from '../waybill/pool.ts';
import { allocatedEvent, refusedEvent, waitingEvent } from './decide-told.ts';
import { type Effects, joinEffects } from './effects.ts';

export interface NumberingPorts {
  allocate: Allocate;
  shipments: Pick<Shipments, 'put'>;
  count: (name: string, value?: number) => void;
  /** Where no order's message is kept that would tell it again after a crash, a refusal is told before it is written. */
  tellFirst?: (events: readonly OutgoingEvent[]) => Promise<void>;
}
/** A shipment that someone else changed meanwhile: decide again from what is stored now. */
export interface Overtaken {
  candidate: Candidate;
  existing: Shipment;
}

/**
 * Gives numbers to shipments of one contract (at most 97): what ePost would refuse is refused before a number
 * is spent, what cannot be served waits with its reason. The second time: see `createAllocate`.
 */
export const numberShipments = async (
  ports: NumberingPorts,
  contract: Contract | undefined,
  candidates: readonly Candidate[],
  now: number,
): Promise<{ effects: Effects; overtaken: Overtaken[] }> => {
  if (contract === undefined)
    return settleAll(
      ports,
      candidates.map((one) => waiting(one, 'contract-unknown')),
    );
  if (contract.status !== 'active')
    return settleAll(
      ports,
      candidates.map((one) => waiting(one, 'contract-not-active')),
    );
  const checked = candidates.map((candidate) => ({
    candidate,
    problem: candidate.shipment.parcel && checkParcel(candidate.shipment.parcel, contract)[0],
  }));
  const fit = checked.flatMap(({ candidate, problem }) => (problem ? [] : [candidate]));
  const { results, committed } = await ports.allocate(contract, fit);
  const unserved = [
    ...checked.flatMap(({ candidate, problem }) => (problem ? [refused(candidate, problem, now)] : [])),
    ...results.flatMap((one) => (one.outcome === 'waiting' ? [waiting(one.candidate, 'pool-empty')] : [])),
  ];
  const settled = await settleAll(ports, unserved);
  const allocated = results.flatMap((one) => (one.outcome === 'allocated' ? [one.shipment] : []));
  ports.count('ShipmentsAllocated', allocated.length);
  return {
    effects: joinEffects([
      settled.effects,
      { events: allocated.flatMap(allocatedEvent), transmit: allocated.map(({ shipmentId }) => shipmentId) },
      { events: lowEvents(contract, committed), transmit: [] },
    ]),
    overtaken: [
      ...settled.overtaken,
      ...results.flatMap((one) =>
        one.outcome === 'already' ? [{ candidate: one.candidate, existing: one.existing }] : [],
      ),
    ],
  };
};

interface Unserved {
  candidate: Candidate;
  shipment: Shipment;
  events: OutgoingEvent[];
  metric: string;
}

const waiting = (candidate: Candidate, reason: NonNullable<Shipment['waitingFor']>): Unserved => {
  const shipment = asWaiting(candidate, reason);
  return { candidate, shipment, events: waitingEvent(shipment), metric: 'ShipmentsWaiting' };
};

const refused = (candidate: Candidate, problem: FieldProblem, now: number): Unserved => {
  const mustAct = problem.field.startsWith('contract.') ? 'operator' : 'merchant';
  const refusal = { code: 'FIELD', reason: problem.fix, mustAct, field: problem.field, at: now } as const;
  const { waitingFor: _waiting, ...kept } = candidate.shipment;
  const shipment: Shipment = { ...kept, state: 'refused', refusal, ...attentionKeys('refused', kept) };
  return { candidate, shipment, events: refusedEvent(shipment), metric: 'ShipmentsRefused' };
};

/** Stores what got no number. Waiting for the same reason as before is not written again. */
const settleAll = async (ports: NumberingPorts, unserved: readonly Unserved[]) => {
  const parts = await Promise.all(
    unserved.map(async (one): Promise<{ effects: Effects; overtaken: Overtaken[] }> => {
      const { candidate, shipment, events } = one;
      const first = shipment.state === 'refused' ? ports.tellFirst : undefined;
      await first?.(events);
      const answer: Written =
        candidate.shipment.waitingFor === shipment.waitingFor && shipment.waitingFor !== undefined
          ? { outcome: 'written' }
          : await ports.shipments.put(shipment, candidate.expect === 'new' ? 'absent' : candidate.expect);
      if (answer.outcome === 'changed' && answer.existing !== undefined)
        return {
          effects: { events: [], transmit: [] },
          overtaken: [{ candidate, existing: answer.existing }],
        };
      ports.count(one.metric);
      return { effects: { events: first === undefined ? events : [], transmit: [] }, overtaken: [] };
    }),
  );
  return {
    effects: joinEffects(parts.map(({ effects }) => effects)),
    overtaken: parts.flatMap(({ overtaken }) => overtaken),
  };
};

const lowEvents = (contract: Contract, committed: readonly Committed[]): OutgoingEvent[] =>
  committed.flatMap(({ before, after }) => {
    const level = crossedLevel(before.available, after.available, lowWaterOf(contract, before));
    if (level === undefined) return [];
    const { contractId } = contract;
    const detail = {
      version: 1 as const,
      contractId,
      ...merchantOf(contractId),
      remaining: after.available,
      level,
    };
    return [{ detailType: 'WaybillPoolLow' as const, detail }];
  });
