/** What is known of the properties of an emulated type. */
export interface KnownProperties {
  /** Obeyed here as in AWS. */
  obeyed: Set<string>;
  /** Without meaning on one machine: protection, encryption, descriptions, capacity. */
  harmless: Set<string>;
}

const known = (obeyed: string, harmless = ''): KnownProperties => ({
  obeyed: new Set(obeyed.trim().split(/\s+/)),
  harmless: new Set(harmless.trim().split(/\s+/)),
});

const TABLE = `TableName AttributeDefinitions KeySchema BillingMode GlobalSecondaryIndexes LocalSecondaryIndexes
  TimeToLiveSpecification`;

/** The emulated types with their properties. Anything else stops the start. */
export const EMULATED: Record<string, KnownProperties> = {
  'AWS::DynamoDB::GlobalTable': known(
    TABLE,
    `Replicas SSESpecification WarmThroughput WriteOnDemandThroughputSettings WriteProvisionedThroughputSettings`,
  ),
  'AWS::DynamoDB::Table': known(
    TABLE,
    `PointInTimeRecoverySpecification DeletionProtectionEnabled SSESpecification TableClass Tags
     ContributorInsightsSpecification OnDemandThroughput WarmThroughput ProvisionedThroughput`,
  ),
  'AWS::SQS::Queue': known(
    `QueueName VisibilityTimeout DelaySeconds MessageRetentionPeriod MaximumMessageSize
     ReceiveMessageWaitTimeSeconds RedrivePolicy RedriveAllowPolicy`,
    'SqsManagedSseEnabled KmsMasterKeyId KmsDataKeyReusePeriodSeconds Tags',
  ),
  'AWS::Events::EventBus': known(
    'Name',
    'Description Tags KmsKeyIdentifier DeadLetterConfig LogConfig Policy',
  ),
  'AWS::Events::Rule': known(
    'Name EventBusName EventPattern ScheduleExpression State Targets',
    'Description RoleArn Tags',
  ),
  'AWS::KMS::Alias': known('AliasName TargetKeyId'),
  'AWS::KMS::Key': known(
    'Enabled KeySpec KeyUsage Origin MultiRegion',
    'Description EnableKeyRotation KeyPolicy PendingWindowInDays RotationPeriodInDays BypassPolicyLockoutSafetyCheck Tags',
  ),
  'AWS::Lambda::Function': known(
    'FunctionName Code Handler Runtime MemorySize Timeout Environment ReservedConcurrentExecutions Role',
    `Architectures Description LoggingConfig Tags TracingConfig EphemeralStorage RecursiveLoop
     RuntimeManagementConfig PackageType KmsKeyArn`,
  ),
  'AWS::Lambda::EventInvokeConfig': known(
    'FunctionName Qualifier MaximumRetryAttempts MaximumEventAgeInSeconds DestinationConfig',
  ),
  'AWS::Lambda::EventSourceMapping': known(
    `EventSourceArn FunctionName BatchSize MaximumBatchingWindowInSeconds FunctionResponseTypes ScalingConfig
     FilterCriteria Enabled`,
    'Tags MetricsConfig',
  ),
  'AWS::Lambda::Alias': known('FunctionName FunctionVersion Name', 'Description'),
  'AWS::Lambda::Url': known('AuthType TargetFunctionArn Qualifier'),
  'AWS::Lambda::Version': known('FunctionName', 'CodeSha256 Description'),
  'AWS::Scheduler::Schedule': known(
    'Name ScheduleExpression ScheduleExpressionTimezone State Target FlexibleTimeWindow',
    'Description GroupName KmsKeyArn',
  ),
  'AWS::SecretsManager::Secret': known('Name SecretString GenerateSecretString', 'Description KmsKeyId Tags'),
  'AWS::SSM::Parameter': known('Name Type Value', 'Description Tags Tier'),
};

/** What a target of a rule or of a schedule may state. Empty SQS parameters are what the CDK writes. */
export const TARGET = known(
  'Id Arn Input InputPath InputTransformer RetryPolicy DeadLetterConfig',
  'RoleArn',
);
