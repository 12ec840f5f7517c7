import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { Clock } from '../../runtime/clock.ts';

const CACHE_MS = 10 * 60_000;

const signInSecret = z.object({
  /** seals the cookie of a sign-in under way */
  cookieKey: z.string().check(z.minLength(32)),
  /** where the issuer gave the client one; PKCE protects the code either way */
  clientSecret: z.optional(z.string()),
});
export type SignInSecret = z.infer<typeof signInSecret>;

/**
 * Reads the secret of the sign-in, remembered for ten minutes.
 * @throws an Error naming what is missing, never its value
 */
export const createSignInSecretReader = (
  client: SecretsManagerClient,
  SecretId: string,
  clock: Clock,
): (() => Promise<SignInSecret>) => {
  let known: { secret: SignInSecret; until: number } | undefined;
  return async () => {
    if (known !== undefined && known.until > clock()) return known.secret;
    const answer = await client.send(new GetSecretValueCommand({ SecretId }));
    known = { secret: parse(answer.SecretString ?? ''), until: clock() + CACHE_MS };
    return known.secret;
  };
};

const parse = (text: string): SignInSecret => {
  const parsed = z.safeParse(signInSecret, readJson(text));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole secret');
  throw new Error(`The sign-in secret is not usable: ${names.join(', ')}`);
};

/** A parser's own message quotes its input, which here is a secret. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
