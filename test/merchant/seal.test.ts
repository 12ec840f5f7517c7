import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier as Suite } from '@aws-crypto/client-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeal } from '../../functions/merchant/seal.client.ts';

/** The same library and code over a key held here instead of in KMS. */
const keyring = (byte: number) =>
  new RawAesKeyringNode({
    keyNamespace: 'test',
    keyName: 'passwords',
    unencryptedMasterKey: new Uint8Array(32).fill(byte),
    wrappingSuite: Suite.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
const { seal, unseal } = createSeal(keyring(1));
const PASSWORD = 'canary-비밀번호-1';

describe('a sealed password', () => {
  it('opens for its merchant', async () => {
    expect(await unseal('sodam', await seal('sodam', PASSWORD))).toBe(PASSWORD);
  });

  it('shows nothing of itself, and never looks the same twice', async () => {
    const [one, two] = [await seal('sodam', PASSWORD), await seal('sodam', PASSWORD)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64').toString('utf8')).not.toContain('canary');
  });

  it('moved to another merchant stays shut', async () => {
    await expect(unseal('sodam/seller-1', await seal('sodam', PASSWORD))).rejects.toThrow(/another merchant/);
  });

  it('stays shut without the key', async () => {
    const stranger = createSeal(keyring(2));
    await expect(stranger.unseal('sodam', await seal('sodam', PASSWORD))).rejects.toBeInstanceOf(Error);
  });

  it('with any one byte changed, or cut short, stays shut', async () => {
    const sealed = Buffer.from(await seal('sodam', PASSWORD), 'base64');
    const changes = fc.tuple(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(changes, async ([at, xor]) => {
        const tampered = Buffer.from(sealed);
        tampered[at] = tampered[at]! ^ xor;
        await expect(unseal('sodam', tampered.toString('base64'))).rejects.toBeInstanceOf(Error);
        await expect(unseal('sodam', sealed.subarray(0, at).toString('base64'))).rejects.toBeInstanceOf(
          Error,
        );
      }),
      { numRuns: 150 },
    );
  });
});
