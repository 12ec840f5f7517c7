import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createCarrierSecretReader } from '../../functions/runtime/carrier-secret.client.ts';

const holding = (...texts: string[]) => {
  const asked: string[] = [];
  const client = {
    send: async ({ input }: { input: { SecretId: string } }) => {
      asked.push(input.SecretId);
      return { SecretString: texts[Math.min(asked.length, texts.length) - 1] };
    },
  };
  return { client: client as unknown as SecretsManagerClient, asked };
};
const MINUTE = 60_000;

describe('the carrier secret', () => {
  it('is asked for once in ten minutes, and a rotated key is taken up then', async () => {
    let now = 0;
    const { client, asked } = holding('{"key":"a","securityKey":"b"}', '{"key":"c","securityKey":"d"}');
    const read = createCarrierSecretReader(client, 'epost/test', () => now);
    expect(await read()).toEqual({ key: 'a', securityKey: 'b', traceKey: '', dataGoKrKey: '' });
    now = 9 * MINUTE;
    expect((await read()).key).toBe('a');
    now = 10 * MINUTE;
    expect((await read()).key).toBe('c');
    expect(asked).toEqual(['epost/test', 'epost/test']);
  });

  it.each([
    ['is not JSON', 'hush-hush', 'the whole secret'],
    ['lacks a key', '{"key":"hush-hush"}', 'securityKey'],
    ['is empty', '', 'the whole secret'],
  ])('that %s is named without being shown', async (_, text, named) => {
    const read = createCarrierSecretReader(holding(text).client, 'epost/test', () => 0);
    const error = await read().catch((thrown: Error) => thrown);
    expect(String(error)).toContain(named);
    expect(String(error)).not.toContain('hush-hush');
  });
});
