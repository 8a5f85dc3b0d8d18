import * as z from 'zod';
import { AwsError, type InvokeFunction, type Json, type JsonObject } from '../aws-service.ts';
import { invokeLambda } from './invoke-lambda.ts';
import { StateError } from './state-error.ts';
import { functionNameOf, type TaskResource } from './task-resource.ts';

/**
 * Carries a call to another service of the twin: `('sqs', 'sendMessage', input)`; an error it answers is an AwsError.
 */
export type Integrations = (service: string, action: string, input: JsonObject) => Promise<Json>;

/** A call that a Task state makes. */
export interface ResourceCall {
  resource: Exclude<TaskResource, { kind: 'start-execution' }>;
  arguments: Json;
  executionArn: string;
  machineArn: string;
  signal: AbortSignal;
}

/** Makes the call and answers the task's result. Throws {@link StateError} with the name AWS gives the error. */
export type CallResource = (call: ResourceCall) => Promise<Json>;

const lambdaArguments = z.strictObject({
  FunctionName: z.string(),
  Payload: z.json().default({}),
  InvocationType: z.literal('RequestResponse').optional(),
  Qualifier: z.string().optional(),
});
const eventEntries = z.looseObject({
  Entries: z.array(z.looseObject({ Detail: z.json().optional(), Resources: z.array(z.string()).optional() })),
});
const failedEntries = z.object({ FailedEntryCount: z.int().positive() });
const parameters: z.ZodType<JsonObject> = z.record(z.string(), z.json());

/** How the service's name begins an error name; AWS derives it from its Java client. Others are capitalized. */
const errorPrefixes: Record<string, string> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  'dynamodb-optimized': 'DynamoDB',
};

function serviceError(service: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const prefix = errorPrefixes[service] ?? service.charAt(0).toUpperCase() + service.slice(1);
  const code = error.code.endsWith('Exception') ? error.code : `${error.code}Exception`;
  return new StateError(`${prefix}.${code}`, error.message, { cause: error });
}

function parseArguments<T>(schema: z.ZodType<T>, value: Json): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StateError('States.Runtime', `The Arguments do not fit the task: ${z.prettifyError(parsed.error)}`);
}

const asText = (value: Json | undefined): Json | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

/** As AWS does: details become text, and the entry says which execution it came from. */
function eventsOf({ arguments: input, executionArn, machineArn }: ResourceCall): JsonObject {
  const { Entries, ...rest } = parseArguments(eventEntries, input);
  const entries = Entries.map(({ Detail, Resources = [], ...entry }) => ({
    ...parameters.parse(entry),
    Detail: asText(Detail),
    Resources: [...Resources, executionArn, machineArn],
  }));
  return { ...parameters.parse(rest), Entries: entries };
}

async function putEvents(integrations: Integrations, call: ResourceCall): Promise<Json> {
  const result = await integrations('events', 'putEvents', eventsOf(call));
  if (!failedEntries.safeParse(result).success) return result;
  throw new StateError('EventBridge.FailedEntry', JSON.stringify(result));
}

function sendMessage(integrations: Integrations, call: ResourceCall): Promise<Json> {
  const input = parseArguments(parameters, call.arguments);
  return integrations('sqs', 'sendMessage', { ...input, MessageBody: asText(input['MessageBody']) });
}

async function invokeByArguments(invoke: InvokeFunction, call: ResourceCall): Promise<Json> {
  const { FunctionName, Payload } = parseArguments(lambdaArguments, call.arguments);
  const payload = await invokeLambda(invoke, functionNameOf(FunctionName), Payload, call.signal);
  return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
}

/** Connects tasks to the functions and services of the twin. */
export function createCallResource(invoke: InvokeFunction, integrations: Integrations): CallResource {
  const guarded = (service: string, work: Promise<Json>): Promise<Json> =>
    work.catch((error: unknown) => {
      throw serviceError(service, error);
    });
  return async (call) => {
    const { resource } = call;
    switch (resource.kind) {
      case 'lambda-function':
        return invokeLambda(invoke, resource.functionName, call.arguments, call.signal);
      case 'lambda-invoke':
        return invokeByArguments(invoke, call);
      case 'put-events':
        return guarded('eventbridge', putEvents(integrations, call));
      case 'send-message':
        return guarded('sqs', sendMessage(integrations, call));
      case 'service': {
        const input = parseArguments(parameters, call.arguments);
        const name = resource.sdk ? resource.service : `${resource.service}-optimized`;
        return guarded(name, integrations(resource.service, resource.action, input));
      }
    }
  };
}
