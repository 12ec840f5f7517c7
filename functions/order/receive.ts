import type { ReadContract } from '../merchant/contract.store.ts';
import type { Clock } from '../runtime/clock.ts';
import { chunk } from '../runtime/chunk.ts';
import type { Shipment } from '../shipment/shipment.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import { type Candidate, SHIPMENTS_PER_TRANSACTION } from '../waybill/allocation.ts';
import { correct } from './correct.ts';
import { decideTold } from './decide-told.ts';
import { type Effects, joinEffects, noEffects } from './effects.ts';
import type { NewShipment } from './new-shipment.ts';
import { type NumberingPorts, numberShipments } from './number-shipments.ts';

export interface Told {
  shipment: NewShipment;
  /** the queue says this message was out before: likely done already */
  redelivered: boolean;
}
export interface ReceivePorts extends NumberingPorts {
  contract: ReadContract;
  shipments: Pick<Shipments, 'put' | 'read'>;
  clock: Clock;
}

/** Decisions about one shipment that may be overtaken by others before we give the message back. */
const MAX_ROUNDS = 4;

/**
 * Takes in shipped parcels of one contract, at most 97 and each id once. One shipped parcel, one number,
 * however often it is told (see `decideTold`).
 * A full batch of fresh messages goes straight to the transaction, whose conditions find repeats; anything
 * else is looked up first, so a repeated event costs no write unit.
 * @throws when a store cannot be reached or a shipment keeps being overtaken: the messages stay queued.
 */
export const receiveShipped = async (ports: ReceivePorts, told: readonly Told[]): Promise<Effects> => {
  const contractId = told[0]?.shipment.contractId;
  if (contractId === undefined) return noEffects();
  const contract = await ports.contract(contractId);
  const full = told.length === SHIPMENTS_PER_TRANSACTION && !told.some(({ redelivered }) => redelivered);
  let known: Map<string, Shipment> = full
    ? new Map()
    : await ports.shipments.read(told.map(({ shipment }) => shipment.shipmentId));
  let left = told.map(({ shipment }) => shipment);
  const parts: Effects[] = [];
  for (let round = 0; left.length > 0; round++) {
    if (round === MAX_ROUNDS) throw new Error(`${left.length} shipments keep changing; they stay queued`);
    const { candidates, effects } = await decideAll(ports, left, known);
    const numbered = await numberShipments(ports, contract, candidates, ports.clock());
    parts.push(effects, numbered.effects);
    known = new Map(numbered.overtaken.map(({ existing }) => [existing.shipmentId, existing]));
    left = left.filter(({ shipmentId }) => known.has(shipmentId));
  }
  return joinEffects(parts);
};

const decideAll = async (
  ports: ReceivePorts,
  told: readonly NewShipment[],
  known: ReadonlyMap<string, Shipment>,
): Promise<{ candidates: Candidate[]; effects: Effects }> => {
  const candidates: Candidate[] = [];
  const parts: Effects[] = [];
  for (const shipment of told) {
    const existing = known.get(shipment.shipmentId);
    const verdict = decideTold(shipment, existing);
    if (verdict.then === 'number') {
      const waits = existing !== undefined && verdict.expect !== 'new' && verdict.expect.state === 'waiting';
      candidates.push({ shipment: waits ? existing : shipment, expect: verdict.expect });
    } else if (verdict.then === 'correct') {
      parts.push(await correct(ports, shipment, verdict.existing));
    } else {
      const conflict = verdict.events.some(({ detailType }) => detailType === 'ShipmentConflict');
      ports.count(conflict ? 'ShipmentsConflicting' : 'ShipmentsRepeated');
      parts.push({ events: verdict.events, transmit: verdict.transmit ? [shipment.shipmentId] : [] });
    }
  }
  return { candidates, effects: joinEffects(parts) };
};

/**
 * Groups what one invocation received into calls of `receiveShipped`: by contract, each id once a call (a
 * second telling of an id goes into a later call, after the first is decided), at most 97.
 */
export const groupTold = <T extends Told>(told: readonly T[]): T[][][] => {
  const byContract = Map.groupBy(told, ({ shipment }) => shipment.contractId);
  return [...byContract.values()].map((ofContract) => {
    const waves: T[][] = [];
    const seen = new Map<string, number>();
    for (const one of ofContract) {
      const wave = seen.get(one.shipment.shipmentId) ?? 0;
      seen.set(one.shipment.shipmentId, wave + 1);
      (waves[wave] ??= []).push(one);
    }
    return waves.flatMap((wave) => chunk(wave, SHIPMENTS_PER_TRANSACTION));
  });
};
