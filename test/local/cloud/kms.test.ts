import { buildClient, CommitmentPolicy, KmsKeyringNode } from '@aws-crypto/client-node';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  KMS,
  ReEncryptCommand,
} from '@aws-sdk/client-kms';
import { type CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack } from '../../../local/cloud/stack.ts';
import type { LocalStack } from '../../../local/cloud/stack-options.ts';
import { addResource, synthesizeFixture } from './fixture/app.ts';
import { temporaryFolder } from './fixture/world.ts';

const folder = temporaryFolder();
const dataDir = `${folder.path}/data`;
const CONTEXT = { merchant: 'sodam', field: 'password' };
let assembly: string;
let stack: LocalStack;
let kms: KMS;
let otherId: string;

const start = async () => {
  stack = await startStack({ assembly, dataDir });
  kms = clientOf(stack);
};
const clientOf = ({ endpoints }: LocalStack) =>
  new KMS({
    endpoint: endpoints.edge,
    region: 'ap-northeast-2',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
const stop = async () => {
  kms.destroy();
  await stack.stop();
};

beforeAll(async () => {
  const change = (template: Stack) => {
    const other = new Key(template, 'Other');
    otherId = template.getLogicalId(other.node.defaultChild as CfnKey);
    new Key(template, 'Off', { alias: 'alias/off', enabled: false });
  };
  assembly = synthesizeFixture(`${folder.path}/assembly`, { change });
  await start();
});
afterAll(async () => {
  await stop();
  folder.remove();
});

const dataKey = (EncryptionContext = CONTEXT) =>
  kms.send(
    new GenerateDataKeyCommand({ KeyId: stack.outputs.KeyArn, KeySpec: 'AES_256', EncryptionContext }),
  );

describe('a key of the template', () => {
  it('hands out data keys that it opens again, whichever of its names is used', async () => {
    const made = await dataKey();
    expect(made.Plaintext).toHaveLength(32);
    expect(made.KeyId).toBe(stack.outputs.KeyArn);
    for (const KeyId of [stack.outputs.KeyArn, stack.outputs.KeyId, 'alias/fixture', undefined]) {
      const { CiphertextBlob } = made;
      const opened = await kms.send(
        new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT, ...(KeyId && { KeyId }) }),
      );
      expect(opened.Plaintext).toEqual(made.Plaintext);
    }
  });

  it('opens nothing for another context, and cares not for the order of its names', async () => {
    const { CiphertextBlob } = await dataKey();
    const open = (EncryptionContext: Record<string, string>) =>
      kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    await expect(open({ field: 'password', merchant: 'sodam' })).resolves.toBeDefined();
    for (const other of [{}, { ...CONTEXT, merchant: 'haneul' }, { ...CONTEXT, more: 'x' }])
      await expect(open(other)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('opens nothing that was tampered with, cut short or never its own', async () => {
    const { CiphertextBlob = new Uint8Array() } = await dataKey();
    const open = (bytes: Uint8Array) =>
      kms.send(new DecryptCommand({ CiphertextBlob: bytes, EncryptionContext: CONTEXT }));
    for (const at of [0, 5, 40, 52, 70, CiphertextBlob.length - 1]) {
      const changed = CiphertextBlob.map((byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(open(changed)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
    for (const bytes of [CiphertextBlob.slice(0, -1), CiphertextBlob.slice(0, 50), new Uint8Array(80)])
      await expect(open(bytes)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('encrypts small things, gives data keys unseen, and hands over to another key', async () => {
    const KeyId = stack.outputs.KeyArn;
    const Plaintext = Buffer.from('a small thing');
    const sealed = await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: CONTEXT }));
    const moved = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob: sealed.CiphertextBlob,
        SourceEncryptionContext: CONTEXT,
        DestinationKeyId: otherKey(),
      }),
    );
    expect([moved.SourceKeyId, moved.KeyId?.split('/').at(-1)]).toEqual([KeyId, otherKey()]);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob }));
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('a small thing');
    const unseen = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 24 }));
    expect(unseen).not.toHaveProperty('Plaintext');
    const { Plaintext: shown } = await kms.send(
      new DecryptCommand({ CiphertextBlob: unseen.CiphertextBlob }),
    );
    expect(shown).toHaveLength(24);
  });

  it('refuses as KMS does: no such key, one that is off, the wrong one, a size of both kinds', async () => {
    const make = (KeyId: string, more: object = { KeySpec: 'AES_256' }) =>
      kms.send(new GenerateDataKeyCommand({ KeyId, ...more }));
    await expect(make('alias/nobody')).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(make('alias/off')).rejects.toMatchObject({ name: 'DisabledException' });
    const both = { KeySpec: 'AES_256', NumberOfBytes: 32 };
    await expect(make('alias/fixture', both)).rejects.toMatchObject({ name: 'ValidationException' });
    const { CiphertextBlob } = await dataKey();
    const wrong = new DecryptCommand({ CiphertextBlob, EncryptionContext: CONTEXT, KeyId: otherKey() });
    await expect(kms.send(wrong)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/off' }));
    expect(KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
  });

  it('serves the AWS Encryption SDK, and opens after a restart what it sealed before', async () => {
    const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
    const keyring = () =>
      new KmsKeyringNode({ generatorKeyId: stack.outputs.KeyArn ?? '', clientProvider: () => kms as never });
    const { result } = await encrypt(keyring(), Buffer.from('비밀'), { encryptionContext: CONTEXT });
    await stop();
    await start();
    const { plaintext } = await decrypt(keyring(), result);
    expect(plaintext.toString('utf8')).toBe('비밀');
  });
});

describe('a key of another kind', () => {
  it('stops the start and is named', async () => {
    const strange = (template: Stack) => addResource(template, 'AWS::KMS::Key', { KeySpec: 'RSA_2048' });
    const other = synthesizeFixture(`${folder.path}/strange`, { change: strange });
    await expect(startStack({ assembly: other })).rejects.toThrow(/key Strange \(RSA_2048/);
  });
});

const otherKey = (): string => stack.physicalId(otherId);
