import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { describeAlarm } from './parts/describe-alarm.ts';
import type { HouseFunction } from './parts/house-function.ts';
import type { Settings } from './settings.ts';

/** What callers of a function that is released bit by bit call. */
const ALIAS = 'live';

/**
 * A deploy gives the new version of a function a tenth of the calls for five minutes, and takes it back at its first
 * error. Only functions that somebody calls all the time: docs/decisions/0009.
 */
export class Releases extends Construct {
  /** One per function; each watches the version that is being released and no other. */
  readonly alarms: cloudwatch.Alarm[] = [];
  private readonly application: codedeploy.LambdaApplication;
  private readonly role: iam.Role;
  private readonly config: codedeploy.ILambdaDeploymentConfig;

  constructor(scope: Construct, id: string, { release }: Settings) {
    super(scope, id);
    this.application = new codedeploy.LambdaApplication(this, 'Application');
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com'),
    });
    // An alarm has no say in who may look at it.
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
    );
    this.config =
      codedeploy.LambdaDeploymentConfig[release === 'canary' ? 'CANARY_10PERCENT_5MINUTES' : 'ALL_AT_ONCE'];
  }

  /** The function as it is to be called: by this name, through which a deploy moves from version to version. */
  slowly(fn: HouseFunction<string>): lambda.Alias {
    const alias = fn.addAlias(ALIAS);
    const alarm = this.alarmOn(fn);
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [fn.functionArn, `${fn.functionArn}:*`],
      }),
    );
    new codedeploy.LambdaDeploymentGroup(this, fn.node.id, {
      application: this.application,
      alias,
      deploymentConfig: this.config,
      alarms: [alarm],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      // The managed policy that the CDK would add may change every function of the account.
      role: this.role.withoutPolicyUpdates(),
    });
    return alias;
  }

  /**
   * A new alarm for each version: one that still rings for the version before would stop the very deploy that mends it.
   */
  private alarmOn(fn: HouseFunction<string>): cloudwatch.Alarm {
    const version = fn.currentVersion;
    const alarm = new cloudwatch.Alarm(this, `${fn.node.id}NewVersionErrors`, {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: {
          FunctionName: fn.functionName,
          Resource: `${fn.functionName}:${ALIAS}`,
          ExecutedVersion: version.version,
        },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: describeAlarm({
        severity: 'warn',
        impact: `${fn.errorImpact} (A new version failed and is being taken back.)`,
        runbook: 'release-taken-back',
      }),
    });
    const stack = Stack.of(this);
    const hash = () =>
      String(stack.resolve((version.node.defaultChild as lambda.CfnVersion).logicalId)).slice(-32);
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).overrideLogicalId(
      Lazy.uncachedString({ produce: () => `Releases${fn.node.id}NewVersionErrors${hash()}` }),
    );
    this.alarms.push(alarm);
    return alarm;
  }
}
