/** Each reader of an answer by itself: what it takes, to the last digit, and what it leaves out. */
import { describe, expect, it } from 'vitest';
import * as answers from '../../functions/epost/answers.ts';
import { parseXml } from '../../functions/epost/xml.ts';

const rootOf = (fields: Record<string, string>, inside?: string) => {
  const tags = Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
  return parseXml(`<xsync>${inside === undefined ? tags : `<${inside}>${tags}</${inside}>`}</xsync>`)!;
};
const BOOKED = { reqNo: '202005116403648050', resNo: '2020051152119574', regiNo: '6013082362377' };
const booking = (over: Record<string, string> = {}) =>
  answers.readBooking('ship-1')(rootOf({ ...BOOKED, ...over }));

describe('a booking', () => {
  it('is read with everything it tells', () => {
    expect(
      booking({
        orderNo: 'ship-1',
        regiPoNm: '나주우체국',
        resDate: '20200511153637',
        price: '3300',
        vTelNo: '05072870091',
        arrCnpoNm: '광주M',
        delivPoNm: '나주',
        delivAreaCd: '광15290506',
        courseNo: '12',
        islandAddFee: '5000',
        insuFee: '0',
      }),
    ).toEqual({
      reqNo: BOOKED.reqNo,
      resNo: BOOKED.resNo,
      waybillNumber: BOOKED.regiNo,
      postOffice: '나주우체국',
      bookedAt: '20200511153637',
      price: 3300,
      virtualTel: '05072870091',
      arrivalCentre: '광주M',
      deliveryOffice: '나주',
      deliveryAreaCode: '광15290506',
      courseNo: '12',
      islandFeeWon: 5000,
      insuranceFeeWon: 0,
    });
    expect(booking()).toEqual({ reqNo: BOOKED.reqNo, resNo: BOOKED.resNo, waybillNumber: BOOKED.regiNo });
  });

  it.each([
    ['reqNo', ['', 'x1', '1x', '1'.repeat(21)], ['1', '1'.repeat(20)]],
    ['resNo', ['', 'x1', '1x', '1'.repeat(21)], ['1', '1'.repeat(20)]],
    [
      'regiNo',
      [
        '',
        '601308236237',
        '60130823623771',
        'x6013082362377',
        '6013082362377x',
        'xTESTREGINOAPI',
        'TESTREGINOAPIx',
      ],
      ['0000000000000', 'TESTREGINOAPI'],
    ],
    ['orderNo', ['ship-2', 'ship-1x'], ['ship-1', '']],
  ])('is none without a sound %s', (field, bad, good) => {
    for (const value of bad) expect([value, booking({ [field]: value })]).toEqual([value, undefined]);
    for (const value of good)
      expect([value, booking({ [field]: value })]).toEqual([value, expect.any(Object)]);
  });

  it.each([
    ['resDate', 'bookedAt', ['2020051115363', '202005111536377', 'x20200511153637', '20200511153637x']],
    ['price', 'price', ['1'.repeat(16), 'x1', '1x', '-1', '1.5']],
    ['vTelNo', 'virtualTel', ['0507-287-0091', '1'.repeat(21)]],
    ['regiPoNm', 'postOffice', ['', '가'.repeat(501)]],
    ['courseNo', 'courseNo', ['1'.repeat(501)]],
  ])('leaves out a %s that is none', (field, name, bad) => {
    for (const value of bad)
      expect([value, Object.keys(booking({ [field]: value })!).includes(name)]).toEqual([value, false]);
  });

  it('takes text of 500 characters and amounts of 15 digits', () => {
    expect(booking({ regiPoNm: '가'.repeat(500) })?.postOffice).toHaveLength(500);
    expect(booking({ price: '9'.repeat(15) })?.price).toBe(999_999_999_999_999);
  });
});

describe('a reservation', () => {
  const read = (over: Record<string, string> = {}) =>
    answers.readReservations(rootOf({ ...BOOKED, ...over }, 'resInfo'))?.[0];

  it.each(['00', '01', '02', '03', '04', '05'])('keeps the status %s', (code) => {
    expect(read({ treatStusCd: code })).toMatchObject({ statusCode: code, rawStatusCode: code });
  });

  it.each(['06', '10', '1', '001', '011', 'x01', '01x'])('has another status than ours with %s', (code) => {
    expect(read({ treatStusCd: code })).toMatchObject({ statusCode: 'other', rawStatusCode: code });
  });

  it('tells no status where there is none, and reads the rest', () => {
    expect(read({ resDate: '20200511153637', regiPoNm: '나주', price: '10' })).toEqual({
      reqNo: BOOKED.reqNo,
      resNo: BOOKED.resNo,
      waybillNumber: BOOKED.regiNo,
      bookedAt: '20200511153637',
      postOffice: '나주',
      price: 10,
    });
    expect(read({ resNo: 'none' })).not.toHaveProperty('resNo');
  });

  it.each(['reqNo', 'regiNo'])('is none without %s', (field) => {
    expect(read({ [field]: '' })).toBeUndefined();
  });
});

describe('a cancellation', () => {
  const DONE = { reqNo: '1', cancelRegiNo: BOOKED.regiNo, canceledYn: 'Y' };
  const read = (over: Record<string, string> = {}) => answers.readCancellation(rootOf({ ...DONE, ...over }));

  it('takes a verdict in either case', () => {
    expect(read({ canceledYn: 'y' })).toEqual({
      result: 'cancelled',
      reqNo: '1',
      cancelledWaybillNumber: BOOKED.regiNo,
    });
    expect(read({ canceledYn: 'd' })?.result).toBe('deleted');
    expect(read({ canceledYn: 'n', notCancelReason: '인쇄함' })).toEqual({
      result: 'not-cancelled',
      reqNo: '1',
      reason: '인쇄함',
    });
    expect(read({ canceledYn: 'n', cancelRegiNo: '' })).toMatchObject({ reason: '사유 없음' });
  });

  it.each([
    { reqNo: '' },
    { reqNo: '', canceledYn: 'N' },
    { cancelRegiNo: '' },
    { cancelRegiNo: '', canceledYn: 'D' },
    { canceledYn: '' },
    { canceledYn: 'YD' },
  ])('is none with %j', (over: Record<string, string>) => {
    expect(read(over)).toBeUndefined();
  });

  it('has a day, or a day and a time', () => {
    for (const date of ['20200511', '20200511162115'])
      expect(read({ cancelDate: date, regiNo: '6013082362389' })).toMatchObject({
        cancelledAt: date,
        newWaybillNumber: '6013082362389',
      });
    for (const date of ['2020051', '202005111', '2020051116211', 'x20200511', '20200511x'])
      expect([date, Object.keys(read({ cancelDate: date })!)]).toEqual([
        date,
        ['result', 'reqNo', 'cancelledWaybillNumber'],
      ]);
  });
});

describe('numbers of ten digits', () => {
  it.each(['', '001122334', '00112233440', 'x0011223344', '0011223344x'])('are none: "%s"', (value) => {
    expect(answers.readCustomer(rootOf({ custNo: value }))).toBeUndefined();
    expect(answers.readApprovals(rootOf({ apprNo: value }, 'contractInfo'))).toBeUndefined();
  });

  it('keep their zeros', () => {
    expect(answers.readCustomer(rootOf({ custNo: '0011223344' }))).toEqual({ customerNo: '0011223344' });
  });
});

describe('a contract', () => {
  it('is read with its end and its closing, where they are days', () => {
    const read = (over: Record<string, string>) =>
      answers.readApprovals(rootOf({ apprNo: '1018680001', ...over }, 'contractInfo'))?.[0];
    expect(read({ expiredYmd: '20210531', closedYmd: '20210601' })).toEqual({
      approvalNo: '1018680001',
      expiresOn: '20210531',
      closedOn: '20210601',
    });
    for (const day of ['2021053', '202105311', 'x20210531', '20210531x'])
      expect([day, read({ expiredYmd: day })]).toEqual([day, { approvalNo: '1018680001' }]);
  });
});

describe('a stopped area', () => {
  it.each(['', '2745', '274500', 'x27450', '27450x'])('does not begin with "%s"', (zip) => {
    expect(answers.readStoppedZips(rootOf({ strtZipCd: zip }, 'stoppedZipCdInfo'))).toBeUndefined();
  });
});

describe('a supply site', () => {
  it('is registered with a Y and its number', () => {
    const read = (chkResult: string, officeSer: string) =>
      answers.readOfficeRegistered(rootOf({ chkResult, officeSer }));
    expect(read('Y', '06')).toEqual({ officeSer: '06' });
    expect(read('Y', '')).toBeUndefined();
    expect(read('y', '06')).toBeUndefined();
    expect(read('', '06')).toBeUndefined();
  });

  it('is listed by its number', () => {
    expect(answers.readOffices(rootOf({ officeSer: '06', officeZip: '5832' }, 'officeInfo'))).toEqual([
      { officeSer: '06' },
    ]);
    expect(answers.readOffices(rootOf({ officeNm: '창고' }, 'officeInfo'))).toBeUndefined();
    expect(answers.readOffices(rootOf({}))).toBeUndefined();
  });
});
