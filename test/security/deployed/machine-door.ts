/** The shop platform's door: only what is signed comes in, and of that only what is asked for. */
import { describe, expect, it } from 'vitest';
import { accessKeyOf, LOCAL_SECRET } from '../../../local/cloud/edge/callers.ts';
import { aRequest } from '../../platform-api/door.ts';
import { type Signer, signatureOf } from '../support/signed-request.ts';
import type { Deployed } from './house.ts';

const PLATFORM: Signer = { accessKeyId: 'platform', secret: LOCAL_SECRET };
const MINUTE = 60_000;

interface Sent {
  method?: string;
  path?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Signs one thing and sends another where `sent` says so; `signer` null: not signed at all. */
export const tellApi = async (
  house: Deployed,
  asked: Sent,
  signer: Signer | null = PLATFORM,
  sent: Sent = {},
) => {
  const { method = 'PUT', path = '/applications/door-1', body } = asked;
  const base = house.apiUrl ?? '';
  const signed =
    signer === null
      ? {}
      : signatureOf({ method, url: new URL(path, base), ...(body !== undefined && { body }) }, signer);
  return fetch(new URL(sent.path ?? path, base), {
    method: sent.method ?? method,
    headers: { 'content-type': 'application/json', ...signed, ...asked.headers, ...sent.headers },
    ...((sent.body ?? body) !== undefined && { body: sent.body ?? body }),
  });
};

const body = JSON.stringify(aRequest({ shopId: 'door', businessNo: '0030000033' }));

export const theMachineDoor = (house: () => Deployed): void => {
  const refuses = async (answer: Response) => {
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('{"Message":"Forbidden"}');
    const read = await tellApi(house(), { method: 'GET' });
    expect(read.status).toBe(404);
  };

  describe('the machine door refuses, before any code of ours sees it, what', () => {
    it('is not signed', async () => refuses(await tellApi(house(), { body }, null)));

    it('is signed with another secret', async () =>
      refuses(await tellApi(house(), { body }, { ...PLATFORM, secret: 'guessed' })));

    it.each([-6 * MINUTE, 6 * MINUTE])('was signed %i ms from now', async (off) =>
      refuses(await tellApi(house(), { body }, { ...PLATFORM, at: Date.now() + off })),
    );

    it('had its body changed after signing', async () =>
      refuses(await tellApi(house(), { body }, PLATFORM, { body: body.replace('소담마켓', '남의마켓') })));

    it('had its method changed after signing', async () =>
      refuses(await tellApi(house(), { method: 'GET' }, PLATFORM, { method: 'DELETE' })));

    it('had its address changed after signing', async () =>
      await refuses(
        await tellApi(house(), { method: 'GET', path: '/applications/demo-2101' }, PLATFORM, {
          path: '/applications/demo-2102',
        }),
      ));

    it('had its date changed after signing', async () =>
      refuses(await tellApi(house(), { body }, PLATFORM, { headers: { 'x-amz-date': '20990101T000000Z' } })));

    it('is signed by a role that may not call it', async () => {
      const console = house().stack.functionNames.find((name) => name.includes('Console')) ?? '';
      expect(console).not.toBe('');
      await refuses(
        await tellApi(
          house(),
          { body },
          { ...PLATFORM, accessKeyId: accessKeyOf(console.split('-').at(-1) ?? '') },
        ),
      );
    });
  });

  describe('the machine door refuses, in its own words, what', () => {
    it.each<[string, number, Sent]>([
      ['has a key it does not know', 422, { body: JSON.stringify({ ...aRequest(), role: 'admin' }) }],
      [
        'would reach into objects',
        422,
        { body: `{"__proto__":{"status":"active"},${JSON.stringify(aRequest()).slice(1)}` },
      ],
      [
        'sets what only we decide',
        422,
        { body: JSON.stringify({ ...aRequest(), status: 'active', version: 9 }) },
      ],
      [
        'is larger than any application',
        413,
        { body: JSON.stringify({ ...aRequest(), companyName: 'x'.repeat(20_000) }) },
      ],
      ['is no JSON', 400, { body: '{"shopId":' }],
      ['is not even called JSON', 415, { body: 'shopId=1', headers: { 'content-type': 'text/plain' } }],
      ['climbs out of its path', 404, { method: 'GET', path: '/applications/%2e%2e/%2e%2e/openapi.yaml' }],
    ])('%s', async (_, status, asked) => {
      const answer = await tellApi(house(), asked);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect((await tellApi(house(), { method: 'GET' })).status).toBe(404);
    });
  });

  it('the machine door takes what is signed and whole', async () => {
    expect((await tellApi(house(), { body })).status).toBe(201);
  });
};
