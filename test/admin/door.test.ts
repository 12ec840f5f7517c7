import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOurOwn, samePath } from '../../functions/admin/door/guard.ts';
import { seal, unseal } from '../../functions/admin/door/sealed.ts';
import { journeyOf } from '../../functions/admin/door/sign-in.ts';
import { allows, roleOf } from '../../functions/admin/role.ts';

const ORIGIN = 'https://console.example';

describe('a change', () => {
  it.each([
    [true, 'says so in both ways', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
    [true, 'comes from an old browser with its origin alone', { origin: ORIGIN }],
    [true, 'comes from a browser that keeps its origin to itself', { 'sec-fetch-site': 'same-origin' }],
    [false, 'comes from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [false, 'comes from a neighbour', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
    [false, 'was typed into the address bar', { 'sec-fetch-site': 'none' }],
    [false, 'hides where it comes from', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    [false, 'comes from the same name over plain http', { origin: 'http://console.example' }],
    [false, 'says nothing', {}],
  ])('is our own: %s, when it %s', (ours, _, headers) => {
    expect(isOurOwn(new Headers(headers as Record<string, string>), ORIGIN)).toBe(ours);
  });
});

describe('the way back after a sign-in', () => {
  it.each(['/', '/applications?tab=held', '/shipments/6899900123456', '/things/%ED%95%9C'])(
    'may be %s',
    (to) => {
      expect(samePath(to)).toBe(to);
    },
  );

  it.each([
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/a\\b',
    'javascript:alert(1)',
    '/auth/sign-out',
    '/a b',
    '/a\r\nset-cookie: x',
  ])('is never %s', (to) => {
    expect(samePath(to)).toBe('/');
  });

  it('never leaves the site', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (url, text) => {
        for (const to of [url, text, `/${text}`, `/${url}`])
          expect(new URL(samePath(to), ORIGIN).origin).toBe(ORIGIN);
      }),
    );
  });
});

describe('a sealed text', () => {
  const secret = 'a'.repeat(32);
  const iv = Buffer.alloc(12, 7);

  it('comes back whole, for its own purpose and under its own key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = seal(secret, 'p', text, iv);
        expect(unseal(secret, 'p', sealed)).toBe(Buffer.from(text, 'utf8').toString('utf8'));
        expect(unseal(secret, 'q', sealed)).toBeUndefined();
        expect(unseal('b'.repeat(32), 'p', sealed)).toBeUndefined();
      }),
    );
  });

  it('is refused when one bit of it changed or some of it is missing', () => {
    const sealed = Buffer.from(seal(secret, 'p', 'text', iv), 'base64url');
    for (let i = 0; i < sealed.length; i++) {
      const bent = Buffer.from(sealed);
      bent[i]! ^= 1;
      expect(unseal(secret, 'p', bent.toString('base64url'))).toBeUndefined();
      expect(unseal(secret, 'p', sealed.subarray(0, i).toString('base64url'))).toBeUndefined();
    }
  });
});

describe('a sign-in under way', () => {
  const journey = { state: 's', nonce: 'n', verifier: 'v', to: '/', begunAt: 1_000 };
  const text = JSON.stringify(journey);

  it('is taken up for ten minutes, by its own state', () => {
    expect(journeyOf(text, 's', 1_000 + 600_000)).toEqual(journey);
    expect(journeyOf(text, 's', 1_001 + 600_000)).toBeUndefined();
    expect(journeyOf(text, 's', 999)).toBeUndefined();
    expect(journeyOf(text, 't', 1_000)).toBeUndefined();
    expect(journeyOf(undefined, 's', 1_000)).toBeUndefined();
  });
});

describe('a role', () => {
  it('comes from the highest of our groups, and from nothing else', () => {
    expect(roleOf(['조회', '관리'])).toBe('manage');
    expect(roleOf(['심사', 'developers'])).toBe('review');
    expect(roleOf(['admin', 'manage', ''])).toBeUndefined();
  });

  it('holds the ones before it', () => {
    expect(allows('manage', 'review')).toBe(true);
    expect(allows('review', 'manage')).toBe(false);
    expect(allows('view', 'view')).toBe(true);
  });
});
