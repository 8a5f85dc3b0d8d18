import { type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';
import { dynamoDbNeeds } from './dynamodb-needs.ts';
import { type Locality } from './locality.ts';
import { type Need } from './policy.ts';

type NeedsOf = (operation: string, input: JsonObject, locality: Locality) => Need[];

const byTarget: Readonly<Record<string, NeedsOf>> = {
  DynamoDB_20120810: dynamoDbNeeds,
  AmazonSQS: sqsNeeds,
  AWSEvents: eventNeeds,
  AWSStepFunctions: stateNeeds,
  secretsmanager: secretNeeds,
};

/** What a call to a JSON service needs to be allowed, by the part of X-Amz-Target before the dot. */
export function needsOf(target: string, operation: string, input: JsonObject, locality: Locality): Need[] {
  const needs = byTarget[target];
  if (!needs) throw new Error(`No IAM actions are known for ${target}.${operation}`);
  return needs(operation, input, locality);
}

function sqsNeeds(operation: string, input: JsonObject, { accountId, region }: Locality): Need[] {
  const action = `sqs:${operation.replace(/Batch$/, '')}`;
  if (typeof input['SourceArn'] === 'string') return [{ action, resource: input['SourceArn'] }];
  const queue = input['QueueUrl'] ?? input['QueueName'];
  if (typeof queue !== 'string') return [{ action, resource: '*' }];
  return [{ action, resource: `arn:aws:sqs:${region}:${accountId}:${queue.slice(queue.lastIndexOf('/') + 1)}` }];
}

function eventNeeds(operation: string, input: JsonObject, { accountId, region }: Locality): Need[] {
  const arnOf = (bus: string): string =>
    bus.startsWith('arn:') ? bus : `arn:aws:events:${region}:${accountId}:event-bus/${bus}`;
  const buses = listOf(input['Entries']).map((entry) => {
    const name = isObject(entry) ? entry['EventBusName'] : undefined;
    return arnOf(typeof name === 'string' ? name : 'default');
  });
  return [...new Set(buses)].map((resource) => ({ action: `events:${operation}`, resource }));
}

/** A task token does not say whose it is: the right to answer some state machine's tasks is enough here. */
function stateNeeds(operation: string, input: JsonObject): Need[] {
  const resource = input['executionArn'] ?? input['stateMachineArn'] ?? input['StateMachineArn'];
  const action = `states:${operation}`;
  if (typeof resource === 'string') return [{ action, resource }];
  return [{ action, resource: operation.startsWith('SendTask') ? 'any' : '*' }];
}

/** An ARN ends in six characters that nobody knows beforehand; policies name them by a wildcard, which these six stand for here. */
function secretNeeds(operation: string, input: JsonObject, { accountId, region }: Locality): Need[] {
  const action = `secretsmanager:${operation}`;
  const id = input['SecretId'] ?? input['Name'];
  if (typeof id !== 'string') return [{ action, resource: '*' }];
  const resource = id.startsWith('arn:') ? id : `arn:aws:secretsmanager:${region}:${accountId}:secret:${id}-AbCdEf`;
  return [{ action, resource }];
}

const scheduleActions: Readonly<Record<string, string>> = {
  POST: 'CreateSchedule',
  PUT: 'UpdateSchedule',
  GET: 'GetSchedule',
  DELETE: 'DeleteSchedule',
};

/** What a call to `/schedules/NAME` of EventBridge Scheduler needs. */
export function scheduleNeeds(method: string, url: string, { accountId, region }: Locality): Need[] {
  const name = decodeURIComponent(url.split('?', 1)[0]?.split('/')[2] ?? '');
  const resource = `arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`;
  return [{ action: `scheduler:${scheduleActions[method] ?? method}`, resource }];
}

/** What invoking a function needs. */
export function invokeNeeds(functionArn: string): Need[] {
  return [{ action: 'lambda:InvokeFunction', resource: functionArn }];
}
