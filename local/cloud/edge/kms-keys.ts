import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A key of the template: what it is called and whether it may be used. */
export interface KeyDefinition {
  keyId: string;
  arn: string;
  enabled: boolean;
  description: string;
  /** `alias/…`, those of the template that point to it */
  aliases: string[];
}

/** Names and values that a ciphertext is bound to. */
export type EncryptionContext = Record<string, string>;

/** The keys of a stack. Their material never leaves this file. */
export interface KmsKeys {
  /** By id, ARN, alias or alias ARN. */
  find(name: string): KeyDefinition | undefined;
  encrypt(key: KeyDefinition, plaintext: Buffer, context: EncryptionContext): Buffer;
  /** The key a ciphertext was made with; undefined where it is none of ours. */
  keyOf(ciphertext: Buffer): KeyDefinition | undefined;
  /** Undefined where the ciphertext was tampered with or belongs to another context. */
  decrypt(ciphertext: Buffer, context: EncryptionContext): Buffer | undefined;
}

const ALGORITHM = 'aes-256-gcm';
const FORMAT = 1;
const KEY_BYTES = 32;
const ID_BYTES = 36;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + ID_BYTES + IV_BYTES + TAG_BYTES;

/**
 * Opens the keys of a template. With `dataDir` their material is kept there and the same at every start, or what was
 * encrypted yesterday would be noise today; without it they live as long as this process.
 */
export function openKeys(definitions: readonly KeyDefinition[], dataDir?: string): KmsKeys {
  const material = new Map(definitions.map(({ keyId }) => [keyId, materialOf(keyId, dataDir)]));
  const find = (name: string) =>
    definitions.find(
      ({ keyId, arn, aliases }) =>
        name === keyId ||
        name === arn ||
        aliases.includes(name.replace(/^arn:aws:kms:[^:]*:\d*:(?=alias\/)/, '')),
    );
  const keyOf = (ciphertext: Buffer) =>
    ciphertext.length >= HEAD_BYTES && ciphertext[0] === FORMAT
      ? find(ciphertext.toString('latin1', 1, 1 + ID_BYTES))
      : undefined;
  return {
    find,
    keyOf,
    encrypt: ({ keyId }, plaintext, context) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, material.get(keyId)!, iv);
      cipher.setAAD(aadOf(context));
      const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return Buffer.concat([
        Buffer.from([FORMAT]),
        Buffer.from(keyId, 'latin1'),
        iv,
        cipher.getAuthTag(),
        body,
      ]);
    },
    decrypt: (ciphertext, context) => {
      const key = keyOf(ciphertext);
      if (key === undefined) return undefined;
      const [iv, tag] = [ciphertext.subarray(1 + ID_BYTES), ciphertext.subarray(HEAD_BYTES - TAG_BYTES)];
      const decipher = createDecipheriv(ALGORITHM, material.get(key.keyId)!, iv.subarray(0, IV_BYTES));
      decipher.setAAD(aadOf(context)).setAuthTag(tag.subarray(0, TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(ciphertext.subarray(HEAD_BYTES)), decipher.final()]);
      } catch {
        return undefined; // GCM: the tag does not fit the bytes and the context.
      }
    },
  };
}

/** The order of the names means nothing, as in KMS. */
function aadOf(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs));
}

function materialOf(keyId: string, dataDir: string | undefined): Buffer {
  if (dataDir === undefined) return randomBytes(KEY_BYTES);
  const folder = join(dataDir, 'kms');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, keyId);
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  const kept = readFileSync(file);
  if (kept.length !== KEY_BYTES)
    throw new Error(`the key in ${file} is damaged: it has not ${KEY_BYTES} bytes`);
  return kept;
}
