import { describe, expect, it } from 'vitest';
import { ROLE_LABELS } from '../../functions/admin/role.ts';
import { nameOf, resources, templateWith } from './template.ts';

const pool = resources('AWS::Cognito::UserPool')[0]![1].Properties;
const client = (settings = {}) =>
  resources('AWS::Cognito::UserPoolClient', templateWith(settings))[0]![1].Properties;
const environment = (settings = {}) =>
  resources('AWS::Lambda::Function', templateWith(settings)).find(([id]) => id.startsWith('AdminConsole'))![1]
    .Properties['Environment'].Variables;

describe('operators', () => {
  it('are made by an administrator, with a second factor that is an app', () => {
    expect(pool['AdminCreateUserConfig']['AllowAdminCreateUserOnly']).toBe(true);
    expect(pool).toMatchObject({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
  });

  it('have passwords of at least 12 letters of every kind', () => {
    expect(pool['Policies']['PasswordPolicy']).toEqual({
      MinimumLength: 12,
      RequireLowercase: true,
      RequireUppercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      PasswordHistorySize: 5,
      TemporaryPasswordValidityDays: 3,
    });
  });

  it('are in the groups that the console knows', () => {
    const groups = resources('AWS::Cognito::UserPoolGroup').map(([, { Properties: p }]) => p['GroupName']);
    expect(groups.toSorted()).toEqual(Object.values(ROLE_LABELS).toSorted());
  });

  it('are not lost with the stack', () => {
    const [, { DeletionPolicy }] = resources('AWS::Cognito::UserPool')[0]!;
    expect([DeletionPolicy, pool['DeletionProtection']]).toEqual(['Retain', 'ACTIVE']);
  });
});

describe('the console as a client', () => {
  it('may use the code flow alone, asks for no more than who it is, and has no secret to lose', () => {
    expect(client()).toMatchObject({
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'profile'],
      GenerateSecret: false,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  it('is sent back to the address operators use, and nowhere before that is known', () => {
    expect(client({ consoleUrl: 'https://console.shop.example' })).toMatchObject({
      CallbackURLs: ['https://console.shop.example/auth/callback'],
      LogoutURLs: ['https://console.shop.example/auth/signed-out'],
    });
    expect(client()['CallbackURLs']).toEqual(['https://console.invalid/auth/callback']);
  });

  it('knows its issuer, itself and where to sign out, and reads one secret that nobody chose', () => {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_SECRET_ID, OIDC_LOGOUT_URL } = environment();
    expect(OIDC_ISSUER).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^AdminSignInOperators/), 'ProviderURL'],
    });
    expect(nameOf(OIDC_CLIENT_ID)).toBe('AdminSignInOperatorsConsole');
    expect(nameOf(OIDC_LOGOUT_URL)).toBe(
      'https://AdminSignInOperatorsDomain.auth.AWS::Region.amazoncognito.com/logout',
    );
    const [, secret] = resources('AWS::SecretsManager::Secret').find(([id]) => id === OIDC_SECRET_ID.Ref)!;
    expect(secret.Properties['SecretString']).toBeUndefined();
    expect(secret.Properties['GenerateSecretString']).toMatchObject({
      GenerateStringKey: 'cookieKey',
      PasswordLength: 48,
    });
  });

  it("signs in at the house's own issuer instead, and then there is no pool", () => {
    const own = { oidcIssuer: 'https://id.shop.example', oidcClientId: 'console' };
    expect(resources('AWS::Cognito::UserPool', templateWith(own))).toEqual([]);
    expect(environment(own)).toMatchObject({
      OIDC_ISSUER: 'https://id.shop.example',
      OIDC_CLIENT_ID: 'console',
      OIDC_LOGOUT_URL: '',
    });
  });
});
