import { buildClient, CommitmentPolicy, type KeyringNode, KmsKeyringNode } from '@aws-crypto/client-node';

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);

export interface Seal {
  /** Base64 of the AWS Encryption SDK message. Sealed twice: two different texts. */
  seal(contractId: string, password: string): Promise<string>;
  /**
   * The password, for this merchant only.
   * @throws when the bytes were tampered with, belong to another merchant or field, or the key refuses
   */
  unseal(contractId: string, sealed: string): Promise<string>;
}

/** The context both binds the ciphertext to its merchant and stands in the key's own log: no secret in it. */
const contextOf = (contractId: string) => ({ merchant: contractId, field: 'epost-password' });

/** Envelope encryption of ePost passwords: a data key per password under one customer key (P18). */
export const createSeal = (keyring: KeyringNode): Seal => ({
  seal: async (contractId, password) => {
    const { result } = await encrypt(keyring, Buffer.from(password, 'utf8'), {
      encryptionContext: contextOf(contractId),
    });
    return result.toString('base64');
  },
  unseal: async (contractId, sealed) => {
    const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(sealed, 'base64'));
    const foreign = Object.entries(contextOf(contractId)).some(
      ([name, value]) => messageHeader.encryptionContext[name] !== value,
    );
    if (foreign) throw new Error('The sealed password belongs to another merchant or field');
    return plaintext.toString('utf8');
  },
});

/** The keyring of the deployed functions: data keys from KMS. */
export const kmsKeyring = (keyId: string): KeyringNode => new KmsKeyringNode({ generatorKeyId: keyId });
