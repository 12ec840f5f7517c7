import type { Publish } from '../runtime/bus.client.ts';
import type { Shipments } from '../shipment/shipment.store.ts';
import type { Candidate } from '../waybill/allocation.ts';
import { type Effects, joinEffects } from './effects.ts';
import { numberShipments } from './number-shipments.ts';
import type { ReceivePorts } from './receive.ts';

export interface ServePorts extends ReceivePorts {
  shipments: Pick<Shipments, 'put' | 'read' | 'attention'>;
  publish: Publish;
}

/**
 * Looks again at what waits for one contract: numbers have arrived, or the contract changed.
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
    const tellFirst = ports.publish;
    const { effects } = await numberShipments({ ...ports, tellFirst }, contract, candidates, ports.clock());
    parts.push(withoutWaiting(effects));
    if (effects.events.some(({ detailType }) => detailType === 'ShipmentWaiting')) break;
  }
  return joinEffects(parts);
};

/** It has been told once that they wait. */
const withoutWaiting = (effects: Effects): Effects => ({
  ...effects,
  events: effects.events.filter(({ detailType }) => detailType !== 'ShipmentWaiting'),
});
