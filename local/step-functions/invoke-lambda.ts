import * as z from 'zod';
import { AwsError, type InvokeFunction, type Json } from '../aws-service.ts';
import { StateError } from './state-error.ts';

const functionFailure = z.looseObject({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** What a failed function leaves: the error's own name, and AWS's JSON as the cause. */
function functionError(payload: Json): StateError {
  const failure = functionFailure.safeParse(payload);
  const name = failure.success ? failure.data.errorType : undefined;
  return new StateError(name ?? 'Lambda.Unknown', JSON.stringify(payload));
}

/** `TooManyRequestsException` comes to a state machine as `Lambda.TooManyRequestsException`. */
function invokeError(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const cause = `${error.message} (Service: Lambda, Status Code: ${error.status})`;
  return new StateError(`Lambda.${error.code}`, cause, { cause: error });
}

/**
 * Invokes a function and answers its payload. Throws {@link StateError}: the function's own error by its name,
 * Lambda's as `Lambda.…`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export async function invokeLambda(
  invoke: InvokeFunction,
  functionName: string,
  payload: Json,
  signal: AbortSignal,
): Promise<Json> {
  const result = await invoke(functionName, payload, signal).catch((error: unknown) => {
    throw invokeError(error);
  });
  if (result.functionError !== undefined) throw functionError(result.payload);
  return result.payload;
}
