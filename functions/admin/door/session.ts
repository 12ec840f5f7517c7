/** A session: who signed in, until when. The browser holds 32 random bytes; the table holds only their hash. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Notice, Operator } from '../page.ts';
import type { Role } from '../role.ts';

export interface Session {
  /** SHA-256 of the cookie's value */
  sessionHash: string;
  operatorId: string;
  name: string;
  role: Role;
  /** what every form must give back */
  csrf: string;
  signedInAt: number;
  seenAt: number;
  /** shown once, by the next page */
  notice?: Notice;
}

/** How long a session lives. */
export interface Limits {
  /** without a request */
  idleMs: number;
  /** in all */
  absoluteMs: number;
}

/** When it ends if nothing more is asked. */
export const endOf = (
  { seenAt, signedInAt }: Pick<Session, 'seenAt' | 'signedInAt'>,
  { idleMs, absoluteMs }: Limits,
): number => Math.min(seenAt + idleMs, signedInAt + absoluteMs);

export const operatorOf = ({ operatorId, name, role }: Session): Operator => ({ id: operatorId, name, role });

/** What the table knows of a secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** 32 bytes as base64url; anything else is not worth a look into the table. */
export const isToken = (text: string | undefined): text is string =>
  text !== undefined && /^[A-Za-z0-9_-]{43}$/.test(text);

/**
 * The csrf token as a page carries it: another text every time, so that the compressed size of pages tells nothing of
 * it (BREACH). `pad` is as long as the token and fresh.
 */
export const maskToken = (token: string, pad: string): string => {
  const [secret, noise] = [Buffer.from(token, 'base64url'), Buffer.from(pad, 'base64url')];
  return Buffer.concat([noise, secret.map((byte, i) => byte ^ (noise[i] ?? 0))]).toString('base64url');
};

/** Whether a form gave back the token of this session. */
export const isTokenOf = (token: string, masked: string): boolean => {
  const [secret, sent] = [Buffer.from(token, 'base64url'), Buffer.from(masked, 'base64url')];
  if (sent.length !== 2 * secret.length) return false;
  const noise = sent.subarray(0, secret.length);
  return timingSafeEqual(
    sent.subarray(secret.length).map((byte, i) => byte ^ (noise[i] ?? 0)),
    secret,
  );
};
