import type { Template } from './template.ts';

/**
 * Types whose absence changes nothing a parcel could notice on one machine. Roles and policies are read by the
 * strict mode; the rest is logging, metrics, keys and permissions between services that are one process here.
 */
const IGNORED = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
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

/** For each emulated type: the properties that are obeyed and those that mean nothing on one machine. */
const EMULATED: Record<string, { obeyed: string[]; harmless: string[] }> = {
  'AWS::DynamoDB::GlobalTable': {
    obeyed:
      'TableName AttributeDefinitions KeySchema BillingMode GlobalSecondaryIndexes LocalSecondaryIndexes TimeToLiveSpecification'.split(
        ' ',
      ),
    harmless:
      'Replicas SSESpecification WarmThroughput WriteOnDemandThroughputSettings WriteProvisionedThroughputSettings'.split(
        ' ',
      ),
  },
  'AWS::DynamoDB::Table': {
    obeyed:
      'TableName AttributeDefinitions KeySchema BillingMode GlobalSecondaryIndexes LocalSecondaryIndexes TimeToLiveSpecification'.split(
        ' ',
      ),
    harmless:
      'PointInTimeRecoverySpecification DeletionProtectionEnabled SSESpecification TableClass Tags ContributorInsightsSpecification OnDemandThroughput WarmThroughput ProvisionedThroughput'.split(
        ' ',
      ),
  },
  'AWS::SQS::Queue': {
    obeyed:
      'QueueName VisibilityTimeout DelaySeconds MessageRetentionPeriod MaximumMessageSize ReceiveMessageWaitTimeSeconds RedrivePolicy RedriveAllowPolicy'.split(
        ' ',
      ),
    harmless: 'SqsManagedSseEnabled KmsMasterKeyId KmsDataKeyReusePeriodSeconds Tags'.split(' '),
  },
  'AWS::Events::EventBus': {
    obeyed: ['Name'],
    harmless: 'Description Tags KmsKeyIdentifier DeadLetterConfig LogConfig Policy'.split(' '),
  },
  'AWS::Events::Rule': {
    obeyed: 'Name EventBusName EventPattern ScheduleExpression State Targets'.split(' '),
    harmless: ['Description', 'RoleArn', 'Tags'],
  },
  'AWS::Lambda::Function': {
    obeyed:
      'FunctionName Code Handler Runtime MemorySize Timeout Environment ReservedConcurrentExecutions Role'.split(
        ' ',
      ),
    harmless:
      'Architectures Description LoggingConfig Tags TracingConfig EphemeralStorage RecursiveLoop RuntimeManagementConfig PackageType KmsKeyArn DeadLetterConfig'.split(
        ' ',
      ),
  },
  'AWS::Lambda::EventInvokeConfig': {
    obeyed: 'FunctionName Qualifier MaximumRetryAttempts MaximumEventAgeInSeconds DestinationConfig'.split(
      ' ',
    ),
    harmless: [],
  },
  'AWS::Lambda::EventSourceMapping': {
    obeyed:
      'EventSourceArn FunctionName BatchSize MaximumBatchingWindowInSeconds FunctionResponseTypes ScalingConfig FilterCriteria Enabled'.split(
        ' ',
      ),
    harmless: ['Tags', 'MetricsConfig'],
  },
  'AWS::Lambda::Url': { obeyed: ['AuthType', 'TargetFunctionArn', 'InvokeMode', 'Cors'], harmless: [] },
  'AWS::Scheduler::Schedule': {
    obeyed: 'Name ScheduleExpression ScheduleExpressionTimezone State Target FlexibleTimeWindow'.split(' '),
    harmless: ['Description', 'GroupName', 'KmsKeyArn'],
  },
  'AWS::SecretsManager::Secret': {
    obeyed: ['Name', 'SecretString', 'GenerateSecretString'],
    harmless: ['Description', 'KmsKeyId', 'Tags'],
  },
  'AWS::SSM::Parameter': { obeyed: ['Name', 'Type', 'Value'], harmless: ['Description', 'Tags', 'Tier'] },
};

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
    const strange = Object.keys(Properties).find(
      (name) => !known.obeyed.includes(name) && !known.harmless.includes(name),
    );
    if (strange) throw new Error(`property ${strange} of ${Type} (${id}) is not emulated`);
  }
}
