import { describe, expect, it } from 'vitest';
import { startThings, RENAME } from './support/things.ts';

const console = startThings();

describe('every answer', () => {
  it('carries the headers that protect it', async () => {
    const { cookie, fields } = await console.opened();
    const { css } = console.parts.assets.paths;
    const answers = await Promise.all([
      console.get('/things/7', cookie),
      console.get('/things/7'),
      console.get('/api/things/7', cookie),
      console.get('/api/things/7'),
      console.get('/things/7?format=csv', cookie),
      console.get('/nowhere', cookie),
      console.get('/healthz'),
      console.get(css),
      console.get('/assets/none.css'),
      console.get('/auth/sign-in'),
      console.get('/auth/callback?error=access_denied'),
      console.get('/auth/signed-out'),
      console.post(RENAME, { ...fields, name: '' }, cookie),
      console.post(RENAME, fields, cookie, { origin: 'https://evil.example' }),
      console.post(RENAME, fields),
      console.post('/auth/sign-out', fields, cookie),
    ]);
    for (const answer of answers) {
      const { headers } = answer;
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("form-action 'self' https://issuer.example");
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('*');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=63072000/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
    const kept = answers.filter(({ headers }) => headers.get('cache-control') !== 'no-store');
    expect(kept.map(({ headers }) => headers.get('cache-control'))).toEqual([
      'public, max-age=31536000, immutable',
    ]);
  });

  it('has nothing a strict policy would stop', async () => {
    const { cookie, fields } = await console.opened();
    const pages = [
      await console.get('/things/7', cookie),
      await console.get('/nowhere', cookie),
      await console.get('/auth/signed-out'),
      await console.post(RENAME, { ...fields, name: '' }, cookie),
      await console.post(RENAME, fields),
    ];
    for (const page of pages) {
      const html = await page.text();
      expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/i);
      expect(html.match(/<script[^>]*>[^<]/g)).toBeNull();
      for (const [, from] of html.matchAll(/(?:src|href)="([^"]*)"/g))
        expect(from).toMatch(/^(\/(?!\/)|#|data:,)/);
    }
  });

  it('is small on the way when the browser can unpack it', async () => {
    const { cookie } = await console.opened();
    const answer = await console.get('/things/7', cookie, { 'accept-encoding': 'gzip, br' });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { gunzipSync } = await import('node:zlib');
    expect(gunzipSync(bytes).toString()).toContain('담은공방');
  });
});
