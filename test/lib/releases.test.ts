import { describe, expect, it } from 'vitest';
import { nameOf, resources, templateWith } from './template.ts';

const groups = resources('AWS::CodeDeploy::DeploymentGroup');
const aliases = resources('AWS::Lambda::Alias');

describe('a release', () => {
  it('is gradual for what somebody always calls, and for nothing else', () => {
    expect(aliases.map(([, { Properties: p }]) => nameOf(p['FunctionName'])).toSorted()).toEqual([
      'AdminConsole',
      'OrderAllocate',
      'PlatformApiDoor',
    ]);
    for (const [, { UpdatePolicy }] of aliases)
      expect(groups.map(([id]) => id)).toContain(
        UpdatePolicy?.['CodeDeployLambdaAliasUpdate'].DeploymentGroupName.Ref,
      );
  });

  it.each(groups)(
    '%s gives a tenth for five minutes and goes back at the first error of the new version',
    (_, group) => {
      expect(group.Properties).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AutoRollbackConfiguration: { Enabled: true },
      });
      expect(group.Properties['AutoRollbackConfiguration'].Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
      const [watched] = group.Properties['AlarmConfiguration'].Alarms;
      const alarm = Object.fromEntries(resources('AWS::CloudWatch::Alarm'))[watched.Name.Ref]!.Properties;
      expect(alarm).toMatchObject({ MetricName: 'Errors', Threshold: 1, EvaluationPeriods: 1 });
      expect(alarm['Dimensions'].map((one: { Name: string }) => one.Name)).toEqual([
        'ExecutedVersion',
        'FunctionName',
        'Resource',
      ]);
    },
  );

  it('has an alarm of its own: one that rings for the version before does not stop what mends it', () => {
    const names = (settings: Record<string, unknown>) =>
      resources('AWS::CloudWatch::Alarm', templateWith(settings)).flatMap(([id]) =>
        id.includes('AllocateNewVersion') ? [id] : [],
      );
    // Another environment is another version, as other code is.
    expect(names({ promiseMinutes: 19 })).toHaveLength(1);
    expect(names({ promiseMinutes: 19 })).not.toEqual(names({}));
  });

  it('can be immediate when a mend cannot wait', () => {
    const [, group] = resources('AWS::CodeDeploy::DeploymentGroup', templateWith({ release: 'at-once' }))[0]!;
    expect(group.Properties['DeploymentConfigName']).toBe('CodeDeployDefault.LambdaAllAtOnce');
  });
});
