import { describe, expect, it } from 'vitest';
import type { Fields } from './post-office.ts';
import { openOffice, order, read } from './post-office.ts';

describe('field checks of InsertOrder beyond the printed ones', () => {
  it.each([
    ['recTel', '02-000-0000', 'ERR-322'],
    ['recZip', '0123', 'ERR-323'],
    ['recZip', undefined, 'ERR-311'],
    ['recAddr2', undefined, 'ERR-311'],
    ['ordMob', '010-0000', 'ERR-522'],
    ['contCd', '020', 'ERR-523'],
    ['contCd', undefined, 'ERR-511'],
    ['orderNo', 'x'.repeat(51), 'ERR-521'],
    ['orderNo', undefined, 'ERR-511'],
    ['recNm', '가'.repeat(41), 'ERR-321'],
    ['microYn', undefined, 'ERR-511'],
    ['payType', '3', 'ERR-523'],
    ['printYn', 'no', 'ERR-523'],
    ['weight', '31', 'ERR-511'],
    ['volume', '161', 'ERR-511'],
    ['custNo', '00112233445', 'ERR-121'],
    ['officeSer', '06-1', 'ERR-223'],
    ['regiNo', '123', 'ERR-523'],
  ])('%s = %s is %s', async (name, value, code) => {
    const office = await openOffice();
    expect(read(await office.call('InsertOrder', order({ [name]: value })), 'error_code')).toBe(code);
  });

  it('takes the longest documented values, and counts bytes when the switch says so', async () => {
    const office = await openOffice();
    const longest = order({ recNm: '가'.repeat(40), orderNo: 'x'.repeat(50) });
    expect(read(await office.call('InsertOrder', longest), 'error_code')).toBeNull();
    office.control.putSwitches({ lengthUnit: 'bytes' });
    expect(read(await office.call('InsertOrder', longest), 'error_code')).toBe('ERR-321');
  });

  it('refuses a regData above 4,000 characters', async () => {
    const office = await openOffice();
    const long = order({ goodsNm: '가'.repeat(400), recAddr2: '나'.repeat(300) });
    expect(read(await office.call('InsertOrder', long), 'error_code')).toBe('ERR-521');
  });

  it('refuses insurance outside the limits only when insurance is asked for', async () => {
    const office = await openOffice();
    const code = async (changes: Fields) =>
      read(await office.call('InsertOrder', order(changes)), 'error_code');
    expect(await code({ insuYn: 'Y', insuAmt: '99999' })).toBe('ERR-523');
    expect(await code({ insuYn: 'Y', insuAmt: '3000010' })).toBe('ERR-523');
    expect(await code({ insuYn: 'N', insuAmt: '99999' })).toBeNull();
  });

  it('refuses an approval number a configured customer does not have, or no longer has', async () => {
    const office = await openOffice();
    office.control.setCustomer('0011223344', [
      { apprNo: '1018680001', statusCd: '4' },
      { apprNo: '2000000000' },
    ]);
    const code = async (apprNo: string) =>
      read(await office.call('InsertOrder', order({ apprNo })), 'error_code');
    expect(await code('1018680001')).toBe('ERR-123');
    expect(await code('3000000000')).toBe('ERR-123');
    expect(await code('2000000000')).toBeNull();
  });
});
