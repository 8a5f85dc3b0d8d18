import { type LocalAccount } from './cloudformation.ts';

/** What a resource is called, from which its Ref and GetAtt follow. */
export interface Named {
  readonly type: string;
  readonly name: string;
  /** For rules and schedules: the bus or group they belong to. */
  readonly parent?: string;
}

const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
};

/** The property that carries an explicit physical name, for types that have one. */
export function namePropertyOf(type: string): string | undefined {
  return nameProperties[type];
}

const arnSuffixes: Readonly<Record<string, (named: Named) => [service: string, resource: string]>> = {
  'AWS::DynamoDB::Table': ({ name }) => ['dynamodb', `table/${name}`],
  'AWS::DynamoDB::GlobalTable': ({ name }) => ['dynamodb', `table/${name}`],
  'AWS::Lambda::Function': ({ name }) => ['lambda', `function:${name}`],
  'AWS::SQS::Queue': ({ name }) => ['sqs', name],
  'AWS::SNS::Topic': ({ name }) => ['sns', name],
  'AWS::Events::EventBus': ({ name }) => ['events', `event-bus/${name}`],
  'AWS::Events::Rule': ({ name, parent }) => [
    'events',
    parent === undefined ? `rule/${name}` : `rule/${parent}/${name}`,
  ],
  'AWS::StepFunctions::StateMachine': ({ name }) => ['states', `stateMachine:${name}`],
  'AWS::Scheduler::Schedule': ({ name, parent }) => ['scheduler', `schedule/${parent ?? 'default'}/${name}`],
  'AWS::Scheduler::ScheduleGroup': ({ name }) => ['scheduler', `schedule-group/${name}`],
  'AWS::CloudWatch::Alarm': ({ name }) => ['cloudwatch', `alarm:${name}`],
  'AWS::Logs::LogGroup': ({ name }) => ['logs', `log-group:${name}:*`],
  'AWS::KMS::Key': ({ name }) => ['kms', `key/${name}`],
};

/** The ARN of a resource. Types without a local form get an ARN of the made-up service `local`. */
export function arnOf(named: Named, { accountId, region }: LocalAccount): string {
  if (named.type === 'AWS::IAM::Role') return `arn:aws:iam::${accountId}:role/${named.name}`;
  if (named.type === 'AWS::S3::Bucket') return `arn:aws:s3:::${named.name}`;
  const [service, resource] = arnSuffixes[named.type]?.(named) ?? ['local', `${named.type}/${named.name}`];
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** The ARN of a table's stream; a table has one stream here, labelled `local`. */
export function streamArnOf(tableArn: string): string {
  return `${tableArn}/stream/local`;
}

const referToArn = new Set(['AWS::StepFunctions::StateMachine', 'AWS::SNS::Topic']);

/** What `Ref` gives for a resource. */
export function refOf(named: Named, account: LocalAccount): string {
  if (referToArn.has(named.type)) return arnOf(named, account);
  if (named.type === 'AWS::SQS::Queue') return queueUrlOf(named.name, account);
  return named.name;
}

/** The URL under which a queue is called. */
export function queueUrlOf(queueName: string, { awsUrl, accountId }: LocalAccount): string {
  return `${awsUrl}/${accountId}/${queueName}`;
}

/** What `Fn::GetAtt` gives; throws for an attribute that has no local meaning. */
export function attributeOf(named: Named, attribute: string, account: LocalAccount): string {
  switch (attribute) {
    case 'Arn':
    case 'TopicArn':
      return arnOf(named, account);
    case 'StreamArn':
      return streamArnOf(arnOf(named, account));
    case 'Name':
    case 'QueueName':
    case 'TopicName':
    case 'ApiId':
    case 'RoleId':
      return named.name;
    case 'QueueUrl':
      return queueUrlOf(named.name, account);
    case 'ApiEndpoint':
      return account.apiUrl;
    default:
      throw new Error(`Fn::GetAtt ${attribute} of a ${named.type} is not supported by the twin`);
  }
}
