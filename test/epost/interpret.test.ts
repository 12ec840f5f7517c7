import { describe, expect, it } from 'vitest';
import type { TransportAnswer } from '../../functions/epost/carrier-answer.ts';
import { aParcel, aSender, anOrder, to } from './a-parcel.ts';
import { clientOn, fakeWire, plaintextOf } from './fake-wire.ts';
import wire from './wire.json' with { type: 'json' };

const inserting = (answer: TransportAnswer | string, status?: number) =>
  clientOn(fakeWire(answer, status).transport).insertOrder(anOrder());
const asking = (answer: string) =>
  clientOn(fakeWire(answer).transport).getResInfo({
    customerNo: '0011223344',
    shipmentId: 'ship-1',
    day: '20200511',
  });
const cancelling = (answer: string) =>
  clientOn(fakeWire(answer).transport).cancel({
    customerNo: '0011223344',
    approvalNo: '1018680001',
    reqNo: '1',
    resNo: '2',
    waybillNumber: '6013082362377',
    day: '20200511',
    remove: true,
  });
const error = (code: string) =>
  `<xsync><error><error_code>${code}</error_code><message>m</message></error></xsync>`;
const booking = wire.answers.InsertOrder;
const NOTICE = '<html><head><title>작업 안내</title></head><body>서비스가 일시 중단됩니다.</body></html>';

describe('an answer to InsertOrder', () => {
  it.each<[string, TransportAnswer | string, number, object]>([
    ['is maintenance on the notice page', NOTICE, 404, { outcome: 'maintenance' }],
    [
      'is maintenance on any page where the message is gone',
      '<html><body>Not Found</body></html>',
      404,
      { outcome: 'maintenance' },
    ],
    ['is maintenance on the notice page with any status', NOTICE, 200, { outcome: 'maintenance' }],
    ['is unknown on another page', '<html>blocked</html>', 200, { outcome: 'unknown', why: 'garbled' }],
    [
      'is unknown on a gateway page',
      '<html>Bad Gateway</html>',
      502,
      { outcome: 'unknown', why: 'http-status' },
    ],
    [
      'is unknown on a server error, whatever its body says',
      booking,
      500,
      { outcome: 'unknown', why: 'http-status' },
    ],
    ['is unknown when empty', '', 200, { outcome: 'unknown', why: 'garbled' }],
    ['is unknown when empty with an error status', '', 503, { outcome: 'unknown', why: 'http-status' }],
    ['is unknown when cut off', booking.slice(0, 200), 200, { outcome: 'unknown', why: 'garbled' }],
    [
      'is unknown when too large',
      `<x>${'a'.repeat(300_000)}</x>`,
      200,
      { outcome: 'unknown', why: 'too-large' },
    ],
    [
      'is unknown when the number is none',
      booking.replace('6013082362377', '601308236237'),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when the number is missing',
      booking.replace(/<regiNo>.*<\/regiNo>/, ''),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when it is about another order',
      booking.replace('</xsync>', '<orderNo>other</orderNo></xsync>'),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when it names two numbers',
      booking.replace('</xsync>', '<regino>6013082362378</regino></xsync>'),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    [
      'is unknown when it is a booking and an error at once',
      booking.replace('</xsync>', `${error('ERR-511').slice(7)}`),
      200,
      { outcome: 'unknown', why: 'garbled' },
    ],
    ['is an error in a failing status too', error('ERR-131'), 500, { outcome: 'error', code: 'ERR-131' }],
    [
      'passes on that nothing was sent',
      { outcome: 'unreachable', why: 'ECONNREFUSED' },
      0,
      { outcome: 'unreachable', why: 'ECONNREFUSED' },
    ],
    [
      'passes on that nothing came back',
      { outcome: 'unknown', why: 'timeout' },
      0,
      { outcome: 'unknown', why: 'timeout' },
    ],
  ])('%s', async (_, answer, status, expected) => {
    expect(await inserting(answer, status)).toMatchObject(expected);
  });

  it('is a booking when the order it names is ours', async () => {
    expect(
      await inserting(booking.replace('</xsync>', '<orderNo><![CDATA[ ship-1 ]]></orderNo></xsync>')),
    ).toMatchObject({
      outcome: 'ok',
      value: { waybillNumber: '6013082362377' },
    });
  });

  it('is a booking without a parcel for a test order', async () => {
    const answer = booking
      .replace('6013082362377', 'TESTREGINOAPI')
      .replace(/<vTelNo>.*<\/vTelNo>/, '<vTelNo/>');
    const read = await inserting(answer);
    expect(read).toMatchObject({ outcome: 'ok', value: { waybillNumber: 'TESTREGINOAPI' } });
    expect(read).not.toHaveProperty('value.virtualTel');
  });
});

describe('a request that ePost would misread', () => {
  it('never leaves, and says whose turn it is', async () => {
    const { transport, asked } = fakeWire(booking);
    const client = clientOn(transport);
    expect(await client.insertOrder(anOrder({ parcel: to({ name: 'A&B' }) }))).toMatchObject({
      outcome: 'error',
      code: 'FIELD',
      message: 'recipient.name: unsafe-character',
      refusal: { class: 'recipient-data', mustAct: 'merchant', retry: false },
    });
    expect(await client.insertOrder(anOrder({ sender: aSender({ customerNo: '1' }) }))).toMatchObject({
      code: 'FIELD',
      refusal: { class: 'contract', mustAct: 'operator' },
    });
    expect(await client.insertOrder(anOrder({ parcel: aParcel({ weightKg: 31 }) }))).toMatchObject({
      code: 'FIELD',
      refusal: { class: 'our-request', mustAct: 'merchant' },
    });
    expect(await client.getCustNo('a&memberID=b')).toMatchObject({
      code: 'FIELD',
      message: 'unsafe-character',
      refusal: { mustAct: 'operator' },
    });
    expect(asked).toEqual([]);
  });

  it('carries our number and the test mark inside the sealed data', async () => {
    const { transport, asked } = fakeWire(booking);
    await clientOn(transport).insertOrder(
      anOrder({ sender: aSender({ testOrders: true }), waybillNumber: '6012345678900' }),
    );
    expect(plaintextOf(asked)).toMatch(/&printYn=N&testYn=Y&regiNo=6012345678900$/);
    expect(asked[0]!.url.search).not.toContain('testYn');
  });
});

describe('an answer to GetResInfo', () => {
  it('is an empty list when ePost has nothing of that order and day', async () => {
    expect(await asking(error('ERR-225'))).toEqual({ outcome: 'ok', value: [] });
  });

  it('is unknown, not an empty list, when it holds nothing', async () => {
    expect(await asking('<xsync/>')).toEqual({ outcome: 'unknown', why: 'garbled' });
  });

  it('lists every application that stands under the order', async () => {
    const info = /<resInfo>.*<\/resInfo>/.exec(wire.answers.GetResInfo)![0];
    const second = info
      .replace('6013082362377', '6013082362389')
      .replace('</resInfo>', '<treatStusCd>01</treatStusCd></resInfo>');
    const read = await asking(`<xsync>${info}${second}</xsync>`);
    expect(read).toMatchObject({
      outcome: 'ok',
      value: [{ waybillNumber: '6013082362377' }, { waybillNumber: '6013082362389', statusCode: '01' }],
    });
  });

  it('has no day number after a cancellation on the portal, and keeps a status the manual does not name', async () => {
    const body = wire.answers.GetResInfo.replace('2020051152119574', '').replace(
      '</resInfo>',
      '<treatStusCd>07</treatStusCd></resInfo>',
    );
    const read = await asking(body);
    expect(read).toMatchObject({ value: [{ statusCode: 'other', rawStatusCode: '07' }] });
    expect(read).not.toHaveProperty('value.0.resNo');
  });

  it('is unknown when one of its parts cannot be read', async () => {
    expect(
      await asking(
        wire.answers.GetResInfo.replace('</xsync>', '<resInfo><reqNo>1</reqNo></resInfo></xsync>'),
      ),
    ).toMatchObject({ outcome: 'unknown' });
  });
});

describe('an answer to GetResCancelCmd', () => {
  it('may be a no, with the reason', async () => {
    const body = wire.answers.GetResCancelCmd.replace('[Y]', '[N]').replace(
      '<notcancelreason> <',
      '<notcancelreason>운송장 출력 완료<',
    );
    expect(await cancelling(body)).toEqual({
      outcome: 'ok',
      value: { result: 'not-cancelled', reqNo: '202005116403648050', reason: '운송장 출력 완료' },
    });
  });

  it('may be a deletion, which leaves no number', async () => {
    const body = wire.answers.GetResCancelCmd.replace('[Y]', '[D]').replace(
      /<regino>.*<\/regino>/,
      '<regino/>',
    );
    const read = await cancelling(body);
    expect(read).toMatchObject({
      outcome: 'ok',
      value: { result: 'deleted', cancelledWaybillNumber: '6013082362377' },
    });
    expect(read).not.toHaveProperty('value.newWaybillNumber');
  });

  it('is unknown with any other verdict', async () => {
    expect(await cancelling(wire.answers.GetResCancelCmd.replace('[Y]', '[X]'))).toEqual({
      outcome: 'unknown',
      why: 'garbled',
    });
  });
});

describe('an answer to GetStoppedZipCd', () => {
  it('is an empty list for a deliverable zip', async () => {
    expect(await clientOn(fakeWire(error('ERR-125')).transport).getStoppedZip('58323')).toEqual({
      outcome: 'ok',
      value: [],
    });
  });

  it('asks for all areas without a zip, in the clear', async () => {
    const { transport, asked } = fakeWire(error('ERR-125'));
    await clientOn(transport).getStoppedZip();
    expect([...asked[0]!.url.searchParams.keys()]).toEqual(['key']);
    expect(asked[0]!.body).toBeUndefined();
  });

  it('reads a single zip as an area of one', async () => {
    const body = wire.answers.GetStoppedZipCd.replace('27460', '');
    expect(await clientOn(fakeWire(body).transport).getStoppedZip()).toMatchObject({
      value: [{ from: '27450', to: '27450' }],
    });
  });
});

describe('an answer to InsertOffice', () => {
  it('is a success only with chkResult Y', async () => {
    const office = {
      customerNo: '0011223344',
      officeSer: '06',
      name: 'x',
      zip: '58323',
      address1: 'x',
      address2: 'x',
      tel: '061-123-4567',
      contact: 'x',
    };
    const body = wire.answers.InsertOffice.replace('[Y]', '[N]');
    expect(await clientOn(fakeWire(body).transport).insertOffice(office)).toEqual({
      outcome: 'unknown',
      why: 'garbled',
    });
  });
});
