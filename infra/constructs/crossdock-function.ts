import { Duration } from 'aws-cdk-lib/core';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  type IFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { secretsPrefixVariable, tableVariable } from '../../shared/platform/config.ts';
import { type House } from '../house.ts';
import { acknowledge } from './acknowledge.ts';
import { type Access, type DomainTable } from './domain-table.ts';
import { type SecretAccess, secretRights, secretsFinding, secretsPrefix } from './channel-secrets.ts';
import { type FileAccess, type FileStore } from './file-store.ts';

/** Which of a capability's handler folders a function's file is in. */
export type Trigger = 'http' | 'events' | 'queues' | 'tasks' | 'streams' | 'schedules' | 'invoked';

/** How much a function gets. */
export interface FunctionSize {
  readonly timeoutSeconds?: number;
  readonly memoryMb?: number;
}

/** A process as functions need it: a `Workflow`. */
interface ArnHolder {
  readonly arn: string;
}

/** A queue as functions need it: an `OwnQueue`. */
interface QueueHolder {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly variable: string;
}

/** Which file becomes a function, and how large it is. */
export interface CrossdockFunctionProps extends FunctionSize {
  readonly house: House;
  readonly capability: string;
  readonly trigger: Trigger;
  /** Kebab-case: the name of the handler's file and the end of the physical name. */
  readonly name: string;
  readonly description: string;
}

/** Longest description that Lambda takes: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const longestDescription = 256;

/**
 * A Lambda function of the house: arm64, traced, its log kept by stage, and a role of its own that may write that log and nothing else
 * until it is told more. What it may do and what it is told are one call (`use`, `publishesTo`, `starts`, `answers`). CDK's own `grant…`
 * methods find no role to write to, so the template says nothing that these calls did not.
 */
export class CrossdockFunction extends Construct {
  readonly function: IFunction;
  readonly physicalName: string;
  private readonly house: House;
  private readonly lambda: LambdaFunction;
  private readonly policy = new PolicyDocument({ minimize: true });
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: CrossdockFunctionProps) {
    super(scope, id);
    const { house, capability, trigger, name, description, timeoutSeconds = 10, memoryMb = 256 } = props;
    this.house = house;
    this.physicalName = house.stage.named(capability, name);
    const logGroup = this.ownLog(house);
    this.role = this.ownRole();
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: this.physicalName,
      description: description.slice(0, longestDescription),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: house.code(`functions/${capability}/handlers/${trigger}/${name}.ts`),
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMb,
      role: this.role.withoutPolicyUpdates(),
      tracing: Tracing.ACTIVE,
      logGroup,
      // Lambda's own three lines for each invocation say what its metrics say, and cost as much as all else that is logged.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      environment: {
        POWERTOOLS_SERVICE_NAME: capability,
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
    });
    this.function = this.lambda;
  }

  /** Gives access to a table and tells its name (`TABLE_<NAME>`). */
  use(table: DomainTable, ...accesses: readonly Access[]): this {
    for (const access of accesses) {
      const { actions, resources } = table.rights(access);
      this.may(actions, resources);
    }
    return this.told(tableVariable(table.name), table.tableName);
  }

  /** Gives access to files and tells where they are (`BUCKET_FILES`). */
  usesFiles(files: FileStore, access: FileAccess): this {
    for (const { actions, resources } of files.rights(access)) this.may(actions, resources);
    acknowledge(this.role, {
      id: files.wildcardFinding,
      reason: 'The objects of one bucket: their names are not known before they are made.',
    });
    return this.told('BUCKET_FILES', files.bucketName);
  }

  /** Gives access to the credentials of channels and tells how their secrets are called (`SECRETS_PREFIX`). */
  usesCredentials(access: SecretAccess): this {
    const { stage } = this.house;
    const { actions, resources } = secretRights(stage, access);
    acknowledge(this.role, {
      id: secretsFinding(stage),
      reason: 'The secrets of one stage: they are made when channels are, and their ARNs end in random characters.',
    });
    return this.may(actions, resources).told(secretsPrefixVariable, secretsPrefix(stage));
  }

  /** Lets it send to a queue of ours and tells where that is (`QUEUE_<NAME>`). */
  sendsTo({ queueArn, queueUrl, variable }: QueueHolder): this {
    return this.may(['sqs:SendMessage'], [queueArn]).told(variable, queueUrl);
  }

  /** Lets it publish on the bus and tells which (`EVENT_BUS`). */
  publishesTo(bus: IEventBus): this {
    return this.may(['events:PutEvents'], [bus.eventBusArn]).told('EVENT_BUS', bus.eventBusName);
  }

  /** Lets it start executions of a process and tells which (`STATE_MACHINE_ARN`). */
  starts(process: ArnHolder): this {
    return this.may(['states:StartExecution'], [process.arn]).told('STATE_MACHINE_ARN', process.arn);
  }

  /** Lets it answer the tasks of processes that wait; a task's token says whose it is. */
  answers(...processes: readonly ArnHolder[]): this {
    const actions = ['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'].map((action) => `states:${action}`);
    return this.may(
      actions,
      processes.map(({ arn }) => arn),
    );
  }

  /** Sets an environment variable. */
  told(variable: string, value: string): this {
    this.lambda.addEnvironment(variable, value);
    return this;
  }

  /** Allows actions on resources. Only constructs of the house say this; a capability says `use` and the like. */
  may(actions: readonly string[], resources: readonly string[]): this {
    this.policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    return this;
  }

  private ownLog({ stage }: House): LogGroup {
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${this.physicalName}`,
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    return logGroup;
  }

  /** One inline policy, filled until synthesis: one resource less than CDK's, and no function runs before its rights are there. */
  private ownRole(): Role {
    this.may(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { rights: this.policy },
    });
    acknowledge(role, {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray knows no resources: its two write actions can only be granted on *.',
    });
    return role;
  }
}
