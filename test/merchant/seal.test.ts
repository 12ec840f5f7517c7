import {
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier as Suite,
} from '@aws-crypto/client-node';
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
const { encrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
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

  it('moved to another field of its merchant stays shut', async () => {
    const encryptionContext = { merchant: 'sodam', field: 'another' };
    const { result } = await encrypt(keyring(1), PASSWORD, { encryptionContext });
    await expect(unseal('sodam', result.toString('base64'))).rejects.toThrow(/another merchant or field/);
  });

  it('without a context stays shut', async () => {
    const { result } = await encrypt(keyring(1), PASSWORD);
    await expect(unseal('sodam', result.toString('base64'))).rejects.toThrow(/another merchant or field/);
  });

  it('with any one byte changed, at any place, or cut short there, stays shut', async () => {
    const sealed = Buffer.from(await seal('sodam', PASSWORD), 'base64');
    const opened: number[] = [];
    for (let at = 0; at < sealed.length; at++) {
      const tampered = Buffer.from(sealed);
      tampered[at] = tampered[at]! ^ (1 << (at % 8));
      for (const bytes of [tampered, sealed.subarray(0, at)])
        await unseal('sodam', bytes.toString('base64')).then(
          () => opened.push(at),
          (error: Error) => expect(error.message).not.toContain(PASSWORD),
        );
    }
    expect(opened).toEqual([]);
  });
});
