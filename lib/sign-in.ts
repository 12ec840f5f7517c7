import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { lend, type Loan } from './parts/loan.ts';
import type { Settings } from './settings.ts';

/** How operators sign in: a user pool of our own, or the house's issuer (context `oidcIssuer`). */
export class SignIn extends Construct {
  /** Seals sign-ins under way. Generated: nobody needs to know it, and a new one only ends those. */
  readonly secret: Secret;
  readonly variables: Readonly<Record<IssuerVariable, string>>;
  readonly pool: cognito.UserPool | undefined;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description:
        'JSON {"cookieKey","clientSecret"}: the second is put by the operator where an issuer gave one',
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'cookieKey',
        passwordLength: 48,
        excludePunctuation: true,
      },
    });
    const { oidcIssuer, oidcClientId, oidcLogoutUrl = '' } = settings;
    if (oidcIssuer !== undefined && oidcClientId !== undefined) {
      this.variables = {
        OIDC_ISSUER: oidcIssuer,
        OIDC_CLIENT_ID: oidcClientId,
        OIDC_LOGOUT_URL: oidcLogoutUrl,
      };
      return;
    }
    this.pool = operatorPool(this);
    const client = consoleClient(this.pool, settings);
    const domain = this.pool.addDomain('Domain', {
      // Unique in the world, as it has to be, and known before a deploy.
      cognitoDomain: { domainPrefix: `epost-parcel-${settings.stage}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: cognito.ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    // The newer pages, the ones that speak Korean, are not shown without a style, be it the plain one.
    new cognito.CfnManagedLoginBranding(this, 'Pages', {
      userPoolId: this.pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    this.variables = {
      OIDC_ISSUER: this.pool.userPoolProviderUrl,
      OIDC_CLIENT_ID: client.userPoolClientId,
      OIDC_LOGOUT_URL: `${domain.baseUrl()}/logout`,
    };
  }

  /** May sign operators in. */
  forSigningIn(): Loan<IssuerVariable | 'OIDC_SECRET_ID'> {
    const { secretArn } = this.secret;
    const variables = { ...this.variables, OIDC_SECRET_ID: secretArn };
    return lend(variables, ['secretsmanager:GetSecretValue'], [secretArn]);
  }
}

type IssuerVariable = 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_LOGOUT_URL';

/** What the console calls them is what the pool calls them. The lower number wins where somebody is in several. */
const groups = { Viewers: ['조회', 3], Reviewers: ['심사', 2], Managers: ['관리', 1] } as const;

function operatorPool(scope: Construct): cognito.UserPool {
  const pool = new cognito.UserPool(scope, 'Operators', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { fullname: { required: true, mutable: true } },
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
      passwordHistorySize: 5,
    },
    userInvitation: {
      emailSubject: '우체국택배 운영 콘솔 계정을 만들었습니다',
      emailBody:
        '아이디는 {username}, 임시 비밀번호는 {####}입니다. 3일 안에 콘솔에서 로그인해 새 비밀번호와 인증 앱을 등록해 주세요.',
    },
    userVerification: {
      emailSubject: '우체국택배 운영 콘솔 확인 번호',
      emailBody: '확인 번호는 {####}입니다.',
    },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    featurePlan: cognito.FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const [id, [groupName, precedence]] of Object.entries(groups))
    pool.addGroup(id, { groupName, precedence });
  return pool;
}

/**
 * A public client: the code is worthless without the verifier (PKCE), and there is no secret to keep or to rotate. Its
 * tokens are read once, at the sign-in; how long an operator stays is the console's own affair.
 */
function consoleClient(pool: cognito.UserPool, { consoleUrl }: Settings): cognito.UserPoolClient {
  const origin = consoleUrl ?? nowhere;
  return pool.addClient('Console', {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.PROFILE],
      callbackUrls: [`${origin}/auth/callback`],
      logoutUrls: [`${origin}/auth/signed-out`],
    },
    supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    authSessionValidity: Duration.minutes(10),
    idTokenValidity: Duration.minutes(5),
    accessTokenValidity: Duration.minutes(5),
    refreshTokenValidity: Duration.hours(1),
  });
}

/** The function's own address is known after the first deploy only; till it is set, nobody is sent back anywhere. */
const nowhere = 'https://console.invalid';
