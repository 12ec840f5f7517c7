/** A sign-in under way: what the browser keeps, sealed, between leaving for the issuer and coming back. */
import { type Role, roleOf } from '../role.ts';

export interface Journey {
  state: string;
  nonce: string;
  verifier: string;
  /** where the operator wanted to go */
  to: string;
  begunAt: number;
}
export const JOURNEY_MS = 10 * 60_000;
export const JOURNEY_PURPOSE = 'sign-in';

/** One cookie per sign-in, so that two windows do not spoil each other's. */
export const journeyCookie = (state: string): string => `sign-in-${state.slice(0, 8)}`;

/** undefined: older than ten minutes, or of another sign-in. */
export const journeyOf = (text: string | undefined, state: string, now: number): Journey | undefined => {
  if (text === undefined) return undefined;
  const journey = JSON.parse(text) as Journey;
  const age = now - journey.begunAt;
  return journey.state === state && age >= 0 && age <= JOURNEY_MS ? journey : undefined;
};

export type SignedIn =
  | { outcome: 'signed-in'; operator: { id: string; name: string; role: Role }; to: string }
  | { outcome: 'no-role'; name: string }
  | { outcome: 'cancelled' }
  | { outcome: 'expired' }
  /** the issuer's answer is not what it must be; `why` is a code for the log */
  | { outcome: 'refused'; why: string };

/** Who the claims of a verified id token say it is. */
export const signedIn = (claims: Readonly<Record<string, unknown>>, to: string): SignedIn => {
  const id = text(claims['sub']);
  if (id === undefined) return { outcome: 'refused', why: 'no-subject' };
  const name = text(claims['name']) ?? text(claims['cognito:username']) ?? id;
  const role = roleOf(groupsOf(claims));
  return role === undefined
    ? { outcome: 'no-role', name }
    : { outcome: 'signed-in', operator: { id, name, role }, to };
};

const text = (claim: unknown): string | undefined =>
  typeof claim === 'string' && claim.trim() !== '' ? claim.trim().slice(0, 60) : undefined;
const groupsOf = (claims: Readonly<Record<string, unknown>>): string[] => {
  const groups = claims['cognito:groups'];
  return Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [];
};
