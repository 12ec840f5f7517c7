import { EMULATED, TARGET } from './emulated-properties.ts';
import type { KnownProperties } from './emulated-properties.ts';
import type { Template } from './template.ts';

/**
 * Types whose absence changes nothing a parcel could notice on one machine. Roles and policies are read by the
 * strict mode; the rest is logging, metrics and permissions between services that are one process here.
 */
const IGNORED = new Set([
  'AWS::CDK::Metadata',
  // A start is no deploy: aliases point at the one version there is.
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  // People sign in at the development issuer: there are no users, second factors or pages of a pool here.
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolUICustomizationAttachment',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::ResourcePolicy',
]);

/** Whether resources of the type are read over without effect. */
export function isIgnored(type: string): boolean {
  return IGNORED.has(type);
}

/** @throws naming it, where the template holds a type or a property that would silently not be obeyed. */
export function checkResources(template: Template): void {
  if (template.Mappings) throw new Error('template section Mappings is not emulated');
  for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    if (IGNORED.has(Type)) continue;
    const known = EMULATED[Type];
    if (!known) throw new Error(`resource type ${Type} (${id}) is not emulated`);
    checkProperties(Properties, known, `${Type} (${id})`);
    const targets = [Properties.Targets ?? Properties.Target ?? []].flat() as Record<string, unknown>[];
    for (const target of targets) checkProperties(target, TARGET, `a target of ${Type} (${id})`);
  }
}

function checkProperties(properties: Record<string, unknown>, known: KnownProperties, owner: string): void {
  for (const [name, value] of Object.entries(properties)) {
    if (known.obeyed.has(name) || known.harmless.has(name) || isEmpty(value)) continue;
    throw new Error(`property ${name} of ${owner} is not emulated`);
  }
}

function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}
