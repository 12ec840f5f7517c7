/** Turns what happens on the bus, and in the followed shipment's record, into lines, one after the other. */
import { contractIdOf } from '../../functions/merchant/contract.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { attemptLine } from '../terminal/attempt-lines.ts';
import { eventLine, type Known, type Told } from '../terminal/event-lines.ts';
import type { Line } from '../terminal/lines.ts';

export interface Narrator {
  hear(event: Told): void;
  /** Tells of an attempt in the record that did not end well; the same attempt only once. */
  look(shipment: Shipment, now: number): void;
  /** until every line heard of so far is shown */
  told(): Promise<void>;
}

export interface NarratorOptions {
  show(line: Line): void;
  companyOf: Known['companyOf'];
  numbersLeft(contractId: string): Promise<number | undefined>;
  settings: { trackingHours: number; promiseMinutes: number; maxAttempts: number };
}

/** Shipments on their way are remembered until they end; beyond this many the oldest are forgotten. */
const REMEMBERED = 10_000;
const ENDS = ['ShipmentRefused', 'CancellationAccepted'];

export const createNarrator = ({ show, companyOf, numbersLeft, settings }: NarratorOptions): Narrator => {
  const shipped = new Map<string, number>();
  const lookedAt = new Set<string>();
  let telling: Promise<unknown> = Promise.resolve();

  const tell = async (event: Told, known: Omit<Known, 'numbersLeft'>) => {
    const { shopId, sellerId } = event.detail as { shopId: string; sellerId?: string };
    const counts = event.detailType === 'WaybillAllocated' && !known.crowd;
    const left = counts ? await numbersLeft(contractIdOf({ shopId, sellerId })) : undefined;
    const line = eventLine(event, { ...known, ...(left !== undefined && { numbersLeft: left }) });
    if (line !== undefined) show(line);
  };

  return {
    hear: (event) => {
      const { shipmentId, orderStatus } = event.detail as { shipmentId?: string; orderStatus?: string };
      const shippedAt = shipmentId === undefined ? undefined : shipped.get(shipmentId);
      if (event.detailType === 'OrderShipped' && shipmentId !== undefined && shippedAt === undefined) {
        shipped.set(shipmentId, event.at);
        if (shipped.size > REMEMBERED) shipped.delete(shipped.keys().next().value!);
      }
      const known = { companyOf, shippedAt: () => shippedAt, ...settings, crowd: shipped.size > 1 };
      if (shipmentId !== undefined && (ENDS.includes(event.detailType) || orderStatus === '배송완료'))
        shipped.delete(shipmentId);
      telling = telling.then(() => tell(event, known)).catch(() => undefined);
    },
    look: (shipment, now) => {
      const line = attemptLine(shipment, now, settings.maxAttempts);
      const key = `${shipment.shipmentId} ${shipment.state} ${shipment.attempt} ${shipment.attemptAt}`;
      if (line === undefined || lookedAt.has(key)) return;
      lookedAt.add(key);
      telling = telling.then(() => show(line));
    },
    told: async () => void (await telling),
  };
};
