import { describe, expect, it } from 'vitest';
import { KEY, openOffice, order, read, readAll } from './post-office.ts';

const OFFICE = {
  custNo: '0011223344',
  officeSer: '06',
  officeNm: '가상공급지',
  officeZip: '58323',
  officeAddr1: '전남 가상시 모의길 1',
  officeAddr2: '1층',
  officeTelno: '061-000-0000',
  contactNm: '나가상',
};

describe('customers and approvals', () => {
  it('knows the same customer number for the same ePost id', async () => {
    const office = await openOffice();
    const custNo = read(await office.call('GetCustNo', { memberID: 'user01' }), 'custNo');
    expect(custNo).toMatch(/^\d{10}$/);
    expect(read(await office.call('GetCustNo', { memberID: 'user01' }), 'custNo')).toBe(custNo);
    office.control.setMember('user01', '0000000007');
    expect(read(await office.call('GetCustNo', { memberID: 'user01' }), 'custNo')).toBe('0000000007');
  });

  it('lists approvals by state and expiry', async () => {
    const office = await openOffice();
    office.control.setCustomer('0011223344', [
      { apprNo: '1000000001', expiredYmd: '20270101' },
      { apprNo: '1000000002', expiredYmd: '20260101', payTypeCd: '10' },
      { apprNo: '1000000003', statusCd: '4', closedYmd: '20260301' },
    ]);
    const list = async (filters: Record<string, string>) =>
      readAll(await office.call('GetApprNo', { custNo: '0011223344', ...filters }), 'apprNo');
    expect(await list({})).toEqual(['1000000001', '1000000002']);
    expect(await list({ statusCd: '4' })).toEqual(['1000000003']);
    expect(await list({ statusCd: 'A' })).toHaveLength(3);
    expect(await list({ expiredYn: 'Y' })).toEqual(['1000000002']);
    expect(await list({ expiredYn: 'N' })).toEqual(['1000000001']);
  });

  it('takes any ten-digit customer that was not configured', async () => {
    const office = await openOffice();
    expect(read(await office.call('GetApprNo', { custNo: '7777777777' }), 'apprNo')).toMatch(/^\d{10}$/);
    expect(read(await office.call('GetApprNo', { custNo: '77777' }), 'error_code')).toBe('ERR-123');
  });
});

describe('stopped zips, the one unencrypted operation', () => {
  const ask = async (office: Awaited<ReturnType<typeof openOffice>>, zip: string) =>
    (await office.get(`/api.GetStoppedZipCd.jparcel?key=${KEY}${zip === '' ? '' : `&zipCd=${zip}`}`)).text();

  it('answers ERR-125 for a deliverable zip and for an empty list, in different words', async () => {
    const office = await openOffice();
    expect(read(await ask(office, '01234'), 'message')).toBe('해당 우편번호는 접수중지 우편번호가 아닙니다.');
    const all = await ask(office, '');
    expect([read(all, 'error_code'), read(all, 'message')]).toEqual([
      'ERR-125',
      '접수중지 우편번호가 없습니다.',
    ]);
    const wrong = await ask(office, '123');
    expect([read(wrong, 'error_code'), read(wrong, 'message')]).toEqual([
      'ERR-123',
      '데이터오류-입력하신 접수중지 우편번호가 유효하지 않습니다.(숫자 5자리)',
    ]);
  });

  it('lists areas stopped now or later, and a single zip without an end', async () => {
    const office = await openOffice();
    const area = {
      areaNm: '가상군',
      strtZipCd: '27450',
      applyStrtYmd: '20261201',
      applyEndYmd: '20261231',
      stopReason: '폭설',
    };
    office.control.setStoppedAreas([
      { ...area, endZipCd: '27460' },
      { ...area, strtZipCd: '40200' },
      { ...area, strtZipCd: '50000', applyEndYmd: '20261123' },
    ]);
    expect(readAll(await ask(office, ''), 'strtZipCd')).toEqual(['27450', '40200']);
    expect(read(await ask(office, '27455'), 'stopReason')).toBe('폭설');
    expect(read(await ask(office, '40200'), 'endZipCd')).toBe('');
    expect(read(await ask(office, '27461'), 'error_code')).toBe('ERR-125');
    expect(read(await ask(office, '50000'), 'error_code')).toBe('ERR-125');
  });
});

describe('offices', () => {
  it('are registered once and listed by division', async () => {
    const office = await openOffice();
    const added = await office.call('InsertOffice', OFFICE);
    expect([read(added, 'chkResult'), read(added, 'officeSer'), read(added, 'officeDivCd')]).toEqual([
      'Y',
      '06',
      '1',
    ]);
    const again = await office.call('InsertOffice', OFFICE);
    expect([read(again, 'error_code'), read(again, 'message')]).toEqual([
      'ERR-226',
      '이미 등록된 공급지코드(officeSer)입니다.',
    ]);
    await office.call('InsertOffice', { ...OFFICE, officeSer: '07', officeDivCd: '4' });
    const list = async (officeDivReqCd?: string) => {
      const fields = { custNo: '0011223344', ...(officeDivReqCd === undefined ? {} : { officeDivReqCd }) };
      return readAll(await office.call('GetOfficeInfo', fields), 'officeSer');
    };
    expect(await list()).toEqual(['06', '07']);
    expect(await list('4')).toEqual(['07']);
    expect(await list('1')).toEqual(['06']);
    const first = await office.call('GetOfficeInfo', { custNo: '0011223344' });
    expect(read(first, 'officeAddr')).toBe('전남 가상시 모의길 1 1층');
  });

  it('must exist before an order only when the switch says so', async () => {
    const office = await openOffice();
    office.control.putSwitches({ unknownOffice: 'refuse' });
    expect(read(await office.call('InsertOrder', order()), 'error_code')).toBe('ERR-223');
    await office.call('InsertOffice', OFFICE);
    expect(read(await office.call('InsertOrder', order()), 'regiNo')).toMatch(/^\d{13}$/);
  });
});

describe('partner stores', () => {
  it('are registered, changed and read back', async () => {
    const office = await openOffice();
    const store = {
      custNo: '0011223344',
      apprNo: '1018680001',
      storeCd: 'ABCD0000012345',
      sendStoreNm: '가상점포',
    };
    expect(read(await office.call('InsertStoreInfo', store), 'chkResult')).toBe('Y');
    await office.call('UpdateStoreInfo', {
      custNo: store.custNo,
      oldApprNo: store.apprNo,
      storeCd: store.storeCd,
      useYn: 'N',
    });
    const { custNo, apprNo, storeCd } = store;
    const found = await office.call('GetStoreInfo', { custNo, apprNo, storeCd });
    expect(found).toContain('가상점포');
    expect(found).toContain('<useYn><![CDATA[N]]></useYn>');
    const none = await office.call('GetStoreInfo', { custNo, apprNo, storeCd: 'NONE' });
    expect(read(none, 'error_code')).toBe('ERR-225');
  });
});
