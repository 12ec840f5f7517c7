import { describe, expect, it } from 'vitest';
import type { CarrierAnswer } from '../../functions/epost/carrier-answer.ts';
import type { EpostClient } from '../../functions/epost/epost.client.ts';
import type { Operation } from '../../functions/epost/refusal.ts';
import { anOrder } from './a-parcel.ts';
import { KEY, clientOn, fakeWire, plaintextOf } from './fake-wire.ts';
import wire from './wire.json' with { type: 'json' };

interface Case {
  operation: Exclude<Operation, 'trace'>;
  ask: (client: EpostClient) => Promise<CarrierAnswer<unknown>>;
  plaintext: string | undefined;
  value: unknown;
  error: { code: string; class: string };
}

const CANCEL = {
  customerNo: '0011223344',
  approvalNo: '1018680001',
  reqNo: '202005116403648050',
  resNo: '2020051152119574',
  waybillNumber: '6013082362377',
  day: '20200511',
  remove: false,
};
const known = (name: string) => wire.seed128.regData.find((vector) => vector.name === name)!.plaintext;

const CASES: Case[] = [
  {
    operation: 'InsertOrder',
    ask: (client) => client.insertOrder(anOrder()),
    plaintext:
      'custNo=0011223344&apprNo=1018680001&payType=1&reqType=1&officeSer=06&microYn=N&orderNo=ship-1&ordCompNm=테스트상점' +
      '&recNm=홍길동&recZip=58323&recAddr1=전남 나주시 정보화길 1&recAddr2=101동 202호&recMob=01012345678&contCd=025' +
      '&goodsNm=면 티셔츠&printYn=N',
    value: {
      reqNo: '202005116403648050',
      resNo: '2020051152119574',
      waybillNumber: '6013082362377',
      postOffice: '나주우체국',
      bookedAt: '20200511153637',
      price: 3300,
      virtualTel: '05072870091',
      arrivalCentre: '광주M',
      deliveryOffice: '나주',
      deliveryAreaCode: '광15290506',
    },
    error: { code: 'ERR-311', class: 'recipient-data' },
  },
  {
    operation: 'GetResInfo',
    ask: (client) => client.getResInfo({ customerNo: '0011223344', shipmentId: 'ord-123', day: '20200511' }),
    plaintext: known('GetResInfo'),
    value: [
      {
        reqNo: '202005116403648050',
        waybillNumber: '6013082362377',
        resNo: '2020051152119574',
        bookedAt: '20200511153637',
        postOffice: '나주우체국',
        price: 3300,
      },
    ],
    error: { code: 'ERR-223', class: 'contract' },
  },
  {
    operation: 'GetResCancelCmd',
    ask: (client) => client.cancel(CANCEL),
    plaintext: known('GetResCancelCmd'),
    value: {
      result: 'cancelled',
      reqNo: '202005116403648050',
      cancelledWaybillNumber: '6013082362377',
      newWaybillNumber: '6013082362389',
      cancelledAt: '20200511162115',
    },
    error: { code: 'ERR-225', class: 'not-found' },
  },
  {
    operation: 'GetCustNo',
    ask: (client) => client.getCustNo('user01'),
    plaintext: known('GetCustNo'),
    value: { customerNo: '0011223344' },
    error: { code: 'ERR-511', class: 'contract' },
  },
  {
    operation: 'GetApprNo',
    ask: (client) => client.getApprNo('0011223344'),
    plaintext: 'custNo=0011223344&statusCd=1&expiredYn=A',
    value: [
      {
        approvalNo: '1018680001',
        payTypeCode: '12',
        payTypeName: '후납',
        postOffice: '서울광진',
        statusName: '승인',
        expiresOn: '20210531',
      },
    ],
    error: { code: 'ERR-123', class: 'contract' },
  },
  {
    operation: 'GetStoppedZipCd',
    ask: (client) => client.getStoppedZip('27455'),
    plaintext: undefined,
    value: [
      {
        from: '27450',
        to: '27460',
        area: '충북 충주',
        startsOn: '20210804',
        endsOn: '20210816',
        reason: '코로나19 확진으로 인한 소포신청 제한',
      },
    ],
    error: { code: 'ERR-123', class: 'our-request' },
  },
  {
    operation: 'InsertOffice',
    ask: (client) =>
      client.insertOffice({
        customerNo: '0011223344',
        officeSer: '06',
        name: '전남공급지',
        zip: '58323',
        address1: '전남 나주시',
        address2: '1층',
        tel: '061-123-4567',
        contact: '담당자',
      }),
    plaintext:
      'custNo=0011223344&officeSer=06&officeNm=전남공급지&officeZip=58323&officeAddr1=전남 나주시&officeAddr2=1층&officeTelno=061-123-4567&contactNm=담당자',
    value: { officeSer: '06', name: '전남공급지', postOffice: '나주우체국', division: '1' },
    error: { code: 'ERR-226', class: 'already-there' },
  },
  {
    operation: 'GetOfficeInfo',
    ask: (client) => client.getOfficeInfo('0011223344'),
    plaintext: known('GetOfficeInfo'),
    value: [
      {
        officeSer: '06',
        name: '전남공급지',
        zip: '58323',
        address: '전남 나주시 정보화길 1 (빛가람동, 우정사업정보센터)',
        division: '1',
      },
    ],
    error: { code: 'ERR-123', class: 'contract' },
  },
];

describe.each(CASES)('$operation', ({ operation, ask, plaintext, value, error }) => {
  const answer = wire.answers[operation];

  it('request: one message to its own address, the key beside it and the data sealed', async () => {
    const { transport, asked } = fakeWire(answer);
    await ask(clientOn(transport));
    expect(asked).toHaveLength(1);
    const [{ url, method, timeoutMs }] = asked as [(typeof asked)[0]];
    expect(`${url.origin}${url.pathname}`).toBe(`http://ship.example.test/api.${operation}.jparcel`);
    expect(url.searchParams.get('key')).toBe(KEY);
    expect(timeoutMs).toBe(10_000);
    expect(method).toBe(plaintext === undefined ? 'GET' : 'POST');
    expect(plaintextOf(asked)).toBe(plaintext);
  });

  it("answer: the manual's sample is read as a success, whatever the case of its tags", async () => {
    for (const body of [
      answer,
      answer.replace(/<(\/?)(\w+)>/g, (_, slash: string, tag: string) => `<${slash}${tag.toUpperCase()}>`),
    ]) {
      expect((await ask(clientOn(fakeWire(body).transport))).outcome).toBe('ok');
    }
  });

  it('error: a refusal comes with its code and its class', async () => {
    const body = `<xsync><error><error_code><![CDATA[${error.code}]]></error_code><message><![CDATA[안내]]></message></error></xsync>`;
    const refused = await ask(clientOn(fakeWire(body).transport));
    expect(refused).toMatchObject({
      outcome: 'error',
      code: error.code,
      message: '안내',
      refusal: { class: error.class },
    });
  });

  it('mapping: every value of the sample arrives under our name, and no other', async () => {
    expect(await ask(clientOn(fakeWire(answer).transport))).toEqual({ outcome: 'ok', value });
  });
});

describe('the encrypted request', () => {
  it.each([
    ['GetCustNo', CASES[3]!],
    ['GetResInfo', CASES[1]!],
    ['GetResCancelCmd', CASES[2]!],
    ['GetOfficeInfo', CASES[7]!],
  ])('of %s is byte for byte the known one', async (name, { ask }) => {
    const { transport, asked } = fakeWire('');
    await ask(clientOn(transport));
    const vector = wire.seed128.regData.find((one) => one.name === name)!;
    expect(asked[0]!.body).toBe(`regData=${vector.regDataHex}`);
  });
});
