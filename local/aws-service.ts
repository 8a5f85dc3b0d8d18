/** Any JSON value; `undefined` members are left out when it is written. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** A JSON object as AWS services take and answer it. */
export type JsonObject = { [key: string]: Json | undefined };

/** An error that an AWS service answers: `code` goes out as `__type`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

/** One AWS JSON service behind the twin's single endpoint; dispatched by the part of X-Amz-Target before the dot. */
export interface AwsService {
  readonly target: string;
  call(operation: string, input: JsonObject, caller: string): Promise<JsonObject>;
}

/** What a Lambda invocation came back with; `functionError` as in the Invoke API. */
export interface InvokeResult {
  payload: Json;
  functionError?: 'Handled' | 'Unhandled';
}

/** Invokes a deployed function by name. Throws AwsError for throttles and unknown functions. */
export type InvokeFunction = (functionName: string, payload: Json, signal?: AbortSignal) => Promise<InvokeResult>;
