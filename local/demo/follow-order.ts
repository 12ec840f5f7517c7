import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Shipment } from '../../functions/shipment/shipment.ts';
import { demoOrder } from './demo-order.ts';
import type { House } from './house.ts';
import { nextEvent, nextThatMatters } from './pilot.ts';
import type { Records } from './records.ts';

/** How the demo order ended. */
export type DemoEnd =
  | { outcome: 'delivered'; waybillNumber: string }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'stuck'; state: string }
  | { outcome: 'interrupted' };

export interface DemoOptions {
  house: House;
  records: Records;
  /** jump from one event to the next, or let the clock run */
  pace: 'jump' | 'run';
  /** which demo of this start it is: the trouble alternates */
  round: number;
  /** the record as it now stands */
  look(shipment: Shipment): void;
  /** what is waited for, epoch ms */
  waiting(next: number | null): void;
  interrupted: AbortSignal;
}

/** Both lose the answer; in the first ePost has the parcel, in the second it has not. */
const TROUBLE = ['reset-after', 'reset-before'] as const;
const LOOK_MS = 250;
/** Jumps until a parcel that does not arrive is given up: about two weeks of tracking rounds. */
const MOST_JUMPS = 120;

/**
 * Ships one order through the front door and follows it to its end.
 * Each call ships another order. The simulator loses its first answer and plays a quick journey for it.
 */
export const followOrder = async (options: DemoOptions): Promise<DemoEnd> => {
  const { house, round } = options;
  const order = demoOrder(house.contracts[0]!, house.clock.now());
  const { shipmentId } = order;
  house.simulator?.control.setJourney(shipmentId, 'quick');
  house.simulator?.control.setFault({
    operation: 'InsertOrder',
    kind: TROUBLE[round % TROUBLE.length]!,
    times: 1,
    match: { orderNo: shipmentId },
  });
  await putOrder(house, order);
  return options.pace === 'jump' ? jumpThrough(options, shipmentId) : watchOver(options, shipmentId);
};

const putOrder = async (house: House, order: ReturnType<typeof demoOrder>) => {
  const { Entries, FailedEntryCount } = await house.clients.bus.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: house.stack.outputs['BusName'],
          Source: house.settings.orderSource,
          DetailType: 'OrderShipped',
          Detail: JSON.stringify(order),
        },
      ],
    }),
  );
  if (FailedEntryCount) throw new Error(`이벤트를 보내지 못했습니다: ${Entries?.[0]?.ErrorMessage}`);
};

const jumpThrough = async (options: DemoOptions, shipmentId: string): Promise<DemoEnd> => {
  const { house, interrupted } = options;
  let shipment: Shipment | undefined;
  for (let jumps = 0; jumps < MOST_JUMPS && !interrupted.aborted; jumps++) {
    const next = await nextEvent(house);
    shipment = await lookAt(options, shipmentId);
    const end = endOf(shipment);
    if (end !== undefined) return end;
    options.waiting(next);
    if (next === null) break;
    house.clock.advanceTo(next);
  }
  return interrupted.aborted
    ? { outcome: 'interrupted' }
    : { outcome: 'stuck', state: shipment?.state ?? 'unknown' };
};

const watchOver = async (options: DemoOptions, shipmentId: string): Promise<DemoEnd> => {
  const { house } = options;
  while (!options.interrupted.aborted) {
    const end = endOf(await lookAt(options, shipmentId));
    if (end !== undefined) return end;
    options.waiting(nextThatMatters(house.schedules, house.clock.now(), await house.transmissionWaits()));
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return { outcome: 'interrupted' };
};

const lookAt = async ({ records, look }: DemoOptions, shipmentId: string): Promise<Shipment | undefined> => {
  const shipment = await records.shipment(shipmentId);
  if (shipment !== undefined) look(shipment);
  return shipment;
};

const endOf = (shipment: Shipment | undefined): DemoEnd | undefined => {
  if (shipment?.tracked?.orderStatus === '배송완료')
    return { outcome: 'delivered', waybillNumber: shipment.waybillNumber ?? '' };
  if (shipment?.state === 'refused' || shipment?.state === 'parked' || shipment?.state === 'cancelled')
    return { outcome: 'refused', reason: shipment.refusal?.reason ?? shipment.state };
  return undefined;
};
