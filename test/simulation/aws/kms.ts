import { createHash } from 'node:crypto';
import { AwsError, NotModelled, onlyMembers } from './aws-error.ts';

/** KMS's symmetric keys. No secrecy, only the rules: what belongs to another key or context does not open. */
export interface FakeKms {
  call(operation: string, input: object): object;
}

interface Sealed {
  key: string;
  context: string;
  plaintext: string;
}
interface Input {
  KeyId?: string;
  KeySpec?: string;
  NumberOfBytes?: number;
  Plaintext?: string;
  CiphertextBlob?: string;
  EncryptionContext?: Record<string, string>;
}
const MEMBERS: Record<string, string[]> = {
  GenerateDataKey: ['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext'],
  Encrypt: ['KeyId', 'Plaintext', 'EncryptionContext'],
  Decrypt: ['KeyId', 'CiphertextBlob', 'EncryptionContext'],
};

/** `keys`: ARNs of the keys that are there. Bytes are base64, as on the wire. */
export const createKms = (keys: readonly string[], serial: () => string): FakeKms => {
  const known = (name: string): string => {
    const key = keys.find((arn) => arn === name || arn.endsWith(`/${name}`));
    if (key) return key;
    throw refusal('NotFoundException', `Key '${name}' does not exist`);
  };
  const sealed = (key: string, input: Input, plaintext: string) =>
    seal({ key, context: contextOf(input), plaintext });
  const OPERATIONS: Record<string, (input: Input) => object> = {
    GenerateDataKey: (input) => {
      const key = known(input.KeyId ?? '');
      const Plaintext = bytesFrom(serial(), sizeOf(input)).toString('base64');
      return { KeyId: key, Plaintext, CiphertextBlob: sealed(key, input, Plaintext) };
    },
    Encrypt: (input) => {
      const key = known(input.KeyId ?? '');
      return { KeyId: key, CiphertextBlob: sealed(key, input, input.Plaintext ?? '') };
    },
    Decrypt: (input) => {
      const found = unseal(input.CiphertextBlob ?? '');
      if (input.KeyId !== undefined && known(input.KeyId) !== found.key)
        throw refusal('IncorrectKeyException', 'The ciphertext was made with another key.');
      if (found.context !== contextOf(input)) throw refusal('InvalidCiphertextException', '');
      return { KeyId: known(found.key), Plaintext: found.plaintext };
    },
  };
  return {
    call: (operation, input) => {
      const work = OPERATIONS[operation];
      if (work === undefined) throw new NotModelled(`kms ${operation}`);
      onlyMembers(operation, input, MEMBERS[operation]!);
      return work(input);
    },
  };
};

const refusal = (name: string, message: string) => new AwsError({ name, message, status: 400 });

/** The order of the names means nothing. */
const contextOf = ({ EncryptionContext = {} }: Input): string =>
  JSON.stringify(Object.entries(EncryptionContext).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const sizeOf = ({ KeySpec, NumberOfBytes }: Input): number =>
  NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);

/** Bytes that are the same for the same serial, so that a run can be repeated. */
const bytesFrom = (text: string, size: number): Buffer =>
  createHash('shake256', { outputLength: size }).update(text).digest();

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

const seal = (content: Sealed): string => {
  const text = JSON.stringify(content);
  return Buffer.from(JSON.stringify({ text, digest: digest(text) })).toString('base64');
};

const unseal = (blob: string): Sealed => {
  try {
    const read = JSON.parse(Buffer.from(blob, 'base64').toString()) as { text: string; digest: string };
    if (digest(read.text) === read.digest) return JSON.parse(read.text) as Sealed;
  } catch {
    // No ciphertext of ours.
  }
  throw refusal('InvalidCiphertextException', '');
};
