import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type JsonObject } from '../aws-service.ts';
import { isTextType } from './text-types.ts';

/** What an HTTP request says, in the terms of payload format 2.0. */
export interface ApiRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly requestId: string;
  readonly receivedAt: number;
}

/** Which API, stage and route a request arrived at. */
export interface RequestPlace {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Reads what API Gateway takes from a request: headers lower-cased and repeats joined by commas, cookies apart. */
export function apiRequestOf(message: IncomingMessage): ApiRequest {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const rawQueryString = mark < 0 ? '' : url.slice(mark + 1);
  const { cookie, ...headers } = joinedHeaders(message.rawHeaders);
  const sourceIp = message.socket.remoteAddress ?? '127.0.0.1';
  return {
    method: message.method ?? 'GET',
    rawPath: mark < 0 ? url : url.slice(0, mark),
    rawQueryString,
    headers: { ...headers, 'x-forwarded-for': sourceIp, 'x-forwarded-proto': 'http' },
    cookies: cookie === undefined ? [] : cookie.split(/;\s*/),
    query: rawQueryString === '' ? {} : joinedQuery(rawQueryString),
    protocol: `HTTP/${message.httpVersion}`,
    sourceIp,
    requestId: randomUUID(),
    receivedAt: Date.now(),
  };
}

function joinedHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const earlier = headers[name];
    const separator = name === 'cookie' ? '; ' : ',';
    headers[name] = earlier === undefined ? value : earlier + separator + value;
  }
  return headers;
}

function joinedQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const earlier = query[name];
    query[name] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return query;
}

/** The event that a function behind a route gets (payload format 2.0). */
export function requestEvent(
  request: ApiRequest,
  place: RequestPlace,
  body: Buffer,
  authorizer?: JsonObject,
): JsonObject {
  const isText = isTextType(request.headers['content-type']);
  return {
    version: '2.0',
    ...commonParts(request, place),
    requestContext: {
      ...requestContext(request, place),
      ...(authorizer ? { authorizer: { lambda: authorizer } } : {}),
    },
    ...(body.length > 0 ? { body: body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** The event that a REQUEST authorizer gets (payload format 2.0). */
export function authorizerEvent(
  request: ApiRequest,
  place: RequestPlace,
  identitySource: readonly string[],
  routeArn: string,
): JsonObject {
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn,
    identitySource: [...identitySource],
    ...commonParts(request, place),
    requestContext: requestContext(request, place),
  };
}

function commonParts(request: ApiRequest, place: RequestPlace): JsonObject {
  const { cookies, query, headers, rawPath, rawQueryString } = request;
  return {
    routeKey: place.routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(cookies.length > 0 ? { cookies: [...cookies] } : {}),
    ...(rawQueryString === '' ? {} : { queryStringParameters: query }),
    ...(Object.keys(place.pathParameters).length > 0 ? { pathParameters: place.pathParameters } : {}),
    ...(place.stageVariables ? { stageVariables: place.stageVariables } : {}),
  };
}

function requestContext(request: ApiRequest, place: RequestPlace): JsonObject {
  const { method, rawPath, protocol, sourceIp, headers, requestId, receivedAt } = request;
  return {
    accountId: place.accountId,
    apiId: place.apiId,
    domainName: headers['host'] ?? '',
    domainPrefix: place.apiId,
    http: { method, path: rawPath, protocol, sourceIp, userAgent: headers['user-agent'] ?? '' },
    requestId,
    routeKey: place.routeKey,
    stage: place.stage,
    time: commonLogTime(receivedAt),
    timeEpoch: receivedAt,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `22/Nov/2026:04:37:40 +0000`, as API Gateway writes a time. */
function commonLogTime(epochMs: number): string {
  const time = new Date(epochMs).toISOString();
  return `${time.slice(8, 10)}/${months[Number(time.slice(5, 7)) - 1]}/${time.slice(0, 4)}:${time.slice(11, 19)} +0000`;
}
