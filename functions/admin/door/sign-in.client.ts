import { randomBytes } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { seal, unseal } from './sealed.ts';
import {
  JOURNEY_PURPOSE,
  type Journey,
  journeyCookie,
  journeyOf,
  type SignedIn,
  signedIn,
} from './sign-in.ts';
import type { SignInSecret } from './sign-in-secret.client.ts';

export interface SignInConfig {
  issuer: string;
  clientId: string;
  /** empty: what the issuer's discovery document says */
  logoutUrl?: string;
  readSecret: () => Promise<SignInSecret>;
}
export interface SignIn {
  /** Where to send the browser, and the cookie it keeps meanwhile. */
  begin(
    to: string,
    origin: string,
    now: number,
  ): Promise<{ location: string; cookie: { name: string; value: string } }>;
  /** What the issuer sent back. `cookie` reads one of the browser's cookies. */
  finish(
    params: URLSearchParams,
    cookie: (name: string) => string | undefined,
    origin: string,
    now: number,
  ): Promise<SignedIn>;
  /** Where the issuer ends its own session; undefined: it cannot. */
  goodbye(origin: string): Promise<string | undefined>;
}

export const CALLBACK_PATH = '/auth/callback';
export const SIGNED_OUT_PATH = '/auth/signed-out';
/** Seconds two clocks may differ. */
const CLOCK_TOLERANCE = 30;
const CALL_TIMEOUT_MS = 5_000;

/**
 * OIDC authorization code flow with PKCE, state and nonce; the id token's signature is verified, not only the channel
 * it came through. The issuer's document and keys are remembered by the sandbox.
 * @throws when the issuer cannot be reached
 */
export const createSignIn = ({ issuer, clientId, logoutUrl, readSecret }: SignInConfig): SignIn => {
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE };
  const insecure = new URL(issuer).protocol === 'http:';
  const options = () => ({
    [oauth.allowInsecureRequests]: insecure,
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  const keys: oauth.JWKSCacheInput = {};
  let known: oauth.AuthorizationServer | undefined;
  const server = async () => {
    if (known !== undefined) return known;
    const url = new URL(issuer);
    known = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options()));
    return known;
  };
  const exchange = async (journey: Journey, params: URLSearchParams, redirectUri: string) => {
    const as = await server();
    const checked = oauth.validateAuthResponse(as, client, params, journey.state);
    const { clientSecret } = await readSecret();
    const proof = clientSecret === undefined ? oauth.None() : oauth.ClientSecretBasic(clientSecret);
    const { verifier } = journey;
    const answer = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      proof,
      checked,
      redirectUri,
      verifier,
      options(),
    );
    const expected = { expectedNonce: journey.nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, expected);
    await oauth.validateApplicationLevelSignature(as, answer, { ...options(), [oauth.jwksCache]: keys });
    return oauth.getValidatedIdTokenClaims(tokens) ?? {};
  };
  return {
    begin: async (to, origin, begunAt) => {
      const journey: Journey = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        to,
        begunAt,
      };
      const { cookieKey } = await readSecret();
      const location = await authorizeUrl(await server(), clientId, `${origin}${CALLBACK_PATH}`, journey);
      const value = seal(cookieKey, JOURNEY_PURPOSE, JSON.stringify(journey), randomBytes(12));
      return { location, cookie: { name: journeyCookie(journey.state), value } };
    },
    finish: async (params, cookie, origin, now) => {
      const state = params.get('state') ?? '';
      const { cookieKey } = await readSecret();
      const sealed = cookie(journeyCookie(state));
      const journey = journeyOf(
        sealed === undefined ? undefined : unseal(cookieKey, JOURNEY_PURPOSE, sealed),
        state,
        now,
      );
      if (journey === undefined) return { outcome: 'expired' };
      if (params.get('error') === 'access_denied') return { outcome: 'cancelled' };
      try {
        return signedIn(await exchange(journey, params, `${origin}${CALLBACK_PATH}`), journey.to);
      } catch (error) {
        const why = refusalOf(error);
        if (why === undefined) throw error;
        return { outcome: 'refused', why };
      }
    },
    goodbye: async (origin) => {
      const end = logoutUrl || (await server()).end_session_endpoint;
      if (end === undefined) return undefined;
      const url = new URL(end);
      const back = `${origin}${SIGNED_OUT_PATH}`;
      // Cognito reads logout_uri, OpenID Connect RP-Initiated Logout the other.
      const answers = { client_id: clientId, logout_uri: back, post_logout_redirect_uri: back };
      for (const [name, value] of Object.entries(answers)) url.searchParams.set(name, value);
      return url.href;
    },
  };
};

const authorizeUrl = async (
  as: oauth.AuthorizationServer,
  clientId: string,
  redirectUri: string,
  { state, nonce, verifier }: Journey,
): Promise<string> => {
  if (as.authorization_endpoint === undefined) throw new Error('The issuer names no authorization endpoint');
  const url = new URL(as.authorization_endpoint);
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Cognito's managed pages
    lang: 'ko',
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
};

/** The code of a misfit in what the issuer sent; undefined for everything else, e.g. no answer at all. */
const refusalOf = (error: unknown): string | undefined => {
  const ours =
    error instanceof oauth.OperationProcessingError ||
    error instanceof oauth.UnsupportedOperationError ||
    error instanceof oauth.ResponseBodyError ||
    error instanceof oauth.AuthorizationResponseError ||
    error instanceof oauth.WWWAuthenticateChallengeError;
  return ours ? (error.code ?? error.name) : undefined;
};
