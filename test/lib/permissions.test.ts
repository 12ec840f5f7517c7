import { describe, expect, it } from 'vitest';
import { nameOf, resources } from './template.ts';

/** What AWS grants on everything only. */
const TRACING = 'xray:PutTelemetryRecords xray:PutTraceSegments';
const RELEASING = 'lambda:GetAlias lambda:GetProvisionedConcurrencyConfig lambda:UpdateAlias';

const policies = resources('AWS::IAM::Policy');

/** `role → resource: actions`, the whole of what may be done, one line each. */
function permissions(role: RegExp): string[] {
  return policies
    .filter(([, policy]) => role.test(nameOf(policy.Properties['Roles'][0])))
    .flatMap(([, policy]) => policy.Properties['PolicyDocument'].Statement)
    .flatMap((statement) =>
      [statement.Resource].flat().map((resource) => `${nameOf(resource)}: ${said(statement)}`),
    )
    .toSorted();
}

/** Actions of a statement; `never` before what is denied. */
function said({ Effect, Action }: { Effect: string; Action: string | string[] }): string {
  return [Effect === 'Deny' ? 'never' : '', ...[Action].flat()].join(' ').trim();
}

describe('least privilege', () => {
  it('is the golden table function × resource × actions, where every change is seen in review', async () => {
    const table = [
      'Door',
      'Console',
      'Worker',
      'Onboard',
      'SendSms',
      'Allocate',
      'Drain',
      'Sync',
      'Retain',
      'Watch',
      'LedgerAudit',
      'SchedulerRole',
      'Releases',
    ]
      .map((role) =>
        [role, ...permissions(new RegExp(`${role}(Role|For|$)`)).map((line) => `  ${line}`)].join('\n'),
      )
      .join('\n\n');
    await expect(`${table}\n`).toMatchFileSnapshot('permissions.golden.txt');
  });

  it('nobody opens a sealed password: the doors may only seal', () => {
    const keys = permissions(/./).filter((line) => line.includes('kms:'));
    expect(keys).toEqual(['MerchantPasswords: kms:GenerateDataKey']);
  });

  it('nobody changes or removes a row of the audit chain', () => {
    for (const line of permissions(/./).filter((rule) => rule.startsWith('AuditRows')))
      expect(line).toMatch(/^AuditRows(\/index\/subject)?: dynamodb:(PutItem|Query|PutItem dynamodb:Query)$/);
  });

  it('only the allocator and the console write pools, and nobody at all deletes a number or a shipment', () => {
    const lines = permissions(/./).map((line) => line.replaceAll('dynamodb:', ''));
    const pools = lines.filter((line) => line.startsWith('WaybillPools') && /Put|Update|Delete/.test(line));
    expect(pools).toHaveLength(2);
    for (const writer of [/AllocateRole/, /ConsoleRole/])
      expect(permissions(writer).some((line) => /WaybillPools.*Put/.test(line))).toBe(true);
    expect(
      lines.filter((line) => /^(Waybill|Shipment|Merchant).*(DeleteItem|BatchWrite)/.test(line)),
    ).toEqual([]);
  });

  it('no statement has a wildcard but traces, alarms looked at, telephones and the versions of a function', () => {
    const wild = permissions(/./).filter((line) => line.includes('*'));
    // EventBridge Scheduler's own grant of the CDK covers qualified ARNs of that one function.
    expect(wild).toEqual([
      '*: cloudwatch:DescribeAlarms',
      // A telephone number has no ARN: everything, and then never a topic.
      `*: sns:Publish ${TRACING}`,
      ...Array.from({ length: 10 }, () => `*: ${TRACING}`),
      `AdminConsole:*: ${RELEASING}`,
      'NotificationSendSms:*: lambda:InvokeFunction',
      'ObservabilityWatch:*: lambda:InvokeFunction',
      `OrderAllocate:*: ${RELEASING}`,
      `PlatformApiDoor:*: ${RELEASING}`,
      'RetentionRetain:*: lambda:InvokeFunction',
      'TransmissionDrain:*: lambda:InvokeFunction',
      'arn:AWS::Partition:sns:*:*:*: never sns:Publish',
    ]);
  });

  it('no role carries a managed policy: the basic one of Lambda may write to every log group', () => {
    for (const [, role] of resources('AWS::IAM::Role'))
      expect(role.Properties['ManagedPolicyArns']).toBeUndefined();
    expect(resources('AWS::IAM::Role')).toHaveLength(19);
  });
});
