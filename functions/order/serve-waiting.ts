import type { Publish } from '../runtime/bus.client.ts';
import type { Queue } from '../runtime/queue.client.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import type { Candidate } from '../waybill/allocation.ts';
import { type Effects, joinEffects } from './effects.ts';
import { numberShipments } from './number-shipments.ts';
import type { ReceivePorts } from './receive.ts';

export interface ServePorts extends ReceivePorts {
  shipments: Pick<Shipments, 'put' | 'read' | 'attention'>;
  publish: Publish;
  transmission: Pick<Queue, 'send'>;
}

/** As long as an invocation may live: when the message shows, this one has given the number or never will. */
const SHOWS_AFTER_S = 30;

/**
 * Looks again at what waits for one contract: numbers have arrived, or the contract changed. The messages for ePost go out
 * first, as nobody finds a numbered shipment among the waiting again: a crash in between leaves a message without work.
 * The second time: what has been served is no longer waiting, so nothing happens. Stops when the pool is dry
 * again; what is left waits for the next blocks.
 */
export const serveWaiting = async (ports: ServePorts, contractId: string): Promise<Effects> => {
  const contract = await ports.contract(contractId);
  const parts: Effects[] = [];
  for await (const ids of ports.shipments.attention('waiting', contractId)) {
    const stored = await ports.shipments.read(ids);
    const candidates = [...stored.values()].flatMap((shipment): Candidate[] =>
      shipment.state === 'waiting'
        ? [{ shipment, expect: { state: 'waiting', fingerprint: shipment.fingerprint } }]
        : [],
    );
    if (contract?.status === 'active') await sendLater(ports.transmission, candidates);
    const tellFirst = ports.publish;
    const { effects } = await numberShipments({ ...ports, tellFirst }, contract, candidates, ports.clock());
    parts.push({ events: withoutWaiting(effects.events), transmit: [] });
    if (effects.events.some(({ detailType }) => detailType === 'ShipmentWaiting')) break;
  }
  return joinEffects(parts);
};

const sendLater = (transmission: Pick<Queue, 'send'>, candidates: readonly Candidate[]): Promise<void> =>
  transmission.send(
    candidates.map(({ shipment: { shipmentId } }) => ({
      body: { v: 1, shipmentId },
      delaySeconds: SHOWS_AFTER_S,
    })),
  );

/** It has been told once that they wait. */
const withoutWaiting = (events: Effects['events']): Effects['events'] =>
  events.filter(({ detailType }) => detailType !== 'ShipmentWaiting');
