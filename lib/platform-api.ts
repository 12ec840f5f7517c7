import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ApiEnvironment } from '../functions/platform-api/api.environment.ts';
import type { Audit } from './audit.ts';
import type { Epost } from './epost.ts';
import type { Merchant } from './merchant.ts';
import type { Onboarding } from './onboarding.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import type { Releases } from './releases.ts';
import type { Settings } from './settings.ts';
import type { Shipment } from './shipment.ts';

export interface PlatformApiProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly releases: Releases;
  readonly merchant: Merchant;
  readonly audit: Audit;
  readonly shipment: Shipment;
  readonly epost: Epost;
  readonly onboarding: Onboarding;
}

/** The machine door: the shop platform hands applications in, corrects, reads and withdraws them. */
export class PlatformApi extends Construct {
  readonly door: HouseFunction<keyof ApiEnvironment>;
  readonly url: lambda.FunctionUrl;

  constructor(scope: Construct, id: string, props: PlatformApiProps) {
    super(scope, id);
    this.door = doorFunction(this, props);
    this.url = props.releases
      .slowly(this.door)
      .addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    const caller = callerOf(props.settings);
    if (caller) this.url.grantInvokeUrl(caller);
  }
}

/** Nobody is named by default: then only roles of our own account that are allowed to by their own policy. */
function callerOf({ platformRoleArn, platformAccount }: Settings): iam.IPrincipal | undefined {
  if (platformRoleArn) return new iam.ArnPrincipal(platformRoleArn);
  return platformAccount ? new iam.AccountPrincipal(platformAccount) : undefined;
}

function doorFunction(scope: Construct, props: PlatformApiProps) {
  const { settings, merchant, audit, shipment, epost, onboarding } = props;
  return houseFunction(scope, 'Door', {
    entry: 'platform-api',
    codeOf: props.codeOf,
    purpose: '이용신청: takes applications from the shop platform, signed requests only',
    errorImpact: 'Shops: applications cannot be handed in or corrected; the platform has to send them again.',
    runbook: 'platform-api-failing',
    timeout: Duration.seconds(15),
    borrows: [
      merchant.applicationsForTakingIn(),
      merchant.passwordsForSealing(),
      audit.forAdding(),
      epost.forDeciding(),
      shipment.forTelling(),
      onboarding.work.forSending('ONBOARDING_QUEUE_URL'),
    ],
    settings: { SUPPORT_NUMBER: settings.supportNumber },
  });
}
