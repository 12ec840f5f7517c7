import { CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { defaultTemplate, stackWith } from './template.ts';

describe('the app', () => {
  it('has one stack per stage, tied to no account or region', () => {
    const stack = stackWith({ stage: 'prod' });
    expect(stack.stackName).toBe('EpostParcel-prod');
    expect(stack.terminationProtection).toBe(true);
    expect(stack.environment).toBe('aws://unknown-account/unknown-region');
    expect(stackWith().terminationProtection).toBe(false);
  });

  it('tells where everything is', () => {
    expect(Object.keys(defaultTemplate().findOutputs('*')).toSorted()).toEqual([
      'ApplicationsTable',
      'AuditTable',
      'BusName',
      'ConsoleUrl',
      'ContractsTable',
      'JobsDeadLettersUrl',
      'JobsQueueUrl',
      'LedgerAuditDeadLettersUrl',
      'LedgerAuditQueueUrl',
      'LedgerTable',
      'MessagesTable',
      'OnboardingDeadLettersUrl',
      'OnboardingQueueUrl',
      'OperationsTable',
      'OrderEventsDeadLettersUrl',
      'OrderEventsQueueUrl',
      'PageTopicArn',
      'PlatformApiUrl',
      'PoolsTable',
      'QuarantineQueueUrl',
      'SessionsTable',
      'ShipmentsTable',
      'TrackingDeadLettersUrl',
      'TrackingQueueUrl',
      'TransmissionDeadLettersUrl',
      'TransmissionQueueUrl',
      'WarnTopicArn',
    ]);
  });

  it('holds no condition and no metadata resource: what is deployed is what the local cloud reads', () => {
    const template = defaultTemplate().toJSON() as Record<string, unknown>;
    expect(template['Conditions']).toBeUndefined();
    expect(JSON.stringify(template)).not.toContain('AWS::CDK::Metadata');
  });

  it('would not synthesize a template that CloudFormation refuses', () => {
    const stack = stackWith();
    const properties = { VisibilityTimeout: 50_000 };
    new CfnResource(stack, 'Wrong', { type: 'AWS::SQS::Queue', properties });
    expect(() => Template.fromStack(stack)).toThrow(/[Vv]alidation/);
  });
});
