import { AwsError, NotModelled, onlyMembers } from './aws-error.ts';

/** Secrets Manager, by name or ARN as given. */
export interface FakeSecrets {
  call(operation: string, input: object): object;
  /** A rotation: the next reader gets this. */
  set(secretId: string, value: string): void;
}

export const createSecrets = (initial: Record<string, string>): FakeSecrets => {
  const secrets = new Map(Object.entries(initial));
  return {
    set: (secretId, value) => void secrets.set(secretId, value),
    call: (operation, input) => {
      if (operation !== 'GetSecretValue') throw new NotModelled(`secretsmanager ${operation}`);
      onlyMembers(operation, input, ['SecretId']);
      const { SecretId } = input as { SecretId: string };
      const SecretString = secrets.get(SecretId);
      if (SecretString !== undefined) return { ARN: SecretId, Name: SecretId, SecretString };
      const message = "Secrets Manager can't find the specified secret.";
      throw new AwsError({ name: 'ResourceNotFoundException', message, status: 400 });
    },
  };
};
