import { REGION } from './template.ts';
import type { Identity } from './template.ts';

/** The issuer that signs operators in on this machine, in the place of the template's user pool. */
export interface DevelopmentIssuer {
  /** `iss` of its tokens, without a slash at the end. */
  url: string;
  /** The one client it knows. */
  clientId: string;
}

const POOL = `${REGION}_local`;
/** Under these names the template speaks of its user pool and of its sign-in pages. */
const PROVIDER = `cognito-idp.${REGION}.amazonaws.com/${POOL}`;
const domainHost = (domain: string) => `${domain}.auth.${REGION}.amazoncognito.com`;

/**
 * `Ref` and `Fn::GetAtt` of the pool, its client, its domain and its groups. With an issuer the pool's address is the
 * issuer's; without one it stays Cognito's, and nobody can sign in.
 */
export function userPoolIdentity(
  type: string,
  id: string,
  properties: Record<string, unknown>,
  issuer: DevelopmentIssuer | undefined,
): Identity {
  switch (type) {
    case 'AWS::Cognito::UserPool': {
      const arn = `arn:aws:cognito-idp:${REGION}:000000000000:userpool/${POOL}`;
      const url = issuer?.url ?? `https://${PROVIDER}`;
      return {
        ref: POOL,
        attributes: { Arn: arn, ProviderName: PROVIDER, ProviderURL: url, UserPoolId: POOL },
      };
    }
    case 'AWS::Cognito::UserPoolClient': {
      const client = issuer?.clientId ?? id;
      return { ref: client, attributes: { ClientId: client, Name: id } };
    }
    case 'AWS::Cognito::UserPoolDomain':
      return { ref: String(properties.Domain ?? id), attributes: {} };
    default:
      return { ref: String(properties.GroupName ?? id), attributes: {} };
  }
}

/** A function's variables with the addresses that the template composes of the pool's names turned to the issuer. */
export function turnedToIssuer(
  environment: Record<string, string>,
  domains: readonly string[],
  issuer: DevelopmentIssuer | undefined,
): Record<string, string> {
  if (issuer === undefined) return environment;
  const origins = [PROVIDER, ...domains.map(domainHost)].map((host) => `https://${host}`);
  const turned = (value: string) =>
    origins.reduce(
      (text, origin) => (text.startsWith(origin) ? issuer.url + text.slice(origin.length) : text),
      value,
    );
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, turned(String(value))]),
  );
}
