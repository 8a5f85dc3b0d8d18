import { type Json, type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';
import { type Need } from './policy.ts';
import { type Locality } from './locality.ts';
import { needsOf } from './service-needs.ts';

const targets: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDB_20120810',
  sqs: 'AmazonSQS',
  events: 'AWSEvents',
  eventbridge: 'AWSEvents',
  sfn: 'AWSStepFunctions',
  states: 'AWSStepFunctions',
};

/**
 * What a state machine's role has to allow, as far as its definition names it literally; what an expression computes is left out.
 * `arn:aws:states:::lambda:invoke` → `lambda:InvokeFunction` and so on.
 */
export function processNeeds(definition: Json, locality: Locality): Need[] {
  if (Array.isArray(definition)) return definition.flatMap((item) => processNeeds(item, locality));
  if (!isObject(definition)) return [];
  const own = definition['Type'] === 'Task' ? taskNeeds(definition, locality) : [];
  return [...own, ...Object.values(definition).flatMap((value) => processNeeds(value ?? null, locality))];
}

function taskNeeds(task: JsonObject, locality: Locality): Need[] {
  const resource = typeof task['Resource'] === 'string' ? task['Resource'] : '';
  if (resource.includes(':function:')) return [{ action: 'lambda:InvokeFunction', resource }];
  const match = /^arn:aws:states:::(?:aws-sdk:)?([a-z]+):([A-Za-z]+)/.exec(resource);
  const input = task['Arguments'];
  if (!match || !isObject(input)) return [];
  const [, service = '', action = ''] = match;
  if (service === 'lambda') return invokeNeed(input['FunctionName'], locality);
  const target = targets[service];
  if (target === undefined || !namesResource(input)) return [];
  return needsOf(target, action.charAt(0).toUpperCase() + action.slice(1), input, locality);
}

function invokeNeed(name: Json | undefined, { accountId, region }: Locality): Need[] {
  if (typeof name !== 'string' || isExpression(name)) return [];
  const resource = name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  return [{ action: 'lambda:InvokeFunction', resource }];
}

function namesResource(input: JsonObject): boolean {
  const entries = listOf(input['Entries']).map((entry) => (isObject(entry) ? entry['EventBusName'] : undefined));
  const names = [input['TableName'], input['QueueUrl'], input['StateMachineArn'], ...entries];
  const given = names.filter((name) => typeof name === 'string');
  return given.length > 0 && !given.some(isExpression);
}

function isExpression(text: string): boolean {
  return text.startsWith('{%');
}
