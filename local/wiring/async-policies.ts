import { type AsyncPolicy } from '../lambda/async-invocations.ts';
import { type FunctionConfig } from '../lambda/function-config.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { asString, isObject, numberOr } from '../template/json.ts';

const defaultRetries = 2;

/** How each function is tried again on asynchronous events: `AWS::Lambda::EventInvokeConfig` and `DeadLetterConfig`. */
export function asyncPolicies(
  functions: readonly FunctionConfig[],
  configs: readonly DeployedResource[],
): (functionName: string) => AsyncPolicy {
  const byFunction = new Map(configs.map((config) => [functionOf(config), config]));
  const policies = new Map(functions.map((each) => [each.name, policyOf(each, byFunction.get(each.name))]));
  return (functionName) => policies.get(functionName) ?? { maximumRetryAttempts: defaultRetries };
}

function functionOf({ properties, logicalId }: DeployedResource): string {
  const name = asString(properties['FunctionName'], `${logicalId}.FunctionName`);
  return name.startsWith('arn:') ? (name.split(':')[6] ?? name) : name;
}

function policyOf({ deadLetterArn }: FunctionConfig, config: DeployedResource | undefined): AsyncPolicy {
  const retries = config?.properties['MaximumRetryAttempts'];
  const destinations = config?.properties['DestinationConfig'];
  const onFailure = isObject(destinations) ? destinations['OnFailure'] : undefined;
  const onFailureArn = isObject(onFailure) ? onFailure['Destination'] : undefined;
  return {
    maximumRetryAttempts: numberOr(retries, defaultRetries, 'MaximumRetryAttempts'),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    ...(typeof onFailureArn === 'string' ? { onFailureArn } : {}),
  };
}
