import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSeal, kmsKeyring } from '../../functions/merchant/seal.client.ts';

const KEY = 'arn:aws:kms:ap-northeast-2:000000000000:key/11111111-2222-3333-4444-555555555555';

interface Call {
  EncryptionContext: Record<string, string>;
  KeyId: string;
  NumberOfBytes: number;
  CiphertextBlob: string;
}
const asked: { operation: string; context: Record<string, string> }[] = [];
const master = randomBytes(32);
/** KMS binds a data key to its context by authenticating it. */
const bound = (context: Record<string, string>) =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))));

const kms = (operation: string, call: Call) => {
  const context = call.EncryptionContext;
  asked.push({ operation, context });
  if (operation === 'GenerateDataKey') {
    const plain = randomBytes(call.NumberOfBytes);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', master, iv).setAAD(bound(context));
    const blob = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return { KeyId: KEY, Plaintext: plain.toString('base64'), CiphertextBlob: blob.toString('base64') };
  }
  const blob = Buffer.from(call.CiphertextBlob, 'base64');
  const open = createDecipheriv('aes-256-gcm', master, blob.subarray(0, 12)).setAAD(bound(context));
  open.setAuthTag(blob.subarray(-16));
  const plain = Buffer.concat([open.update(blob.subarray(12, -16)), open.final()]);
  return { KeyId: KEY, Plaintext: plain.toString('base64') };
};

let server: Server;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(kms(operation, JSON.parse(Buffer.concat(chunks).toString()) as Call)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

describe('the deployed keyring', () => {
  it('asks KMS for a data key with the merchant as context, and never tells it the password', async () => {
    const { seal, unseal } = createSeal(kmsKeyring(KEY));
    const sealed = await seal('sodam/seller-1', 'canary');
    expect(asked).toEqual([
      {
        operation: 'GenerateDataKey',
        context: expect.objectContaining({ merchant: 'sodam/seller-1', field: 'epost-password' }),
      },
    ]);
    expect(JSON.stringify(asked)).not.toContain('canary');
    expect(await unseal('sodam/seller-1', sealed)).toBe('canary');
    expect(asked.at(-1)).toMatchObject({ operation: 'Decrypt', context: { merchant: 'sodam/seller-1' } });
    await expect(unseal('sodam', sealed)).rejects.toThrow(/another merchant/);
  });
});
