import path from 'node:path';
import { type FunctionConfig } from './function-config.ts';

/** Where a function finds AWS. */
export interface FunctionSurroundings {
  readonly region: string;
  readonly awsUrl: string;
  readonly dynamoDbUrl: string;
}

const accessKeyPrefix = 'LOCAL';

/** The access key id that a function signs with; the endpoint reads the caller from it. */
export function accessKeyOf(caller: string): string {
  return accessKeyPrefix + caller;
}

/** The caller behind a SigV4 `Authorization` header, or `''` for one that is not a function (an operator, a test). */
export function callerOf(authorization: string | undefined): string {
  const key = /Credential=([^/]+)\//.exec(authorization ?? '')?.[1] ?? '';
  return key.startsWith(accessKeyPrefix) ? key.slice(accessKeyPrefix.length) : '';
}

/** The environment of a function: its own variables, what Lambda sets, and where AWS is. Nothing of this machine's leaks in. */
export function environmentOf(config: FunctionConfig, surroundings: FunctionSurroundings): Record<string, string> {
  return {
    ...config.variables,
    ...lambdaVariables(config),
    ...awsVariables(config, surroundings),
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
  };
}

function lambdaVariables({ name, memoryMb, file, exportName }: FunctionConfig): Record<string, string> {
  return {
    _HANDLER: `${path.basename(file, '.mjs')}.${exportName}`,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(name),
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    // The host runs many invocations of one module at once; Powertools then keeps their state apart.
    AWS_LAMBDA_MAX_CONCURRENCY: '1000',
    LAMBDA_TASK_ROOT: path.dirname(file),
  };
}

function awsVariables({ name }: FunctionConfig, surroundings: FunctionSurroundings): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyOf(name),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_DEFAULT_REGION: surroundings.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: surroundings.awsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: surroundings.dynamoDbUrl,
    AWS_REGION: surroundings.region,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** The log group of a function. */
export function logGroupOf(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** The one log stream of every function here. */
export const logStreamName = 'local';
