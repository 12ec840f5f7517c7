/** What a reply is taken for, to the edge of each rule. */
import { describe, expect, it } from 'vitest';
import { interpret, isNotice, refusedForField, refusedForRegData } from '../../functions/epost/interpret.ts';
import { classifyRefusal, type Operation } from '../../functions/epost/refusal.ts';
import { readReply } from '../../functions/epost/reply.ts';
import { parseXml } from '../../functions/epost/xml.ts';

const xml = (body: string) => `<xsync>${body}</xsync>`;
const error = (code: string, message = '<message>뜻</message>') =>
  xml(`<error><error_code>${code}</error_code>${message}</error>`);

describe('a status', () => {
  const asked = (status: number) =>
    interpret('GetCustNo', { outcome: 'answered', status, body: xml('<a>1</a>') }, () => 'read');

  it.each([200, 201, 299])('%i lets an answer speak', (status) => {
    expect(asked(status)).toEqual({ outcome: 'ok', value: 'read' });
  });
  it.each([0, 199, 300, 404, 500])('%i does not', (status) => {
    expect(asked(status)).toEqual({ outcome: 'unknown', why: 'http-status' });
  });
  it('404 of a page is a notice, and so is a page that says so', () => {
    expect(isNotice({ kind: 'html', maintenance: false }, 404)).toBe(true);
    expect(isNotice({ kind: 'html', maintenance: true }, 200)).toBe(true);
    expect(isNotice({ kind: 'html', maintenance: false }, 403)).toBe(false);
  });
});

describe('what never left', () => {
  it.each([
    ['contract.customerNo', 'contract', 'operator'],
    ['recipient.name', 'recipient-data', 'merchant'],
    ['goods.name', 'our-request', 'merchant'],
    ['a.contract.b', 'our-request', 'merchant'],
    ['a.recipient.b', 'our-request', 'merchant'],
  ] as const)('for %s is of the class %s', (field, group, mustAct) => {
    expect(refusedForField({ field, rule: 'too-long', fix: '줄여 주세요.' } as never)).toEqual({
      outcome: 'error',
      code: 'FIELD',
      message: `${field}: too-long`,
      refusal: { class: group, mustAct, retry: false, suspectKey: false, reason: '줄여 주세요.' },
    });
  });
  it('for what an operator typed says what to do', () => {
    expect(refusedForRegData('unsafe-character')).toEqual({
      outcome: 'error',
      code: 'FIELD',
      message: 'unsafe-character',
      refusal: {
        class: 'our-request',
        mustAct: 'operator',
        retry: false,
        suspectKey: false,
        reason: '우체국이 받지 못하는 글자(&, =)가 있거나 내용이 너무 깁니다. 입력한 값을 고쳐 주세요.',
      },
    });
  });
});

describe("a code outside of the operation's own table", () => {
  it.each<[Operation, string, string]>([
    ['GetOfficeInfo', 'ERR-139', 'system'],
    ['GetOfficeInfo', 'ERR-925', 'not-found'],
    ['GetCustNo', 'ERR-425', 'not-found'],
    ['GetApprNo', 'ERR-425', 'not-found'],
    ['GetResInfo', 'ERR-425', 'not-found'],
    ['GetResCancelCmd', 'ERR-425', 'not-found'],
    ['InsertOrder', 'ERR-425', 'unrecognised'],
    ['InsertOrder', 'ERR-415', 'unrecognised'],
    ['InsertOrder', 'ERR-426', 'already-there'],
    ['InsertOrder', 'ERR-416', 'unrecognised'],
    ['GetResInfo', 'ERR-415', 'unrecognised'],
    ['InsertOrder', 'ERR-299', 'contract'],
    ['InsertOrder', 'ERR-399', 'recipient-data'],
    ['InsertOrder', 'ERR-519', 'our-request'],
    ['InsertOrder', 'ERR-529', 'our-request'],
    ['InsertOrder', 'ERR-119', 'our-request'],
    ['InsertOrder', 'ERR-129', 'our-request'],
    ['InsertOrder', 'ERR-999', 'unrecognised'],
    ['InsertOrder', 'ERR-1234', 'unrecognised'],
    ['InsertOrder', 'XERR-123', 'unrecognised'],
    ['InsertOrder', 'ERR-12', 'unrecognised'],
  ])('of %s, %s, is read by its scheme: %s', (operation, code, group) => {
    expect(classifyRefusal(operation, code).class).toBe(group);
  });

  it('tells apart what is missing, what is wrong and a wrong key', () => {
    const reason = (code: string) => classifyRefusal('InsertOffice', code).reason;
    expect(reason('ERR-119')).toBe(reason('ERR-519'));
    expect(reason('ERR-129')).toBe(reason('ERR-529'));
    expect(reason('ERR-119')).not.toBe(reason('ERR-129'));
    expect(reason('ERR-113')).toBe(reason('ERR-119'));
    expect(reason('ERR-423')).not.toBe(reason('ERR-123'));
  });

  it.each<[Operation, string, boolean]>([
    ['InsertOrder', 'ERR-119', true],
    ['InsertOrder', 'ERR-129', false],
    ['InsertOrder', '1', false],
    ['InsertOrder', 'E-1', false],
    ['GetStoppedZipCd', 'ERR-119', false],
    ['trace', 'ERR-119', false],
  ])('of %s, %s, casts suspicion on the key: %s', (operation, code, suspectKey) => {
    expect(classifyRefusal(operation, code).suspectKey).toBe(suspectKey);
  });
});

describe('a page', () => {
  it.each(
    'html head body meta title script center h1 h6 div p'
      .split(' ')
      .map((tag) => `<${tag}>x</${tag}>`)
      .concat([
        '<!DOCTYPE html><x/>',
        '<!doctype  html>',
        '\uFEFF<html/>',
        '  <HTML lang="ko">',
        '<?xml version="1.0"?>\n<html/>',
        '<!-- a --><!-- b --> <html/>',
        '<?a?><!-- b --><html/>',
      ]),
  )('is one: %s', (body) => {
    expect(readReply(body)).toEqual({ kind: 'html', maintenance: false });
  });

  it.each([
    '<paper/>',
    '<h7/>',
    '<h/>',
    '<divs/>',
    '<x><html/></x>',
    `<x><![CDATA[<html>]]></x>`,
    '<htmlx/>',
  ])('is none: %s', (body) => {
    expect(readReply(body).kind).toBe('xml');
  });

  it('is looked for at the beginning only, and not behind what never ends', () => {
    expect(readReply(`<!-- ${'x'.repeat(5000)} --><html/>`)).toEqual({
      kind: 'xml',
      root: parseXml('<html/>'),
    });
    expect(readReply('<?never ends').kind).toBe('garbled');
    expect(readReply('<!-- never ends <html/>').kind).toBe('garbled');
  });

  it.each([
    '작업안내',
    '작업 안내',
    '시스템 점검',
    '서비스작업',
    '점검 안내',
    '점검 중',
    '일시 중단',
    '일시중지',
  ])('tells of works with %s', (words) => {
    expect(readReply(`<html><title>${words}</title></html>`)).toEqual({ kind: 'html', maintenance: true });
  });
  it.each(['작업', '점검', '안내', '시스템', '중단'])('does not with %s alone', (words) => {
    expect(readReply(`<html>${words}</html>`)).toEqual({ kind: 'html', maintenance: false });
  });
});

describe("ePost's own error", () => {
  const read = (body: string) => {
    const reply = readReply(body);
    return reply.kind === 'error' ? [reply.code, reply.message] : reply.kind;
  };

  it('is a code in capitals and a message, wherever it stands and whatever it is called', () => {
    expect(read(error('err-123'))).toEqual(['ERR-123', '뜻']);
    expect(read('<error_code>E_1</error_code>')).toBe('xml');
    expect(read('<a><error_code>E_1</error_code></a>')).toEqual(['E_1', '']);
    expect(read(error('E1', '<error_message>다른 이름</error_message>'))).toEqual(['E1', '다른 이름']);
    expect(read(error('E1', '<message>먼저</message><error_message>나중</error_message>'))).toEqual([
      'E1',
      '먼저',
    ]);
  });

  it('has a message of 300 characters at most', () => {
    expect(read(error('E1', `<message>${'가'.repeat(301)}</message>`))).toEqual(['E1', '가'.repeat(300)]);
  });

  it.each(['E 1', 'E1!', '가', 'E'.repeat(21)])('is garbled with the code %s', (code) => {
    expect(read(error(code))).toBe('garbled');
  });
  it('may be told twice, and not in two ways', () => {
    const twice = (one: string, other: string) => read(xml(error(one) + error(other)));
    expect(read(error('E'.repeat(20)))).toEqual(['E'.repeat(20), '뜻']);
    expect(twice('E1', 'E1')).toEqual(['E1', '뜻']);
    expect(twice('E1', 'E2')).toBe('garbled');
  });
});
