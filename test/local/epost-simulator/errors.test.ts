import { describe, expect, it } from 'vitest';
import type { Fields } from './post-office.ts';
import { KEY, encode, openOffice, order, question, read } from './post-office.ts';

const CUSTOMER = { custNo: '0011223344' };
const CANCEL = {
  ...CUSTOMER,
  apprNo: '1018680001',
  reqType: '1',
  reqNo: '1',
  resNo: '1',
  regiNo: '1',
  delYn: 'N',
};
const STORE = { ...CUSTOMER, apprNo: '1018680001', storeCd: 'ABCD0000012345', sendStoreNm: '가상점포' };
const UPDATE = { ...CUSTOMER, oldApprNo: '1018680001', storeCd: 'ABCD0000012345' };
const CUST_MISSING = '필수항목누락-고객번호(custNo) 값이 없습니다.';
const TYPE_MISSING = '필수항목누락-신청구분(reqType) 값이 없습니다.';
const TYPE_WRONG = '데이터 오류-신청구분(reqType) 값이 유효하지 않습니다.';
const OFFICE_CUSTOMER = '데이터오류-고객번호(custNo) 값이 유효하지 않습니다.';
const NOT_A_CUSTOMER =
  '계약소포를 사용하는 고객번호(custNo)가 아닙니다. 해당 고객번호 아이디로 로그인 후 계약소포 시스템 설정을 하신 후에 이용 가능합니다.';

const without = (fields: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Every error the manual prints for an encrypted operation: operation, fields, code, message. */
const documented: ReadonlyArray<readonly [string, Fields, string, string]> = [
  ['GetCustNo', { memberID: 'nobody' }, 'ERR-511', '고객번호(custNo)가 존재하지 않습니다.'],
  ['GetCustNo', {}, 'ERR-511', '필수항목누락-인터넷우체국 회원 아이디 ID(memberID) 값이 없습니다.'],
  ['GetApprNo', {}, 'ERR-211', CUST_MISSING],
  ['GetApprNo', { custNo: '9999999999' }, 'ERR-123', '계약승인번호가 존재하지 않습니다.'],
  ['InsertOffice', { custNo: '9999999999' }, 'ERR-123', OFFICE_CUSTOMER],
  ['GetOfficeInfo', { custNo: '9999999999' }, 'ERR-123', OFFICE_CUSTOMER],
  [
    'InsertOrder',
    order({ weight: '1.5' }),
    'ERR-122',
    '데이터오류-무게(weight)는 숫자(정수)로만 입력가능합니다.',
  ],
  [
    'InsertOrder',
    order({ volume: 'x' }),
    'ERR-122',
    '데이터오류-부피(volume)는 숫자(정수)로만 입력가능합니다.',
  ],
  ['InsertOrder', order({ custNo: undefined }), 'ERR-211', CUST_MISSING],
  ['InsertOrder', order({ reqType: undefined }), 'ERR-111', TYPE_MISSING],
  ['InsertOrder', order({ reqType: '3' }), 'ERR-123', TYPE_WRONG],
  ['InsertOrder', order({ officeSer: '' }), 'ERR-211', '필수항목누락-공급지코드(officeSer) 값이 없습니다.'],
  ['InsertOrder', order({ apprNo: undefined }), 'ERR-123', '승인번호(apprNo)가 일치하지 않습니다.'],
  [
    'InsertOrder',
    order({ recMob: '0100000000000' }),
    'ERR-323',
    '데이터오류-수취인(반품인) 휴대폰번호(recMob)가 유효하지 않습니다.',
  ],
  ['InsertOrder', order({ recNm: undefined }), 'ERR-311', '필수항목누락-수취인명(recNm) 값이 없습니다.'],
  [
    'InsertOrder',
    order({ recAddr1: '' }),
    'ERR-311',
    '필수항목누락-수취인(반품인) 주소(recAddr1)값이 없습니다.',
  ],
  ['InsertOrder', order({ goodsNm: undefined }), 'ERR-511', '필수항목누락-상품명(goodsNm) 값이 없습니다.'],
  [
    'InsertOrder',
    order({ recMob: undefined }),
    'ERR-311',
    '필수항목누락-수취인(반품인) 전화번호(recTel), 이동통신(recMob) 값이 없습니다.',
  ],
  ['GetResInfo', { ...question(), custNo: '9999999999' }, 'ERR-223', NOT_A_CUSTOMER],
  ['GetResInfo', without(question(), 'custNo'), 'ERR-211', CUST_MISSING],
  ['GetResInfo', without(question(), 'reqType'), 'ERR-111', TYPE_MISSING],
  ['GetResInfo', { ...question(), reqType: 'x' }, 'ERR-123', TYPE_WRONG],
  ['GetResInfo', without(question(), 'orderNo'), 'ERR-511', '필수항목누락-주문번호(orderNo) 값이 없습니다.'],
  [
    'GetResInfo',
    question(),
    'ERR-225',
    '신청정보가 존재하지 않습니다.(신청일자와 주문번호를 다시 확인해주십시오)',
  ],
  ['GetResCancelCmd', { ...CANCEL, custNo: '9999999999' }, 'ERR-223', NOT_A_CUSTOMER],
  ['GetResCancelCmd', without(CANCEL, 'custNo'), 'ERR-211', CUST_MISSING],
  ['GetResCancelCmd', without(CANCEL, 'reqType'), 'ERR-111', TYPE_MISSING],
  ['GetResCancelCmd', { ...CANCEL, reqType: '0' }, 'ERR-123', TYPE_WRONG],
  ...(['InsertStoreInfo', 'GetStoreInfo'] as const).flatMap((operation) =>
    storeErrors(operation, STORE, 'apprNo', '승인번호'),
  ),
  ...storeErrors('UpdateStoreInfo', UPDATE, 'oldApprNo', '기존 승인번호'),
  [
    'InsertStoreInfo',
    without(STORE, 'sendStoreNm'),
    'ERR-211',
    '필수항목누락-점포명(발송지명)(sendStoreNm)가 없습니다.',
  ],
  [
    'InsertStoreInfo',
    { ...STORE, sendStoreNm: '가'.repeat(101) },
    'ERR-221',
    '데이터오류-점포명(발송지명)(sendStoreNm) 값이 유효하지 않습니다.',
  ],
  [
    'UpdateStoreInfo',
    { ...UPDATE, useYn: 'no' },
    'ERR-221',
    '데이터오류-사용여부(useYn) 값이 유효하지 않습니다.',
  ],
];

function storeErrors(operation: string, fields: Fields, approval: string, label: string) {
  const of = (name: string, text: string) => [
    [operation, without(fields, name), 'ERR-211', `필수항목누락-${text}(${name})가 없습니다.`] as const,
    [
      operation,
      { ...fields, [name]: '1'.repeat(21) },
      'ERR-221',
      `데이터오류-${text}(${name}) 값이 유효하지 않습니다.`,
    ] as const,
  ];
  const digits = (name: string, text: string) =>
    [
      operation,
      { ...fields, [name]: '12ab' },
      'ERR-222',
      `데이터오류-${text}(${name})는 숫자(정수)로만 입력가능합니다.`,
    ] as const;
  return [
    ...of('custNo', '고객번호'),
    digits('custNo', '고객번호'),
    ...of(approval, label),
    digits(approval, label),
    ...of('storeCd', '점포코드'),
    [
      operation,
      { ...fields, storeCd: 'abc' },
      'ERR-222',
      '데이터오류-점포코드(storeCd)는 영문 대문자, 숫자만 가능합니다.',
    ] as const,
  ];
}

describe('the errors the manual prints', () => {
  it.each(documented)('%s with %j answers %s "%s"', async (operation, fields, code, message) => {
    const office = await openOffice();
    office.control.setCustomer('9999999999', null);
    office.control.setMember('nobody', null);
    const xml = await office.call(operation, fields);
    expect([read(xml, 'error_code'), read(xml, 'message')]).toEqual([code, message]);
    expect(office.control.state().bookings).toBe(0);
  });

  it.each([
    'GetCustNo',
    'GetApprNo',
    'InsertOffice',
    'GetOfficeInfo',
    'InsertOrder',
    'GetResInfo',
    'GetResCancelCmd',
  ])(
    '%s tells a missing key, a wrong key and a missing regData apart, each with HTTP 200',
    async (operation) => {
      const office = await openOffice();
      const answers = [];
      for (const search of ['', 'key=wrong', `key=${KEY}`]) {
        const response = await office.get(`/api.${operation}.jparcel?${search}`);
        const xml = await response.text();
        answers.push([response.status, read(xml, 'error_code'), read(xml, 'message')]);
      }
      expect(answers).toEqual([
        [200, 'ERR-111', '필수항목 누락(인증키)입니다.'],
        [200, 'ERR-123', '등록되지 않거나 유효하지 않은 인증키입니다.'],
        [200, 'ERR-511', '필수값이 입력되지 않았습니다. 요청 변수(regData)을(를) 입력하여 주세요.'],
      ]);
    },
  );
});

describe('a wrong security key', () => {
  it.each([
    ['GetCustNo', { memberID: 'user01' }, 'ERR-511'],
    ['GetApprNo', CUSTOMER, 'ERR-211'],
    ['InsertOrder', order(), 'ERR-211'],
    ['GetResInfo', question(), 'ERR-211'],
    ['GetResCancelCmd', CANCEL, 'ERR-211'],
  ] as const)('makes %s complain of a missing field, not of a key', async (operation, fields, code) => {
    const office = await openOffice();
    for (const key of ['another-security-key', 'zzzzzzzzzzzzzzzz']) {
      const response = await office.get(
        `/api.${operation}.jparcel?key=${KEY}&regData=${encode(fields, key)}`,
      );
      const xml = await response.text();
      expect(read(xml, 'error_code')).toBe(code);
      expect(read(xml, 'message')).toContain('필수항목누락');
    }
  });

  it('is not distinguished from a regData that is no hexadecimal at all', async () => {
    const office = await openOffice();
    const response = await office.get(`/api.InsertOrder.jparcel?key=${KEY}&regData=hello`);
    expect(read(await response.text(), 'error_code')).toBe('ERR-211');
  });
});
