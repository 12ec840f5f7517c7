import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBusinessNo } from '../../functions/platform-api/application-request.ts';
import { aRequest, type Door, openDoor } from './door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.stop());

const site = (over: Record<string, unknown>) => ({ site: { ...aRequest().site, ...over } });
const contact = (mobile: string) => ({ contact: { name: '가나다', mobile } });

describe('a field that does not fit is named, with what to do', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['customerNo', { customerNo: '123456789' }, /10자리/],
    ['customerNo', { customerNo: '12345678901' }, /10자리/],
    ['customerNo', { customerNo: 1122334455 }, /문자열/],
    ['customerNo', { customerNo: '00112233-4' }, /하이픈/],
    ['approvalNo', { approvalNo: '10186８0001' }, /10자리/],
    ['approvalNo', { approvalNo: undefined }, /승인번호/],
    ['businessNo', { businessNo: '0010000019' }, /검증 숫자/],
    ['businessNo', { businessNo: '001-00-00018' }, /하이픈/],
    ['businessNo', { businessNo: '0000000000' }, /검증 숫자/],
    ['contact.mobile', contact('0212345678'), /010 휴대전화/],
    ['contact.mobile', contact('01112345678'), /010 휴대전화/],
    ['contact.mobile', contact('010-1234-5678'), /하이픈 없이/],
    ['contact.mobile', contact('+821012345678'), /010 휴대전화/],
    ['contact', { contact: undefined }, /담당자/],
    ['site.zip', site({ zip: '4524' }), /5자리/],
    ['site.tel', site({ tel: '0200000000' }), /하이픈을 넣어/],
    ['site.officeSer', site({ officeSer: '소담' }), /영문자와 숫자/],
    ['site.address1', site({ address1: 'A&B=C' }), /& 와 =/],
    ['site.address2', site({ address2: ' ' }), /상세주소/],
    ['site.name', site({ name: '가'.repeat(101) }), /100자/],
    ['companyName', { companyName: '줄\n바꿈' }, /상호/],
    ['domain', { domain: 'https://shop.example.com/' }, /http:\/\/ 없이/],
    ['epostPassword', { epostPassword: '' }, /비밀번호/],
    ['epostPassword', { epostPassword: 'x'.repeat(129) }, /비밀번호/],
    ['numbering', { numbering: 'both' }, /band/],
    ['revision', { revision: 0 }, /정수/],
    ['revision', { revision: 1.5 }, /정수/],
    ['shopId', { shopId: 'a/b' }, /쇼핑몰 ID/],
    ['sellerId', { sellerId: null }, /입점사/],
    ['extra', { extra: 1 }, /정해지지 않은/],
    ['site.fax', site({ fax: '1' }), /정해지지 않은/],
  ])('%s %j', async (field, over, fix) => {
    const { status, headers, json } = await door.put('A-1', aRequest(over));
    expect(status).toBe(422);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(json.errors?.map((error) => error.field)).toEqual([field]);
    expect(json.errors?.[0]?.fix).toMatch(fix);
    expect(await door.ports.applications.read('A-1')).toBeUndefined();
  });

  it('all at once, each once', async () => {
    const { json } = await door.put('A-1', aRequest({ customerNo: 'x', businessNo: 'y', ...contact('z') }));
    expect(json.errors?.map(({ field }) => field)).toEqual(['businessNo', 'customerNo', 'contact.mobile']);
    expect(json['detail']).toBe('고칠 항목이 3개 있습니다.');
  });

  it('and its value is not repeated', async () => {
    const { text } = await door.put(
      'A-1',
      aRequest({ customerNo: 'secret-value', numbering: 'secret-value' }),
    );
    expect(text).not.toContain('secret-value');
  });
});

describe('a request that is none', () => {
  it.each<[string, number, string, string, unknown, Record<string, string>?]>([
    ['broken JSON', 400, 'PUT', '/applications/A-1', '{"shopId":'],
    ['no body', 400, 'PUT', '/applications/A-1', undefined],
    ['a list', 422, 'PUT', '/applications/A-1', []],
    ['null', 422, 'PUT', '/applications/A-1', 'null'],
    ['a form', 415, 'PUT', '/applications/A-1', 'shopId=1', { 'content-type': 'text/plain' }],
    ['no content type', 415, 'PUT', '/applications/A-1', '{}', {}],
    ['17 KB', 413, 'PUT', '/applications/A-1', aRequest({ companyName: 'x'.repeat(17_000) })],
    ['16 KB of Hangul', 413, 'PUT', '/applications/A-1', aRequest({ companyName: '가'.repeat(5600) })],
    ['an id with a space', 422, 'PUT', '/applications/a%20b', aRequest()],
    ['an id too long', 422, 'GET', `/applications/${'x'.repeat(51)}`, undefined],
    ['another method', 405, 'POST', '/applications/A-1', {}],
    ['another path', 404, 'GET', '/applications', undefined],
    ['a path above', 404, 'GET', '/applications/../openapi.yaml', undefined],
    ['an unknown application', 404, 'GET', '/applications/A-404', undefined],
  ])('%s: %i', async (_, status, method, path, body, headers) => {
    const answer = await door.send(method, path, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ status, detail: expect.stringMatching(/[가-힣].*\.|주소/u) });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('whatever JSON comes, the answer is a problem that blames the request, never a failure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (text) => {
        const { status, json } = await door.put('A-1', text);
        expect([413, 422]).toContain(status);
        expect(json['code']).toBeDefined();
      }),
      { numRuns: 150 },
    );
  });

  it('whatever one field is replaced by, the answer is no failure', async () => {
    const fields = Object.keys(aRequest());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        const { status } = await door.put('A-fuzz', aRequest({ [field]: value }));
        expect([200, 201, 409, 422]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a business number', () => {
  it('has exactly one right last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (nine) => {
        const head = String(nine).padStart(9, '0');
        const right = Array.from({ length: 10 }, (_, digit) => `${head}${digit}`).filter(isBusinessNo);
        expect(right).toHaveLength(1);
      }),
    );
  });

  /** Worked by hand: 1·1+2·3+3·7+4·1+5·3+6·7+7·1+8·3+9·5+⌊45/10⌋ = 169, so 1. */
  it('is checked by the rule of the tax office', () => {
    expect(isBusinessNo('1234567891')).toBe(true);
    expect(isBusinessNo('1234567890')).toBe(false);
  });
});
