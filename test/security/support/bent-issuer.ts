/** An OpenID Connect issuer whose id tokens can be bent in every way; PKCE and one use per code are real. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';

export interface IdToken {
  /** undefined leaves a claim out */
  claims: Record<string, unknown>;
  header: { alg: string; kid?: string };
  key: 'right' | 'another' | 'public-as-secret' | 'none';
}
/** What is handed out instead of a right id token. */
export interface Bend {
  token?: (token: IdToken) => IdToken;
  /** of the compact form; undefined: none is sent */
  text?: (compact: string) => string | undefined;
}
export interface BentIssuer {
  url: string;
  /** A code for what the authorize address asked. */
  code(authorize: URL, bend?: Bend): string;
  stop(): Promise<void>;
}

export const CLIENT = 'console';

export const startBentIssuer = async (): Promise<BentIssuer> => {
  const right = await generateKeyPair('RS256');
  const another = await generateKeyPair('RS256');
  const publicText = Buffer.from(await exportSPKI(right.publicKey));
  const jwk = { ...(await exportJWK(right.publicKey)), kid: 'right', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, { challenge: string; nonce: string; bend: Bend }>();
  let url = '';

  const compact = ({ claims, header, key }: IdToken): Promise<string> | string => {
    if (key === 'none') return new UnsecuredJWT(claims as JWTPayload).encode();
    const signing = new SignJWT(claims as JWTPayload).setProtectedHeader(header);
    if (key === 'public-as-secret') return signing.sign(publicText);
    return signing.sign((key === 'right' ? right : another).privateKey);
  };
  const exchange = async (form: URLSearchParams): Promise<object | undefined> => {
    const found = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const sent = createHash('sha256').update(form.get('code_verifier') ?? '');
    if (found === undefined || sent.digest('base64url') !== found.challenge) return undefined;
    const now = Math.floor(Date.now() / 1000);
    const token: IdToken = {
      claims: {
        iss: url,
        aud: CLIENT,
        sub: 'sub-1',
        name: '김운영',
        nonce: found.nonce,
        iat: now,
        exp: now + 300,
        'cognito:groups': ['심사'],
      },
      header: { alg: 'RS256', kid: 'right' },
      key: 'right',
    };
    const { bend } = found;
    const whole = await compact(bend.token?.(token) ?? token);
    const id_token = bend.text ? bend.text(whole) : whole;
    return { token_type: 'Bearer', access_token: 'opaque', expires_in: 300, ...(id_token && { id_token }) };
  };

  const server = createServer(async (request, response) => {
    const tell = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration') return tell(200, discovery(url));
    if (request.url === '/jwks') return tell(200, { keys: [jwk] });
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const answer = await exchange(new URLSearchParams(body));
    return answer === undefined ? tell(400, { error: 'invalid_grant' }) : tell(200, answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    code: ({ searchParams }, bend = {}) => {
      const code = randomBytes(16).toString('base64url');
      const asked = (name: string) => searchParams.get(name) ?? '';
      codes.set(code, { challenge: asked('code_challenge'), nonce: asked('nonce'), bend });
      return code;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

const discovery = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
});
