import { type EventTarget, type RuleDefinition } from '../event-bridge/rule.ts';
import { type JsonObject, type Json } from '../aws-service.ts';
import { type DeployedResource, type LocalAccount } from '../template/cloudformation.ts';
import { asObject, asString, isObject, listOf, numberOr } from '../template/json.ts';

/** Reads an `AWS::Events::Rule` with an event pattern. */
export function ruleDefinitionOf(resource: DeployedResource, account: LocalAccount): RuleDefinition {
  const { name, arn, properties } = resource;
  return {
    name,
    arn,
    busArn: busArnOf(properties['EventBusName'], account),
    pattern: properties['EventPattern'] ?? null,
    state: properties['State'] === 'DISABLED' ? 'DISABLED' : 'ENABLED',
    targets: ruleTargetsOf(resource),
  };
}

/** The targets of a rule. */
export function ruleTargetsOf({ properties, logicalId }: DeployedResource): EventTarget[] {
  return listOf(properties['Targets']).map((target) => targetOf(asObject(target, `${logicalId}.Targets`), logicalId));
}

function targetOf(target: JsonObject, logicalId: string): EventTarget {
  const retry = target['RetryPolicy'];
  return {
    id: asString(target['Id'], `${logicalId}.Targets.Id`),
    arn: asString(target['Arn'], `${logicalId}.Targets.Arn`),
    ...inputOf(target, logicalId),
    ...(isObject(retry) ? { retryPolicy: retryPolicyOf(retry) } : {}),
    ...optional('deadLetterArn', memberOf(target['DeadLetterConfig'], 'Arn')),
    ...optional('messageGroupId', memberOf(target['SqsParameters'], 'MessageGroupId')),
  };
}

function inputOf(target: JsonObject, logicalId: string): Pick<EventTarget, 'input' | 'inputPath' | 'inputTransformer'> {
  const transformer = target['InputTransformer'];
  const paths = isObject(transformer) ? asObject(transformer['InputPathsMap'] ?? {}, `${logicalId}.InputPathsMap`) : {};
  return {
    ...optional('input', target['Input']),
    ...optional('inputPath', target['InputPath']),
    ...(isObject(transformer)
      ? {
          inputTransformer: {
            inputPathsMap: Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, asString(path, key)])),
            inputTemplate: asString(transformer['InputTemplate'], `${logicalId}.InputTemplate`),
          },
        }
      : {}),
  };
}

function retryPolicyOf(retry: JsonObject): NonNullable<EventTarget['retryPolicy']> {
  const attempts = retry['MaximumRetryAttempts'];
  const age = retry['MaximumEventAgeInSeconds'];
  return {
    ...(attempts === undefined ? {} : { maximumRetryAttempts: numberOr(attempts, 0, 'MaximumRetryAttempts') }),
    ...(age === undefined ? {} : { maximumEventAgeSeconds: numberOr(age, 0, 'MaximumEventAgeInSeconds') }),
  };
}

function busArnOf(bus: Json | undefined, { accountId, region }: LocalAccount): string {
  const name = typeof bus === 'string' ? bus : 'default';
  return name.startsWith('arn:') ? name : `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined;
}

function optional<K extends string>(key: K, value: Json | undefined): { [P in K]?: string } {
  return typeof value === 'string' ? ({ [key]: value } as { [P in K]: string }) : {};
}
