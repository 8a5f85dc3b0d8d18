import path from 'node:path';
import { type JsonObject } from '../aws-service.ts';
import { codeDirectoryOf } from '../template/assets.ts';
import { type DeployedResource } from '../template/cloudformation.ts';
import { asObject, asString, isObject, numberOr } from '../template/json.ts';

/** A deployed function as the template declares it. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Absolute path of the module that holds the handler. */
  readonly file: string;
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Most invocations that run at once; 0 throttles all. */
  readonly reservedConcurrency?: number;
  /** Where an asynchronous event goes after its last failed attempt (`DeadLetterConfig`). */
  readonly deadLetterArn?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Reads a function from its resolved resource. */
export function functionConfigOf(resource: DeployedResource): FunctionConfig {
  const { properties, logicalId, name, arn } = resource;
  const [module, exportName] = handlerOf(properties, logicalId);
  const reserved = properties['ReservedConcurrentExecutions'];
  const deadLetter = properties['DeadLetterConfig'];
  const deadLetterArn = isObject(deadLetter) ? deadLetter['TargetArn'] : undefined;
  return {
    name,
    arn,
    roleArn: asString(properties['Role'], `${logicalId}.Role`),
    file: path.join(codeDirectoryOf(resource), `${module}.mjs`),
    exportName,
    timeoutSeconds: numberOr(properties['Timeout'], 3, `${logicalId}.Timeout`),
    memoryMb: numberOr(properties['MemorySize'], 128, `${logicalId}.MemorySize`),
    variables: variablesOf(properties, logicalId),
    ...(reserved === undefined ? {} : { reservedConcurrency: numberOr(reserved, 0, logicalId) }),
    ...(typeof deadLetterArn === 'string' ? { deadLetterArn } : {}),
  };
}

function handlerOf(properties: JsonObject, logicalId: string): [module: string, exportName: string] {
  const runtime = asString(properties['Runtime'], `${logicalId}.Runtime`);
  if (!runtime.startsWith('nodejs')) throw new Error(`${logicalId}: runtime ${runtime} is not supported by the twin`);
  const handler = asString(properties['Handler'], `${logicalId}.Handler`);
  const dot = handler.lastIndexOf('.');
  if (dot < 0) throw new Error(`${logicalId}: handler ${handler} has no export name`);
  return [handler.slice(0, dot), handler.slice(dot + 1)];
}

function variablesOf(properties: JsonObject, logicalId: string): Record<string, string> {
  const environment = properties['Environment'];
  if (!isObject(environment)) return {};
  const variables = asObject(environment['Variables'] ?? {}, `${logicalId}.Environment.Variables`);
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => {
      if (typeof value === 'number' || typeof value === 'boolean') return [key, String(value)];
      return [key, asString(value, `${logicalId}.Environment.Variables.${key}`)];
    }),
  );
}
