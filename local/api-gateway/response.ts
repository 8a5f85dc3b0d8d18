import { type InvokeResult, type Json, type JsonObject } from '../aws-service.ts';
import { isObject, listOf } from '../template/json.ts';

/** What goes back over HTTP. `headers` may hold a list, for cookies. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer;
}

/** API Gateway's own answer: `{"message": …}`. */
export function gatewayMessage(status: number, message: string): ApiResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

const internalError = gatewayMessage(500, 'Internal Server Error');

/**
 * Reads a function's result as payload format 2.0 does: an object with `statusCode` is a response; anything else is the body of a 200.
 * A function error and a malformed response are a 500 that tells nothing.
 */
export function apiResponseOf({ payload, functionError }: InvokeResult): ApiResponse {
  if (functionError) return internalError;
  if (!isObject(payload) || payload['statusCode'] === undefined) return inferred(payload);
  const status = Number(payload['statusCode']);
  const body = payload['body'] ?? '';
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== 'string') return internalError;
  const isBinary = payload['isBase64Encoded'] === true;
  return { status, headers: headersOf(payload), body: isBinary ? Buffer.from(body, 'base64') : body };
}

function inferred(payload: Json): ApiResponse {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

/** Set by the connection, not by a function. */
const ownedByConnection = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);

function headersOf({ headers, cookies }: JsonObject): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = { 'content-type': 'text/plain; charset=utf-8' };
  for (const [name, value] of Object.entries(isObject(headers) ? headers : {})) {
    const key = name.toLowerCase();
    if (value === undefined || value === null || ownedByConnection.has(key)) continue;
    result[key] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  const setCookies = listOf(cookies).filter((cookie) => typeof cookie === 'string');
  if (setCookies.length > 0) result['set-cookie'] = setCookies;
  return result;
}
