import type { Order } from '../../functions/epost/order-fields.ts';
import type { Parcel, SenderContract } from '../../functions/epost/parcel.ts';

/** A parcel ePost takes; spell out only what matters to the test. */
export const aParcel = (change: Partial<Parcel> = {}): Parcel => ({
  recipient: {
    name: '홍길동',
    zip: '58323',
    address1: '전남 나주시 정보화길 1',
    address2: '101동 202호',
    mobile: '010-1234-5678',
  },
  goods: { name: '면 티셔츠', contentCode: '025' },
  ...change,
});

export const aSender = (change: Partial<SenderContract> = {}): SenderContract => ({
  customerNo: '0011223344',
  approvalNo: '1018680001',
  officeSer: '06',
  companyName: '테스트상점',
  ...change,
});

export const anOrder = (change: Partial<Order> = {}): Order => ({
  shipmentId: 'ship-1',
  parcel: aParcel(),
  sender: aSender(),
  ...change,
});

/** The parcel with one more or other thing about its recipient. */
export const to = (recipient: Partial<Parcel['recipient']>): Parcel =>
  aParcel({ recipient: { ...aParcel().recipient, ...recipient } });
