import * as z from 'zod';
import { type DeployedResource } from '../../local/template/cloudformation.ts';
import { type Synthesized } from './synthesized.ts';

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const statement = z.object({ Effect: z.string(), Action: oneOrMore, Resource: oneOrMore });
const document = z.object({ Statement: z.array(statement) });
const roleProperties = z.object({
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyDocument: document })).default([]),
});
const policyProperties = z.object({ PolicyDocument: document, Roles: z.array(z.string()) });

/** One right that a role has. */
export interface Right {
  readonly action: string;
  readonly resource: string;
}

/** Every right of a role, statement by statement multiplied out. A managed policy is none of ours and fails here. */
export function rightsOf(app: Synthesized, role: DeployedResource): Right[] {
  const { ManagedPolicyArns, Policies } = roleProperties.parse(role.properties);
  if (ManagedPolicyArns.length > 0) throw new Error(`${role.name} has managed policies: ${ManagedPolicyArns.join()}`);
  const attached = app
    .of('AWS::IAM::Policy')
    .map(({ properties }) => policyProperties.parse(properties))
    .filter(({ Roles }) => Roles.includes(role.name));
  return [...Policies, ...attached]
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) => Action.flatMap((action) => Resource.map((resource) => ({ action, resource }))));
}

const functionProperties = z.object({
  FunctionName: z.string(),
  Role: z.string(),
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Timeout: z.number(),
  Description: z.string(),
  TracingConfig: z.object({ Mode: z.string() }),
  LoggingConfig: z.object({ LogGroup: z.string() }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

/** A function with its rights. */
export type DeployedFunction = z.infer<typeof functionProperties> & { readonly rights: readonly Right[] };

/** Every function of a stage. */
export function functionsOf(app: Synthesized): DeployedFunction[] {
  const roles = new Map(app.of('AWS::IAM::Role').map((role) => [role.arn, role]));
  return app.of('AWS::Lambda::Function').map(({ properties }) => {
    const read = functionProperties.parse(properties);
    const role = roles.get(read.Role);
    if (role === undefined) throw new Error(`${read.FunctionName} has no role of its own`);
    return { ...read, rights: rightsOf(app, role) };
  });
}

const alarmProperties = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});

/** Every alarm of a stage. */
export const alarmsOf = (app: Synthesized) =>
  app.of('AWS::CloudWatch::Alarm').map(({ properties }) => alarmProperties.parse(properties));

const queueProperties = z.object({
  QueueName: z.string(),
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
});

/** Every queue of a stage, by ARN. */
export const queuesOf = (app: Synthesized) =>
  new Map(app.of('AWS::SQS::Queue').map(({ arn, properties }) => [arn, queueProperties.parse(properties)]));

const mappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.string()).default([]),
  BisectBatchOnFunctionError: z.boolean().optional(),
  MaximumRetryAttempts: z.number().optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).optional(),
});

/** What feeds functions from queues and streams. */
export const mappingsOf = (app: Synthesized) =>
  app.of('AWS::Lambda::EventSourceMapping').map(({ properties }) => mappingProperties.parse(properties));

const ruleProperties = z.object({
  EventPattern: z.looseObject({ source: z.array(z.string()), 'detail-type': z.array(z.string()) }),
  Targets: z.array(z.object({ Arn: z.string(), DeadLetterConfig: z.object({ Arn: z.string() }) })).length(1),
});

/** Which events go to which queue; a rule without a pattern is a schedule. */
export const rulesOf = (app: Synthesized) =>
  app
    .of('AWS::Events::Rule')
    .filter(({ properties }) => 'EventPattern' in properties)
    .map(({ properties }) => {
      const { EventPattern, Targets } = ruleProperties.parse(properties);
      const [target] = Targets;
      return { pattern: EventPattern, queueArn: target?.Arn ?? '', deadLetterArn: target?.DeadLetterConfig.Arn };
    });
