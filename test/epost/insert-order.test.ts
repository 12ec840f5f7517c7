import { describe, expect, it } from 'vitest';
import { insertOrderFields } from '../../functions/epost/insert-order.ts';
import { ORDER_FIELDS } from '../../functions/epost/order-fields.ts';
import type { Order } from '../../functions/epost/order-fields.ts';
import { aParcel, aSender, anOrder, to } from './a-parcel.ts';
import wire from './wire.json' with { type: 'json' };

const sent = (change: Partial<Order> = {}) => Object.fromEntries(insertOrderFields(anOrder(change)));

describe('the fields of InsertOrder', () => {
  it("are the manual's, in its order, and one of our own behind them", () => {
    const manual = wire.insertOrderFields.map(({ name }) => name);
    const ours = ORDER_FIELDS.map(({ name }) => name);
    expect(ours.slice(0, -1)).toEqual(manual.filter((name) => ours.includes(name)));
    expect(ours.at(-1)).toBe('regiNo');
    expect(ours).not.toContain('ddayDelivReq');
  });

  it("have the manual's lengths", () => {
    const manual = new Map(wire.insertOrderFields.map(({ name, len }) => [name, len]));
    const texts = ORDER_FIELDS.filter(({ label, name }) => label !== name);
    expect(texts).toHaveLength(25);
    for (const { name, max } of texts) expect([name, max]).toEqual([name, manual.get(name)]);
  });

  it('are few for a plain parcel: the merchant prints, the sender pays', () => {
    expect(sent()).toEqual({
      custNo: '0011223344',
      apprNo: '1018680001',
      payType: '1',
      reqType: '1',
      officeSer: '06',
      microYn: 'N',
      orderNo: 'ship-1',
      ordCompNm: '테스트상점',
      recNm: '홍길동',
      recZip: '58323',
      recAddr1: '전남 나주시 정보화길 1',
      recAddr2: '101동 202호',
      recMob: '01012345678',
      contCd: '025',
      goodsNm: '면 티셔츠',
      printYn: 'N',
    });
  });

  it('carry everything a full parcel says', () => {
    const parcel = aParcel({
      orderer: {
        name: '김주문',
        zip: '05116',
        address1: '서울 광진구',
        address2: '2층',
        tel: '02 123 4567',
        mobile: '010 9876 5432',
      },
      goods: {
        name: '책',
        contentCode: '024',
        code: 'B-1',
        model: '양장',
        size: 'A4',
        color: '파랑',
        quantity: 3,
      },
      weightKg: 1.2,
      sizeCm: 60.5,
      packing: '03',
      insuranceWon: 500_000,
      message: '문 앞에\n놓아 주세요',
      payer: 'recipient',
    });
    expect(sent({ parcel, sender: aSender({ inquiryTel: '1588-0000', testOrders: true }) })).toMatchObject({
      payType: '2',
      weight: '2',
      volume: '61',
      packngMtrCd: '03',
      insuYn: 'Y',
      insuAmt: '500000',
      inqTelCn: '1588-0000',
      ordNm: '김주문',
      ordZip: '05116',
      ordAddr1: '서울 광진구',
      ordAddr2: '2층',
      ordTel: '021234567',
      ordMob: '01098765432',
      contCd: '024',
      goodsNm: '책',
      goodsCd: 'B-1',
      goodsMdl: '양장',
      goodsSize: 'A4',
      goodsColor: '파랑',
      qty: '3',
      delivMsg: '문 앞에 놓아 주세요',
      testYn: 'Y',
    });
  });

  it('carry our number only where it is ours, and in one field', () => {
    expect(sent()).not.toHaveProperty('regiNo');
    const own = insertOrderFields(anOrder({ waybillNumber: '6012345678900' })).filter(
      ([, value]) => value === '6012345678900',
    );
    expect(own).toEqual([['regiNo', '6012345678900']]);
  });

  it('have a full stop for an address without a second line', () => {
    expect(sent({ parcel: to({ address2: undefined }) }).recAddr2).toBe('.');
    expect(sent({ parcel: to({ address2: '  ' }) }).recAddr2).toBe('.');
  });

  it('take the contents code from the goods, then the contract, then 기타', () => {
    const plain = aParcel({ goods: { name: '컵' } });
    expect(sent({ parcel: plain }).contCd).toBe('029');
    expect(sent({ parcel: plain, sender: aSender({ defaultContentCode: '028' }) }).contCd).toBe('028');
    expect(sent({ sender: aSender({ defaultContentCode: '028' }) }).contCd).toBe('025');
  });

  it('state the 초소형 step where no measures are given, or ePost would assume a larger one', () => {
    expect(sent({ parcel: aParcel({ micro: true }) })).toMatchObject({
      microYn: 'Y',
      weight: '1',
      volume: '50',
    });
    expect(sent({ parcel: aParcel({ micro: true, sizeCm: 30 }) })).toMatchObject({
      weight: '1',
      volume: '30',
    });
  });

  it('compose Korean that arrives decomposed', () => {
    expect(sent({ parcel: to({ name: '홍길동'.normalize('NFD') }) }).recNm).toBe('홍길동');
  });

  it('leave out a phone that is only hyphens', () => {
    expect(sent({ parcel: to({ tel: '--' }) })).not.toHaveProperty('recTel');
  });
});
