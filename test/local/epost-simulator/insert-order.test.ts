import { describe, expect, it } from 'vitest';
import { KEY, encode, openOffice, order, question, read, readAll } from './post-office.ts';

describe('an InsertOrder that passes the checks', () => {
  it('is answered with the fields of the manual and booked once', async () => {
    const office = await openOffice();
    const xml = await office.call('InsertOrder', order());
    expect(read(xml, 'reqNo')).toMatch(/^20261124\d{10}$/);
    expect(read(xml, 'resNo')).toMatch(/^20261124\d{8}$/);
    expect(read(xml, 'regiNo')).toMatch(/^6\d{12}$/);
    expect(read(xml, 'orderNo')).toBe('shipment-1');
    expect(read(xml, 'resDate')).toBe('20261124142000');
    expect(read(xml, 'regiPoNm')).toBe('모의우체국');
    expect(office.control.state()).toMatchObject({ bookings: 1, distinctNumbers: 1, secondRegistrations: 0 });
  });

  it('may come by POST with regData in the body, or with everything in the body', async () => {
    const office = await openOffice();
    const bodies = [
      [`?key=${KEY}`, `regData=${encode(order({ orderNo: 'a' }))}`],
      ['', `key=${KEY}&regData=${encode(order({ orderNo: 'b' }))}`],
    ] as const;
    for (const [search, body] of bodies) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await fetch(`${office.url}/api.InsertOrder.jparcel${search}`, { method: 'POST', headers, body });
    }
    expect(office.control.state().bookingsByOrderNo).toEqual({ a: 1, b: 1 });
  });

  it('does not care about the order of the fields', async () => {
    const office = await openOffice();
    const reversed = Object.fromEntries(Object.entries(order()).reverse());
    expect(read(await office.call('InsertOrder', reversed), 'regiNo')).toMatch(/^\d{13}$/);
  });

  it('draws another number each time, with 7 in front when the recipient pays', async () => {
    const office = await openOffice();
    const first = read(await office.call('InsertOrder', order({ orderNo: 'a' })), 'regiNo');
    const second = read(await office.call('InsertOrder', order({ orderNo: 'b' })), 'regiNo');
    const collect = read(await office.call('InsertOrder', order({ orderNo: 'c', payType: '2' })), 'regiNo');
    expect(new Set([first, second, collect]).size).toBe(3);
    expect(collect).toMatch(/^7/);
  });

  it('gives one resNo per customer and day, and one reqNo per parcel', async () => {
    const office = await openOffice();
    const answers = [
      await office.call('InsertOrder', order({ orderNo: 'a' })),
      await office.call('InsertOrder', order({ orderNo: 'b' })),
      await office.call('InsertOrder', order({ orderNo: 'c', custNo: '0099999999' })),
    ];
    expect(new Set(answers.map((xml) => read(xml, 'resNo'))).size).toBe(2);
    expect(new Set(answers.map((xml) => read(xml, 'reqNo'))).size).toBe(3);
  });

  it('uses the number sent in the unverified field regiNo as it is', async () => {
    const office = await openOffice();
    const xml = await office.call('InsertOrder', order({ regiNo: '0899900123456' }));
    expect(read(xml, 'regiNo')).toBe('0899900123456');
    expect(office.control.bookings()).toMatchObject([{ regiNo: '0899900123456', band: true }]);
  });

  it('refuses a number another order has, unless the switch says otherwise', async () => {
    const office = await openOffice();
    const number = '6899900123456';
    await office.call('InsertOrder', order({ orderNo: 'a', regiNo: number }));
    const again = order({ orderNo: 'b', regiNo: number });
    expect(read(await office.call('InsertOrder', again), 'error_code')).toBe('ERR-526');
    office.control.putSwitches({ repeatedNumber: 'accept' });
    expect(read(await office.call('InsertOrder', again), 'regiNo')).toBe(number);
  });
});

describe('a test order', () => {
  it('draws no number when testYn is inside regData, and GetResInfo finds it', async () => {
    const office = await openOffice();
    const xml = await office.call('InsertOrder', order({ testYn: 'Y', regiNo: '6899900123456' }));
    expect(read(xml, 'regiNo')).toBe('TESTREGINOAPI');
    expect(read(xml, 'resNo')).toBe('2026112400000000');
    expect(read(xml, 'vTelNo')).toBe('');
    expect(read(await office.call('GetResInfo', question()), 'regiNo')).toBe('TESTREGINOAPI');
    expect(office.control.state()).toMatchObject({ bookings: 0, testBookings: 1, distinctNumbers: 0 });
  });

  it('is a real order when testYn is in the URL', async () => {
    const office = await openOffice();
    const xml = await office.call('InsertOrder', order(), '&testYn=Y');
    expect(read(xml, 'regiNo')).toMatch(/^\d{13}$/);
    expect(office.control.state().bookings).toBe(1);
  });
});

describe('an orderNo told twice', () => {
  it('is booked twice, listed twice and counted as a second registration', async () => {
    const office = await openOffice();
    const first = read(await office.call('InsertOrder', order()), 'regiNo');
    const second = read(await office.call('InsertOrder', order()), 'regiNo');
    expect(readAll(await office.call('GetResInfo', question()), 'regiNo')).toEqual([first, second]);
    expect(office.control.state()).toMatchObject({
      bookings: 2,
      secondRegistrations: 1,
      bookingsByOrderNo: { 'shipment-1': 2 },
    });
  });

  it('is refused when the switch says so', async () => {
    const office = await openOffice();
    office.control.putSwitches({ repeatedOrderNo: 'refuse' });
    await office.call('InsertOrder', order());
    expect(read(await office.call('InsertOrder', order()), 'error_code')).toBe('ERR-526');
    expect(office.control.state()).toMatchObject({ bookings: 1, secondRegistrations: 0 });
  });
});

describe('what an answer holds besides the number', () => {
  it('leaves the delivery office out for a return', async () => {
    const office = await openOffice();
    const xml = await office.call('InsertOrder', order({ reqType: '2', printAreaCdYn: 'Y' }));
    for (const tag of ['arrCnpoNm', 'delivPoNm', 'delivAreaCd', 'courseNo', 'refineZip', 'printAreaCd']) {
      expect(read(xml, tag)).toBeNull();
    }
    expect(read(await office.call('InsertOrder', order()), 'delivAreaCd')).not.toBeNull();
  });

  it('adds the print area and the notices that were asked for', async () => {
    const office = await openOffice();
    const plain = await office.call('InsertOrder', order());
    const asked = await office.call('InsertOrder', order({ printAreaCdYn: 'Y' }), '&option=001');
    for (const tag of ['refineZip', 'refineAddr', 'printAreaCd', 'noticeCont', 'notifyMsg']) {
      expect(read(plain, tag)).toBeNull();
      expect(read(asked, tag)).not.toBeNull();
    }
    expect(read(await office.call('InsertOrder', order(), '&option=000'), 'notifyMsg')).toBeNull();
  });

  it('charges insurance by the manual and 400 won to the islands', async () => {
    const office = await openOffice();
    for (const [amount, fee] of [
      ['500000', '1000'],
      ['600000', '1500'],
      ['3000000', '13500'],
    ] as const) {
      const xml = await office.call('InsertOrder', order({ insuYn: 'Y', insuAmt: amount }));
      expect(read(xml, 'insuFee')).toBe(fee);
      expect(Number(read(xml, 'price'))).toBe(3_300 + Number(fee));
    }
    expect(read(await office.call('InsertOrder', order({ recZip: '63000' })), 'islandAddFee')).toBe('400');
  });

  it('takes the higher of the weight and the size step', async () => {
    const office = await openOffice();
    const price = async (weight: string, volume: string) =>
      Number(read(await office.call('InsertOrder', order({ weight, volume })), 'price'));
    expect(await price('1', '160')).toBe(await price('30', '10'));
    expect(await price('5', '60')).toBe(await price('2', '80'));
    expect(await price('2', '60')).toBeLessThan(await price('3', '60'));
  });
});
