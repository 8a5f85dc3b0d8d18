/** Properties that a handler of the twin understands; `ignored` ones change nothing on one machine. */
export interface Understood {
  readonly properties: readonly string[];
  readonly ignored?: readonly string[];
  /** Keys understood inside a property (of the object, or of each item of the list). */
  readonly inside?: Readonly<Record<string, readonly string[]>>;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const tableSettings = words(`PointInTimeRecoverySpecification SSESpecification DeletionProtectionEnabled Tags TableClass
  ContributorInsightsSpecification ProvisionedThroughput OnDemandThroughput KinesisStreamSpecification WarmThroughput`);
const tableKeys = words(
  'TableName KeySchema AttributeDefinitions GlobalSecondaryIndexes LocalSecondaryIndexes BillingMode',
);

/** Every resource type that the twin runs. Any other type or property stops it: see `check.ts`. */
export const supportedTypes: Readonly<Record<string, Understood>> = {
  'AWS::DynamoDB::Table': {
    properties: [...tableKeys, 'StreamSpecification', 'TimeToLiveSpecification'],
    ignored: tableSettings,
    inside: { StreamSpecification: ['StreamViewType'], TimeToLiveSpecification: ['AttributeName', 'Enabled'] },
  },
  'AWS::DynamoDB::GlobalTable': {
    properties: [...tableKeys, 'StreamSpecification', 'TimeToLiveSpecification', 'Replicas'],
    ignored: [...tableSettings, ...words('WriteProvisionedThroughputSettings WriteOnDemandThroughputSettings')],
  },
  'AWS::Lambda::Function': {
    properties:
      words(`FunctionName Code Handler Runtime Role Environment Timeout MemorySize ReservedConcurrentExecutions
      DeadLetterConfig`),
    ignored: words(
      'Architectures Description LoggingConfig TracingConfig Tags EphemeralStorage RecursiveLoop KmsKeyArn',
    ),
    inside: { Environment: ['Variables'], Code: ['S3Bucket', 'S3Key'] },
  },
  'AWS::Lambda::EventSourceMapping': {
    properties: words(`EventSourceArn FunctionName BatchSize MaximumBatchingWindowInSeconds FilterCriteria Enabled
      FunctionResponseTypes BisectBatchOnFunctionError MaximumRetryAttempts MaximumRecordAgeInSeconds StartingPosition
      DestinationConfig ParallelizationFactor ScalingConfig`),
    ignored: ['Tags', 'MetricsConfig'],
    inside: { FilterCriteria: ['Filters'], DestinationConfig: ['OnFailure'], ScalingConfig: ['MaximumConcurrency'] },
  },
  'AWS::Lambda::EventInvokeConfig': {
    properties: words('FunctionName Qualifier MaximumRetryAttempts MaximumEventAgeInSeconds DestinationConfig'),
    inside: { DestinationConfig: ['OnFailure'] },
  },
  'AWS::S3::Bucket': {
    properties: ['BucketName'],
    ignored: words(`BucketEncryption PublicAccessBlockConfiguration LifecycleConfiguration OwnershipControls Tags
      VersioningConfiguration CorsConfiguration`),
  },
  'AWS::SQS::Queue': {
    properties: words(`QueueName VisibilityTimeout RedrivePolicy MessageRetentionPeriod DelaySeconds FifoQueue
      ContentBasedDeduplication DeduplicationScope FifoThroughputLimit`),
    ignored: words(`KmsMasterKeyId KmsDataKeyReusePeriodSeconds SqsManagedSseEnabled ReceiveMessageWaitTimeSeconds
      MaximumMessageSize RedriveAllowPolicy Tags`),
    inside: { RedrivePolicy: ['deadLetterTargetArn', 'maxReceiveCount'] },
  },
  'AWS::Events::EventBus': {
    properties: ['Name'],
    ignored: words('Description Tags KmsKeyIdentifier DeadLetterConfig LogConfig Policy'),
  },
  'AWS::Events::Rule': {
    properties: words('Name EventBusName EventPattern ScheduleExpression State Targets'),
    ignored: words('Description RoleArn Tags'),
    inside: {
      Targets: words('Arn Id Input InputPath InputTransformer RetryPolicy DeadLetterConfig RoleArn SqsParameters'),
    },
  },
  'AWS::StepFunctions::StateMachine': {
    properties: words(`StateMachineName StateMachineType RoleArn DefinitionS3Location DefinitionString Definition
      DefinitionSubstitutions`),
    ignored: words('LoggingConfiguration TracingConfiguration EncryptionConfiguration Tags'),
  },
  'AWS::Scheduler::Schedule': {
    properties: words('Name GroupName ScheduleExpression ScheduleExpressionTimezone State Target'),
    ignored: words('Description KmsKeyArn FlexibleTimeWindow'),
    inside: { Target: words('Arn RoleArn Input RetryPolicy DeadLetterConfig') },
  },
  'AWS::Scheduler::ScheduleGroup': { properties: ['Name'], ignored: ['Tags'] },
  'AWS::ApiGatewayV2::Api': {
    properties: words('Name ProtocolType CorsConfiguration'),
    ignored: words('Description DisableExecuteApiEndpoint Tags Version IpAddressType'),
  },
  'AWS::ApiGatewayV2::Route': {
    properties: words('ApiId RouteKey Target AuthorizationType AuthorizerId'),
    ignored: ['OperationName'],
  },
  'AWS::ApiGatewayV2::Integration': {
    properties: words('ApiId IntegrationType IntegrationUri PayloadFormatVersion TimeoutInMillis IntegrationMethod'),
    ignored: ['Description', 'ConnectionType'],
  },
  'AWS::ApiGatewayV2::Stage': {
    properties: words('ApiId StageName StageVariables'),
    ignored: words('AutoDeploy AccessLogSettings DefaultRouteSettings RouteSettings Description Tags'),
  },
  'AWS::ApiGatewayV2::Authorizer': {
    properties:
      words(`ApiId Name AuthorizerType AuthorizerUri AuthorizerPayloadFormatVersion AuthorizerResultTtlInSeconds
      EnableSimpleResponses IdentitySource`),
    ignored: ['AuthorizerCredentialsArn'],
  },
};
