import { type InvokeResult, type JsonObject } from '../aws-service.ts';

/** How the log of a failed invocation begins, as in Lambda's own runtime; the error as JSON follows. */
export const invocationErrorPrefix = 'Invoke Error ';

/** A handler's exception as Lambda reports it. */
export function errorPayload(error: unknown): JsonObject {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** What a caller sees when the function did not answer in time. */
export function timedOut(requestId: string, timeoutSeconds: number): InvokeResult {
  return unhandled(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  );
}

/** What a caller sees when the process that ran the function ended. */
export function runtimeExited(requestId: string, status: string): InvokeResult {
  return unhandled('Runtime.ExitError', `RequestId: ${requestId} Error: Runtime exited with error: ${status}`);
}

/** What a caller sees when the answer is larger than Lambda lets through. */
export function responseTooLarge(bytes: number, limit: number): JsonObject {
  const message = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${limit} bytes).`;
  return { errorType: 'Function.ResponseSizeTooLarge', errorMessage: message };
}

function unhandled(errorType: string, errorMessage: string): InvokeResult {
  return { payload: { errorType, errorMessage }, functionError: 'Unhandled' };
}
