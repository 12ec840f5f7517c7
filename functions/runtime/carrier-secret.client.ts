import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { Clock } from './clock.ts';

/** A rotated key is taken up within this time, without a call per carrier question. */
const CACHE_MS = 10 * 60_000;

const carrierSecret = z.object({
  /** ePost OpenAPI key */
  key: z.string(),
  /** its security key: the first 16 bytes are the SEED key */
  securityKey: z.string(),
  /** regkey of the contract customers' trace; may be empty when another source is used */
  traceKey: z._default(z.string(), ''),
  /** serviceKey of data.go.kr, encoded or decoded; may be empty */
  dataGoKrKey: z._default(z.string(), ''),
});
export type CarrierSecret = z.infer<typeof carrierSecret>;
export type ReadCarrierSecret = () => Promise<CarrierSecret>;

/**
 * Reads the carrier's keys from Secrets Manager, remembered for ten minutes.
 * @throws an Error naming the missing or malformed key, never its value
 */
export const createCarrierSecretReader = (
  client: SecretsManagerClient,
  secretId: string,
  clock: Clock,
): ReadCarrierSecret => {
  let known: { secret: CarrierSecret; until: number } | undefined;
  return async () => {
    if (known !== undefined && known.until > clock()) return known.secret;
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    known = { secret: parse(answer.SecretString ?? ''), until: clock() + CACHE_MS };
    return known.secret;
  };
};

const parse = (text: string): CarrierSecret => {
  const parsed = z.safeParse(carrierSecret, readJson(text));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole secret');
  throw new Error(`The carrier secret is not usable: ${names.join(', ')}`);
};

/** A parser's own message quotes its input, which here is a key. */
const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
