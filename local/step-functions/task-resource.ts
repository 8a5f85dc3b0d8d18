/** What a Task state's `Resource` asks for. */
export type TaskResource =
  | { kind: 'lambda-function'; functionName: string }
  | { kind: 'lambda-invoke'; token: boolean }
  | { kind: 'start-execution'; sync: boolean }
  | { kind: 'put-events' }
  | { kind: 'send-message'; token: boolean }
  | { kind: 'service'; service: string; action: string; sdk: boolean };

const optimized = new Map<string, TaskResource>([
  ['lambda:invoke', { kind: 'lambda-invoke', token: false }],
  ['lambda:invoke.waitForTaskToken', { kind: 'lambda-invoke', token: true }],
  ['states:startExecution', { kind: 'start-execution', sync: false }],
  ['states:startExecution.sync:2', { kind: 'start-execution', sync: true }],
  ['events:putEvents', { kind: 'put-events' }],
  ['sqs:sendMessage', { kind: 'send-message', token: false }],
  ['sqs:sendMessage.waitForTaskToken', { kind: 'send-message', token: true }],
  // The four that AWS optimizes; others go through aws-sdk.
  // https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html
  ...['getItem', 'putItem', 'updateItem', 'deleteItem'].map((action): [string, TaskResource] => [
    `dynamodb:${action}`,
    { kind: 'service', service: 'dynamodb', action, sdk: false },
  ]),
]);

const lambdaArn = /^arn:aws[\w-]*:lambda:[\w-]+:\d+:function:([\w-]+)(?::[\w$-]+)?$/;
const integrationArn = /^arn:aws[\w-]*:states:[\w-]*:\d*:(.+)$/;
const sdkCall = /^aws-sdk:([a-z0-9]+):([a-z][a-zA-Z0-9]*)$/;

/** The name in `name`, `name:qualifier`, an ARN, or an ARN with a qualifier. */
export function functionNameOf(reference: string): string {
  return lambdaArn.exec(reference)?.[1] ?? reference.replace(/^\d+:function:/, '').replace(/:[\w$-]+$/, '');
}

/** Reads a `Resource`; `undefined` for one that the twin does not have. */
export function parseTaskResource(resource: string): TaskResource | undefined {
  const functionName = lambdaArn.exec(resource)?.[1];
  if (functionName !== undefined) return { kind: 'lambda-function', functionName };
  const integration = integrationArn.exec(resource)?.[1];
  if (integration === undefined) return undefined;
  const [, service, action] = sdkCall.exec(integration) ?? [];
  if (service !== undefined && action !== undefined) return { kind: 'service', service, action, sdk: true };
  return optimized.get(integration);
}

/** Whether the task ends by a callback rather than with its call. */
export const waitsForToken = (resource: TaskResource): boolean => 'token' in resource && resource.token;

/** A resource's two names in the history: `lambda` and `invoke.waitForTaskToken`. */
export function resourceNames(resource: string): { resourceType: string; resource: string } {
  const integration = integrationArn.exec(resource)?.[1] ?? resource;
  const split = integration.lastIndexOf(':', integration.endsWith(':2') ? integration.length - 3 : undefined);
  return { resourceType: integration.slice(0, split), resource: integration.slice(split + 1) };
}
