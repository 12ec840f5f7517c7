/** Test data where only the field that matters is spelled. All names are invented. */
import type { OrderShipped } from '../../functions/order/told-events.ts';
import type { Contract } from '../../functions/merchant/contract.ts';
import type { Shipment } from '../../functions/shipment/shipment.ts';

/** 2026-11-24 14:20 KST. */
export const T0 = Date.parse('2026-11-24T05:20:00Z');

export const anOrder = (over: Partial<OrderShipped> = {}): OrderShipped => ({
  shipmentId: 'S-1',
  orderId: '2026112409412',
  shopId: 'sodam',
  deliveryMethod: '우체국(자동)',
  paid: true,
  recipient: {
    name: '가나다',
    zip: '04524',
    address1: '서울특별시 중구 세종대로 110',
    address2: '3층 301호',
    mobile: '010-0000-0000',
  },
  goods: { name: '머그컵 2개' },
  ...over,
});

export const aContract = (over: Partial<Contract> = {}): Contract => ({
  contractId: 'sodam',
  status: 'active',
  companyName: '소담마켓',
  customerNo: '0011223344',
  approvalNo: '1018680001',
  officeSer: 'SODAM1',
  numbering: 'band',
  ...over,
});

export const aShipment = (over: Partial<Shipment> = {}): Shipment => ({
  shipmentId: 'S-1',
  orderId: '2026112409412',
  contractId: 'sodam',
  fingerprint: 'fp-1',
  state: 'allocated',
  waybillNumber: '6899900123456',
  ledgerSeq: 2,
  receivedAt: T0,
  deadline: T0 + 20 * 60_000,
  allocatedAt: T0,
  attempt: 0,
  parcel: {
    recipient: {
      name: '가나다',
      zip: '04524',
      address1: '서울특별시 중구 세종대로 110',
      mobile: '01000000000',
    },
    goods: { name: '머그컵 2개' },
  },
  ...over,
});
