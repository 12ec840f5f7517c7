/** The shop platform: ships orders, repeats itself, contradicts itself, cancels, corrects; and listens. */
import type { OrderShipped } from '../../../functions/order/told-events.ts';
import { contractIdOf, merchantOf } from '../../../functions/merchant/contract.ts';
import type { Agenda } from '../kernel/agenda.ts';
import type { Tape } from '../kernel/tape.ts';
import type { BusEvent } from '../aws/bus.ts';
import type { Scenario } from './scenario.ts';
import { MINUTE } from './scenario.ts';

export interface ToldShipment {
  shipmentId: string;
  contractId: string;
  firstToldAt: number | undefined;
  cancelledAt: number | undefined;
}
export interface Heard {
  type: string;
  detail: Record<string, unknown>;
  at: number;
}
export interface Shop {
  shipments: Map<string, ToldShipment>;
  /** our events, by shipment or application id, in the order the bus took them */
  heard: Map<string, Heard[]>;
  hear(event: BusEvent): void;
  /** Plans its deeds. */
  open(scenario: Scenario): void;
  ship(order: OrderShipped): void;
  cancel(shipmentId: string): void;
  talkNonsense(): void;
  /** deeds that are still to come */
  planned(): number;
  /** events on the queue that nobody can understand */
  nonsense: number;
}

export const createShop = (world: {
  agenda: Agenda;
  tape: Tape;
  /** puts an event on the bus */
  put: (type: string, detail: object) => void;
  sendRaw: (body: string) => void;
}): Shop => {
  const { agenda, tape } = world;
  let planned = 0;
  const later = (ms: number, deed: () => void) => {
    planned += 1;
    agenda.in(ms, () => {
      planned -= 1;
      deed();
    });
  };
  const shop: Shop = {
    planned: () => planned,
    shipments: new Map(),
    heard: new Map(),
    nonsense: 0,
    hear: (event) => {
      const id = String(event.detail['shipmentId'] ?? event.detail['applicationId'] ?? '');
      const list = shop.heard.get(id) ?? [];
      list.push({ type: event['detail-type'], detail: event.detail, at: agenda.now() });
      shop.heard.set(id, list);
    },
    ship: (order) => ship(order),
    cancel: (shipmentId) => cancel(shipmentId),
    talkNonsense: () => talkNonsense(),
    open: (scenario) => {
      for (let i = 0; i < scenario.shipments; i++) plan(scenario, i);
      for (let i = tape.next(4); i > 1; i--) later(tape.next(scenario.troubledMs), talkNonsense);
    },
  };
  const tell = world.put;
  const ship = (order: OrderShipped) => {
    const told = shop.shipments.get(order.shipmentId) ?? {
      shipmentId: order.shipmentId,
      contractId: contractIdOf(order),
      firstToldAt: undefined,
      cancelledAt: undefined,
    };
    shop.shipments.set(told.shipmentId, told);
    told.firstToldAt ??= agenda.now();
    tell('OrderShipped', order);
  };
  const cancel = (shipmentId: string) => {
    const told = shop.shipments.get(shipmentId)!;
    told.cancelledAt ??= agenda.now();
    const { shopId, sellerId } = merchantOf(told.contractId);
    tell('ShipmentCancelled', { shipmentId, shopId, ...(sellerId && { sellerId }), reason: '변심' });
  };
  const plan = (scenario: Scenario, no: number) => {
    const { contractId } = scenario.contracts[tape.next(scenario.contracts.length)]!;
    // Most orders come in bursts, as a shop ships what it has packed.
    const at = tape.chance(600) ? MINUTE : tape.next(Math.min(scenario.troubledMs, 30 * MINUTE));
    const fit = !tape.chance(150);
    const body = orderOf(contractId, no, fit ? '04524' : '12');
    const { shipmentId } = body;
    shop.shipments.set(shipmentId, {
      shipmentId,
      contractId,
      firstToldAt: undefined,
      cancelledAt: undefined,
    });
    later(at, () => ship(body));
    for (let repeats = tape.chance(350) ? 1 + tape.next(3) : 0; repeats > 0; repeats--)
      later(at + tape.next(tape.pick([200, 5000, 20 * MINUTE])), () => ship(body));
    // The same id with another body.
    if (tape.chance(80))
      later(at + tape.next(10 * MINUTE), () => ship({ ...body, goods: { name: '다른 상품' } }));
    if (!fit && tape.chance(700))
      later(at + 2 * MINUTE + tape.next(15 * MINUTE), () => ship(orderOf(contractId, no)));
    if (tape.chance(450)) planCancel(shipmentId, at);
  };
  const planCancel = (shipmentId: string, at: number) => {
    const before = tape.chance(250);
    const when = before
      ? tape.next(at + 1)
      : at + tape.next(tape.pick([2000, 3 * MINUTE, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE]));
    later(when, () => cancel(shipmentId));
    if (tape.chance(400)) later(when + tape.next(10 * MINUTE), () => cancel(shipmentId));
  };
  const talkNonsense = () => {
    const what = tape.next(3);
    shop.nonsense += 1;
    if (what === 0) tell('OrderShipped', { shipmentId: 'S-odd', deliveryMethod: '우체국(자동)' });
    else if (what === 1) world.sendRaw('this is no event');
    else tell('OrderShipped', { ...orderOf('shop-0', 900), deliveryMethod: '퀵서비스' });
  };
  return shop;
};

/** A parcel of an invented person whose name, address and number are looked for wherever they should not be. */
export const orderOf = (contractId: string, no: number, zip = '04524'): OrderShipped => {
  const { shopId, sellerId } = merchantOf(contractId);
  return {
    shipmentId: `S-${no}`,
    orderId: `O-${no >> 1}`,
    shopId,
    ...(sellerId !== undefined && { sellerId }),
    deliveryMethod: '우체국(자동)',
    paid: true,
    recipient: {
      name: `카나리${no}`,
      zip,
      address1: '서울특별시 중구 카나리로 110',
      address2: '3층',
      mobile: `010-7770-${String(1000 + no)}`,
    },
    goods: { name: '머그컵' },
  };
};
