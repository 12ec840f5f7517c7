/** The one order the demo follows. Everyone in it is invented; the address is a public building's. */
import type { OrderShipped } from '../../functions/order/told-events.ts';
import { OUR_DELIVERY_METHOD } from '../../functions/order/told-events.ts';
import { koreanDay } from '../../functions/shipment/korean-day.ts';
import { clockWord } from '../terminal/wording.ts';
import type { DemoContract } from './contracts.ts';

/** An order of the contract's shop, shipped at `now`; its ids tell the second, and a demo takes longer than one. */
export const demoOrder = (contract: DemoContract, now: number): OrderShipped => {
  const stamp = `${koreanDay(now)}${clockWord(now).replaceAll(':', '')}`;
  return {
    shipmentId: `demo-${stamp}`,
    orderId: stamp,
    shopId: contract.shopId,
    ...(contract.sellerId !== undefined && { sellerId: contract.sellerId }),
    deliveryMethod: OUR_DELIVERY_METHOD,
    paid: true,
    shippedAt: new Date(now).toISOString(),
    recipient: {
      name: '김받음',
      zip: '04524',
      address1: '서울특별시 중구 세종대로 110',
      address2: '1층',
      mobile: '010-0000-0000',
    },
    goods: { name: '보리차 티백 100개입', quantity: 1 },
    weightKg: 1,
    sizeCm: 60,
  };
};
