import { describe, expect, it } from 'vitest';
import { clientOn, fakeWire } from './fake-wire.ts';
import wire from './wire.json' with { type: 'json' };

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

  it('may be a no without a reason', async () => {
    const body = wire.answers.GetResCancelCmd.replace('[Y]', '[N]');
    expect(await cancelling(body)).toMatchObject({ value: { result: 'not-cancelled', reason: '사유 없음' } });
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

describe('a list with an item that has no key', () => {
  it.each([
    [
      'GetApprNo',
      '1018680001',
      (answer: string) => clientOn(fakeWire(answer).transport).getApprNo('0011223344'),
    ],
    ['GetStoppedZipCd', '27450', (answer: string) => clientOn(fakeWire(answer).transport).getStoppedZip()],
    [
      'GetOfficeInfo',
      '06',
      (answer: string) => clientOn(fakeWire(answer).transport).getOfficeInfo('0011223344'),
    ],
  ] as const)('is unknown, not shorter: %s', async (operation, key, ask) => {
    expect(await ask(wire.answers[operation].replace(key, ''))).toEqual({
      outcome: 'unknown',
      why: 'garbled',
    });
  });
});
