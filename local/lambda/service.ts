import { AwsError, type InvokeResult, type Json } from '../aws-service.ts';
import { parseJson } from '../template/json.ts';
import { type AsyncInvocations } from './async-invocations.ts';
import { type FunctionPool } from './pool.ts';

/** The answer to a Lambda Invoke call. */
export interface InvokeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const invokePath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** The function that a Lambda REST path invokes, or `undefined` for another path. */
export function invokedFunction(pathname: string): string | undefined {
  const name = invokePath.exec(pathname)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/** Lambda's `POST /2015-03-31/functions/{name}/invocations`: RequestResponse, Event and DryRun. */
export async function answerInvoke(
  { pool, events }: { pool: FunctionPool; events: AsyncInvocations },
  functionName: string,
  invocationType: string,
  body: string,
): Promise<InvokeAnswer> {
  const { name } = pool.config(functionName);
  const payload = parsePayload(body);
  switch (invocationType) {
    case 'RequestResponse':
      return synchronous(await pool.invoke(name, payload));
    case 'Event':
      events.enqueue(name, payload);
      return { status: 202, headers: {}, body: '' };
    case 'DryRun':
      return { status: 204, headers: {}, body: '' };
    default:
      throw new AwsError('InvalidParameterValueException', `InvocationType ${invocationType} is not known`);
  }
}

function synchronous({ payload, functionError }: InvokeResult): InvokeAnswer {
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  const error: Record<string, string> = functionError ? { 'x-amz-function-error': functionError } : {};
  return { status: 200, headers: { ...headers, ...error }, body: JSON.stringify(payload) };
}

function parsePayload(body: string): Json {
  if (body === '') return {};
  try {
    return parseJson(body);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${detail}`);
  }
}
