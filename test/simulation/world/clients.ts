/** The packages through which the product reaches AWS, with real clients whose requests the world answers. */
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as kms from '@aws-sdk/client-kms';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as crypto from '@aws-crypto/client-node';
import { createRequestHandler } from '../aws/request-handler.ts';
import type { AwsCall } from './call-site.ts';

export type Answer = (call: AwsCall) => Promise<unknown>;

/**
 * Real clients, built once and lent to one sandbox of a run after the other: building them takes longer than all their
 * calls. A sandbox makes its clients while it starts, so whoever starts is whom they are for.
 */
export interface ClientPool {
  packages: Record<string, unknown>;
  /** The clients made during `start` call `answer`. */
  during<T>(answer: Answer, start: () => T): T;
  /** A new run: everything lent is back. */
  reset(): void;
}

/** One try, nothing signed, nobody asked for credentials, no file looked into. */
const SETTINGS = {
  region: 'ap-northeast-2',
  endpoint: 'https://simulated.invalid',
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  maxAttempts: 1,
  retryMode: 'standard',
  defaultsMode: 'standard',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: 'simulated',
  signer: { sign: <T>(request: T) => Promise.resolve(request) },
} as const;

export const createClientPool = (): ClientPool => {
  let starting: Answer | undefined;
  const lent: { free: () => void }[] = [];
  /** A constructor that gives one of the pool. */
  const pooled = (Real: new (config: never) => object) => {
    const made: { client: object; holder: { answer: Answer } }[] = [];
    let taken = 0;
    lent.push({ free: () => (taken = 0) });
    const take = () => {
      if (starting === undefined) throw new Error('a client is made outside of a cold start');
      const known = made[taken++];
      if (known !== undefined) {
        known.holder.answer = starting;
        return known.client;
      }
      const holder = { answer: starting };
      const requestHandler = createRequestHandler((call) => holder.answer(call as AwsCall));
      const client = new Real({ ...SETTINGS, requestHandler } as never);
      made.push({ client, holder });
      return client;
    };
    return class {
      constructor() {
        return take();
      }
    };
  };
  const withPooled = <P extends object, N extends keyof P & string>(real: P, name: N): P => ({
    ...real,
    [name]: pooled(real[name] as never),
  });
  const Kms = pooled(kms.KMS);
  class KmsKeyring extends crypto.KmsKeyringNode {
    constructor(input: ConstructorParameters<typeof crypto.KmsKeyringNode>[0]) {
      const client = new Kms();
      super({ ...input, clientProvider: () => client as never });
    }
  }
  return {
    packages: {
      '@aws-sdk/client-dynamodb': withPooled(dynamodb, 'DynamoDBClient'),
      '@aws-sdk/client-eventbridge': withPooled(events, 'EventBridgeClient'),
      '@aws-sdk/client-secrets-manager': withPooled(secrets, 'SecretsManagerClient'),
      '@aws-sdk/client-sns': withPooled(sns, 'SNSClient'),
      '@aws-sdk/client-sqs': withPooled(sqs, 'SQSClient'),
      '@aws-crypto/client-node': { ...crypto, KmsKeyringNode: KmsKeyring },
    },
    during: (answer, start) => {
      starting = answer;
      try {
        return start();
      } finally {
        starting = undefined;
      }
    },
    reset: () => {
      for (const { free } of lent) free();
    },
  };
};
