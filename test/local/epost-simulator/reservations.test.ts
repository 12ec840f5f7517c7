import { describe, expect, it } from 'vitest';
import type { Fields, PostOffice } from './post-office.ts';
import { HOUR, openOffice, order, question, read, readAll } from './post-office.ts';

/** Books an order and answers the cancel request that names it. */
async function bookForCancel(office: PostOffice, changes: Fields = {}, delYn = 'N'): Promise<Fields> {
  const xml = await office.call('InsertOrder', order(changes));
  const { custNo = '', apprNo = '', reqType = '' } = order(changes);
  const ids = {
    reqNo: read(xml, 'reqNo') ?? '',
    resNo: read(xml, 'resNo') ?? '',
    regiNo: read(xml, 'regiNo') ?? '',
  };
  return { custNo, apprNo, reqType, ...ids, delYn };
}

const statusOf = async (office: PostOffice, reqType = '1') =>
  read(await office.call('GetResInfo', question('shipment-1', '20261124', reqType)), 'treatStusCd');

describe('GetResInfo', () => {
  it.each([
    ['1', 'N', '01'],
    ['1', 'Y', '02'],
    ['1', undefined, '02'],
    ['2', 'N', '01'],
    ['2', 'Y', '01'],
  ])('shows a booking of reqType %s with printYn %s as %s', async (reqType, printYn, status) => {
    const office = await openOffice();
    await office.call('InsertOrder', order({ reqType, printYn }));
    expect(await statusOf(office, reqType)).toBe(status);
  });

  it('knows an order only under its own Korean day', async () => {
    const office = await openOffice();
    office.clock.now = Date.UTC(2026, 10, 24, 14, 59, 59);
    await office.call('InsertOrder', order({ orderNo: 'before-midnight' }));
    office.clock.now += 1_000;
    await office.call('InsertOrder', order({ orderNo: 'after-midnight' }));
    const code = async (orderNo: string, day: string) =>
      read(await office.call('GetResInfo', question(orderNo, day)), 'error_code');
    expect(await code('before-midnight', '20261124')).toBeNull();
    expect(await code('before-midnight', '20261125')).toBe('ERR-225');
    expect(await code('after-midnight', '20261125')).toBeNull();
    expect(await code('after-midnight', '20261124')).toBe('ERR-225');
  });

  it('does not show one customer the orders of another, nor parcels as returns', async () => {
    const office = await openOffice();
    await office.call('InsertOrder', order());
    const other = await office.call('GetResInfo', { ...question(), custNo: '0099999999' });
    expect(read(other, 'error_code')).toBe('ERR-225');
    expect(read(await office.call('GetResInfo', question('shipment-1', '20261124', '2')), 'error_code')).toBe(
      'ERR-225',
    );
  });

  it('goes to 03 at the first scan, and to 04 when the pick-up failed', async () => {
    const office = await openOffice();
    await office.call('InsertOrder', order());
    office.clock.now += 2 * HOUR;
    expect(await statusOf(office)).toBe('03');
    office.control.setJourney('shipment-1', [{ afterMs: 0, word: '미집하', office: '모의우체국' }]);
    expect(await statusOf(office)).toBe('04');
  });
});

describe('GetResCancelCmd', () => {
  it('changes the number, answers in lower-case tags, and leaves the application without a reservation', async () => {
    const office = await openOffice();
    const cancel = await bookForCancel(office);
    const xml = await office.call('GetResCancelCmd', cancel);
    expect(read(xml, 'canceledyn')).toBe('Y');
    expect(read(xml, 'cancelregino')).toBe(cancel['regiNo']);
    expect(read(xml, 'regino')).toMatch(/^6\d{12}$/);
    expect(read(xml, 'regino')).not.toBe(cancel['regiNo']);
    expect(read(xml, 'canceldate')).toBe('20261124142000');
    expect(xml).not.toMatch(/canceledYn|regiNo/);
    const listed = await office.call('GetResInfo', question());
    expect([read(listed, 'regiNo'), read(listed, 'treatStusCd')]).toEqual([read(xml, 'regino'), '05']);
    expect(['resNo', 'resDate', 'vTelNo'].map((tag) => read(listed, tag))).toEqual(['', '', '']);
  });

  it('spells the tags as the field table does when the switch says so', async () => {
    const office = await openOffice();
    office.control.putSwitches({ cancelTags: 'camel' });
    const xml = await office.call('GetResCancelCmd', await bookForCancel(office));
    expect([read(xml, 'canceledYn'), read(xml, 'canceledyn')]).toEqual(['Y', null]);
  });

  it('deletes with delYn Y, after which nothing is found and a new booking is no second one', async () => {
    const office = await openOffice();
    const xml = await office.call('GetResCancelCmd', await bookForCancel(office, {}, 'Y'));
    expect(read(xml, 'canceledyn')).toBe('D');
    expect(read(await office.call('GetResInfo', question()), 'error_code')).toBe('ERR-225');
    await office.call('InsertOrder', order());
    expect(office.control.state().secondRegistrations).toBe(0);
  });

  it.each([
    ['1', 'Y', 0, 'Y', ''],
    ['1', 'N', 2, 'N', '집하완료'],
    ['2', 'N', 0, 'Y', ''],
    ['2', 'N', 2, 'N', '집하완료'],
  ])(
    'of reqType %s, printYn %s, after %i h is %s "%s"',
    async (reqType, printYn, hours, canceled, reason) => {
      const office = await openOffice();
      const cancel = await bookForCancel(office, { reqType, printYn });
      office.clock.now += hours * HOUR;
      const xml = await office.call('GetResCancelCmd', cancel);
      expect([read(xml, 'canceledyn'), read(xml, 'notcancelreason')]).toEqual([canceled, reason]);
      expect(read(xml, 'error_code')).toBeNull();
    },
  );

  it('refuses a return whose label is printed, which a parcel still may', async () => {
    const office = await openOffice();
    office.control.setJourney('*', [{ afterMs: 0, word: '운송장출력', office: '모의우체국' }]);
    const parcel = await bookForCancel(office, { orderNo: 'parcel' });
    const returned = await bookForCancel(office, { orderNo: 'return', reqType: '2' });
    expect(read(await office.call('GetResCancelCmd', parcel), 'canceledyn')).toBe('Y');
    const refused = await office.call('GetResCancelCmd', returned);
    expect([read(refused, 'canceledyn'), read(refused, 'notcancelreason')]).toEqual([
      'N',
      '운송장 출력 완료',
    ]);
  });

  it('refuses a second cancel and one that does not describe the booking', async () => {
    const office = await openOffice();
    const cancel = await bookForCancel(office);
    const wrong = { ...cancel, apprNo: '1018680009' };
    expect(read(await office.call('GetResCancelCmd', wrong), 'canceledyn')).toBe('N');
    expect(read(await office.call('GetResCancelCmd', cancel), 'canceledyn')).toBe('Y');
    expect(read(await office.call('GetResCancelCmd', cancel), 'canceledyn')).toBe('N');
    expect(readAll(await office.call('GetResInfo', question()), 'regiNo')).toHaveLength(1);
  });

  it('never gives a cancelled number to another parcel, and the old number has no trace', async () => {
    const office = await openOffice();
    const cancel = await bookForCancel(office);
    await office.call('GetResCancelCmd', cancel);
    office.clock.now += 30 * HOUR;
    expect(read(await office.trace(cancel['regiNo'] ?? ''), 'error_code')).toBe('ERR-001');
    for (let n = 0; n < 5; n++) await office.call('InsertOrder', order({ orderNo: `more-${n}` }));
    const numbers = office.control.bookings().map((booking) => booking.regiNo);
    expect(numbers).not.toContain(cancel['regiNo']);
    expect(new Set(numbers).size).toBe(6);
  });
});
