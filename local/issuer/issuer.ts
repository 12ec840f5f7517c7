/**
 * An OpenID Connect issuer for one machine: no password, three people to choose from. The console signs in with it
 * exactly as with the real one (code, PKCE, state, nonce, signed id token); only its address differs.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { authorizePage, PEOPLE, signedOutPage } from './pages.ts';

export interface IssuerOptions {
  /** 0 or none: any free one */
  port?: number;
  clientId: string;
  /** epoch ms: the clock the console runs on */
  now: () => number;
}
export interface Issuer {
  /** `iss`, and where its documents are */
  url: string;
  stop(): Promise<void>;
}

/** What was asked for at the authorize page, kept under the code until it is exchanged. */
interface Grant {
  person: (typeof PEOPLE)[number];
  redirectUri: string;
  challenge: string;
  nonce: string | undefined;
  at: number;
}
interface Answer {
  status: number;
  type?: string;
  body?: string;
  location?: string;
}
const CODE_MS = 60_000;
const TOKEN_SECONDS = 300;
const KEY_ID = 'local';

/** Starts the issuer on 127.0.0.1, known as localhost. @throws when the port is taken */
export const startIssuer = async ({ port = 0, clientId, now }: IssuerOptions): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'RS256', use: 'sig' };
  const grants = new Map<string, Grant>();
  let url = '';

  const authorize = (query: URLSearchParams): Answer => {
    const problem = wrongRequest(query, clientId);
    if (problem !== undefined) return text(400, problem);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    const person = PEOPLE.find(({ id }) => id === query.get('person'));
    if (query.get('person') === 'nobody') back.searchParams.set('error', 'access_denied');
    else if (person === undefined) return html(authorizePage(query));
    else back.searchParams.set('code', grant(person, query));
    return { status: 302, location: back.href };
  };
  const grant = (person: Grant['person'], query: URLSearchParams): string => {
    const code = randomBytes(24).toString('base64url');
    grants.set(code, {
      person,
      redirectUri: query.get('redirect_uri') ?? '',
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? undefined,
      at: now(),
    });
    return code;
  };
  const token = async (form: URLSearchParams): Promise<Answer> => {
    const code = form.get('code') ?? '';
    const found = grants.get(code);
    grants.delete(code);
    if (!found || now() - found.at > CODE_MS || !fits(found, form, clientId))
      return json(400, { error: 'invalid_grant' });
    const { id, name, groups } = found.person;
    const issuedAt = Math.floor(now() / 1000);
    const idToken = await new SignJWT({ name, nonce: found.nonce, 'cognito:groups': [...groups] })
      .setProtectedHeader({ alg: 'RS256', kid: KEY_ID })
      .setIssuer(url)
      .setAudience(clientId)
      .setSubject(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_SECONDS)
      .sign(privateKey);
    const access = randomBytes(24).toString('base64url');
    return json(200, {
      token_type: 'Bearer',
      access_token: access,
      expires_in: TOKEN_SECONDS,
      id_token: idToken,
    });
  };
  const route = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    switch (`${request.method} ${pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return json(200, discovery(url));
      case 'GET /jwks':
        return json(200, { keys: [jwk] });
      case 'GET /authorize':
        return authorize(searchParams);
      case 'POST /token':
        return token(new URLSearchParams(await bodyOf(request)));
      case 'GET /logout':
        return loggedOut(searchParams);
      default:
        return text(404, 'not found');
    }
  };
  const server = createServer((request, response) => {
    route(request).then(
      (answer) => send(response, answer),
      () => send(response, text(500, 'failed')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, stop };
};

const discovery = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  end_session_endpoint: `${url}/logout`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
  code_challenge_methods_supported: ['S256'],
});

/** Only this machine may be returned to: codes go nowhere else. */
const isLocal = (uri: string | null): boolean =>
  ['localhost', '127.0.0.1'].includes(URL.parse(uri ?? '')?.hostname ?? '');

const wrongRequest = (query: URLSearchParams, clientId: string): string | undefined => {
  if (query.get('client_id') !== clientId) return 'unknown client_id';
  if (!isLocal(query.get('redirect_uri'))) return 'redirect_uri must be on this machine';
  if (query.get('response_type') !== 'code') return 'response_type must be code';
  if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
    return 'PKCE is required';
  return undefined;
};

const fits = (found: Grant, form: URLSearchParams, clientId: string): boolean =>
  form.get('grant_type') === 'authorization_code' &&
  (form.get('client_id') ?? clientId) === clientId &&
  form.get('redirect_uri') === found.redirectUri &&
  createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url') === found.challenge;

const loggedOut = (query: URLSearchParams): Answer => {
  const to = query.get('post_logout_redirect_uri') ?? query.get('logout_uri');
  return to !== null && isLocal(to) ? { status: 302, location: to } : html(signedOutPage());
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};
const text = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body });
const html = (body: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body });
const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const send = (response: ServerResponse, { status, type, body, location }: Answer): void => {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...(type && { 'content-type': type }),
    ...(location && { location }),
  });
  response.end(body);
};
