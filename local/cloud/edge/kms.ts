import { randomBytes } from 'node:crypto';
import { ACCOUNT } from '../template/template.ts';
import { jsonAnswer, jsonRefusal } from './answers.ts';
import type { EdgeAnswer } from './answers.ts';
import type { Need } from './iam-actions.ts';
import type { EncryptionContext, KeyDefinition, KmsKeys } from './kms-keys.ts';

/** The symmetric operations of KMS on the template's keys. Source: AWS KMS API reference. */
export interface Kms {
  answer(operation: string, body: Body): EdgeAnswer;
  /** What a request needs its caller to be allowed, on the keys it means. */
  needs(operation: string, body: Body): Need[];
}

type Body = Record<string, unknown>;
type Operation = (keys: KmsKeys, body: Body) => EdgeAnswer;

const MOST_PLAINTEXT = 4096;
const MOST_RANDOM = 1024;
const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/** KMS over these keys. */
export function createKms(keys: KmsKeys): Kms {
  return {
    answer: (operation, body) => {
      const work = OPERATIONS[operation];
      if (!work) return jsonRefusal('UnknownOperationException', `KMS ${operation} is not emulated here`);
      try {
        return work(keys, body);
      } catch (error) {
        if (error instanceof Refusal) return jsonRefusal(error.name, error.message);
        throw error;
      }
    },
    needs: (operation, body) => {
      const inCiphertext = () => keys.keyOf(bytes(body.CiphertextBlob))?.arn;
      const named = (name: unknown) => keys.find(String(name))?.arn ?? String(name);
      if (operation === 'ReEncrypt')
        return [
          { action: 'kms:ReEncryptFrom', resource: inCiphertext() ?? '*' },
          { action: 'kms:ReEncryptTo', resource: named(body.DestinationKeyId) },
        ];
      const resource = body.KeyId === undefined ? (inCiphertext() ?? '*') : named(body.KeyId);
      return [{ action: `kms:${operation}`, resource }];
    },
  };
}

/** An error type of KMS with its message. */
class Refusal extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

const OPERATIONS: Record<string, Operation> = {
  GenerateDataKey: (keys, body) => {
    const { KeyId, Plaintext, CiphertextBlob } = dataKey(keys, body);
    return jsonAnswer({ KeyId, Plaintext, CiphertextBlob });
  },
  GenerateDataKeyWithoutPlaintext: (keys, body) => {
    const { KeyId, CiphertextBlob } = dataKey(keys, body);
    return jsonAnswer({ KeyId, CiphertextBlob });
  },
  Encrypt: (keys, body) => {
    const key = usable(keys, body.KeyId);
    const plaintext = bytes(body.Plaintext);
    if (plaintext.length === 0 || plaintext.length > MOST_PLAINTEXT)
      throw new Refusal('ValidationException', `Plaintext must have 1 to ${MOST_PLAINTEXT} bytes.`);
    const sealed = keys.encrypt(key, plaintext, contextIn(body.EncryptionContext));
    return jsonAnswer({ KeyId: key.arn, CiphertextBlob: base64(sealed), EncryptionAlgorithm: SYMMETRIC });
  },
  Decrypt: (keys, body) => {
    const { key, plaintext } = opened(keys, body, body.KeyId, body.EncryptionContext);
    return jsonAnswer({ KeyId: key.arn, Plaintext: base64(plaintext), EncryptionAlgorithm: SYMMETRIC });
  },
  ReEncrypt: (keys, body) => {
    const source = opened(keys, body, body.SourceKeyId, body.SourceEncryptionContext);
    const key = usable(keys, body.DestinationKeyId);
    const sealed = keys.encrypt(key, source.plaintext, contextIn(body.DestinationEncryptionContext));
    return jsonAnswer({
      KeyId: key.arn,
      SourceKeyId: source.key.arn,
      CiphertextBlob: base64(sealed),
      SourceEncryptionAlgorithm: SYMMETRIC,
      DestinationEncryptionAlgorithm: SYMMETRIC,
    });
  },
  DescribeKey: (keys, { KeyId }) => jsonAnswer({ KeyMetadata: metadataOf(known(keys, KeyId)) }),
};

function dataKey(keys: KmsKeys, body: Body) {
  const key = usable(keys, body.KeyId);
  const plaintext = randomBytes(sizeOf(body));
  const sealed = keys.encrypt(key, plaintext, contextIn(body.EncryptionContext));
  return { KeyId: key.arn, Plaintext: base64(plaintext), CiphertextBlob: base64(sealed) };
}

/** Exactly one of `KeySpec` and `NumberOfBytes`. */
function sizeOf({ KeySpec, NumberOfBytes }: Body): number {
  if (KeySpec === 'AES_256' && NumberOfBytes === undefined) return 32;
  if (KeySpec === 'AES_128' && NumberOfBytes === undefined) return 16;
  const size = Number(NumberOfBytes);
  if (KeySpec === undefined && Number.isInteger(size) && size >= 1 && size <= MOST_RANDOM) return size;
  throw new Refusal('ValidationException', 'Specify either KeySpec (AES_256 or AES_128) or NumberOfBytes.');
}

function opened(keys: KmsKeys, body: Body, expected: unknown, context: unknown) {
  const ciphertext = bytes(body.CiphertextBlob);
  const key = keys.keyOf(ciphertext);
  if (expected !== undefined && key && known(keys, expected) !== key)
    throw new Refusal(
      'IncorrectKeyException',
      'The ciphertext was made with another key than the given KeyId.',
    );
  if (key) usable(keys, key.keyId);
  const plaintext = keys.decrypt(ciphertext, contextIn(context));
  if (!key || !plaintext)
    throw new Refusal('InvalidCiphertextException', 'The ciphertext cannot be decrypted.');
  return { key, plaintext };
}

function known(keys: KmsKeys, name: unknown): KeyDefinition {
  const key = keys.find(String(name));
  if (!key) throw new Refusal('NotFoundException', `Key '${String(name)}' does not exist`);
  return key;
}

function usable(keys: KmsKeys, name: unknown): KeyDefinition {
  const key = known(keys, name);
  if (!key.enabled) throw new Refusal('DisabledException', `${key.arn} is disabled.`);
  return key;
}

function contextIn(given: unknown): EncryptionContext {
  const context = (given ?? {}) as Record<string, unknown>;
  if (Object.values(context).every((value) => typeof value === 'string')) return context as EncryptionContext;
  throw new Refusal('ValidationException', 'EncryptionContext takes texts only.');
}

const bytes = (given: unknown): Buffer => Buffer.from(typeof given === 'string' ? given : '', 'base64');
const base64 = (data: Buffer): string => data.toString('base64');

const metadataOf = ({ keyId, arn, enabled, description }: KeyDefinition) => ({
  KeyId: keyId,
  Arn: arn,
  AWSAccountId: ACCOUNT,
  Enabled: enabled,
  KeyState: enabled ? 'Enabled' : 'Disabled',
  Description: description,
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeySpec: SYMMETRIC,
  CustomerMasterKeySpec: SYMMETRIC,
  EncryptionAlgorithms: [SYMMETRIC],
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  MultiRegion: false,
});
