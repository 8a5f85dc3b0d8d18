import { type Json } from '../aws-service.ts';
import { isObject, numberOr, stringsOf } from '../template/json.ts';
import { type ApiRequest } from './request-event.ts';

/** An API's CORS settings. */
export interface CorsConfig {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds?: number;
}

/** Reads `CorsConfiguration`. */
export function corsConfigOf(value: Json | undefined): CorsConfig | undefined {
  if (!isObject(value)) return undefined;
  return {
    allowOrigins: stringsOf(value['AllowOrigins'], 'AllowOrigins'),
    allowMethods: stringsOf(value['AllowMethods'], 'AllowMethods'),
    allowHeaders: stringsOf(value['AllowHeaders'], 'AllowHeaders'),
    exposeHeaders: stringsOf(value['ExposeHeaders'], 'ExposeHeaders'),
    allowCredentials: value['AllowCredentials'] === true,
    ...(value['MaxAge'] === undefined ? {} : { maxAgeSeconds: numberOr(value['MaxAge'], 0, 'MaxAge') }),
  };
}

/** Whether a request asks for permission only; the API answers it itself. */
export function isPreflight({ method, headers }: ApiRequest): boolean {
  return method === 'OPTIONS' && 'origin' in headers && 'access-control-request-method' in headers;
}

/** Headers that an answer to this origin carries; none for an origin that is not allowed. */
export function corsHeaders(config: CorsConfig, { headers }: ApiRequest): Record<string, string> {
  const origin = allowedOrigin(config, headers['origin']);
  if (origin === undefined) return {};
  return withoutEmpty({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': config.allowCredentials ? 'true' : '',
    'access-control-expose-headers': config.exposeHeaders.join(','),
    vary: origin === '*' ? '' : 'Origin',
  });
}

/** Headers of the answer to a preflight request. */
export function preflightHeaders(config: CorsConfig, request: ApiRequest): Record<string, string> {
  const common = corsHeaders(config, request);
  if (!('access-control-allow-origin' in common)) return common;
  return withoutEmpty({
    ...common,
    'access-control-allow-methods': config.allowMethods.join(','),
    'access-control-allow-headers': config.allowHeaders.join(','),
    'access-control-max-age': config.maxAgeSeconds === undefined ? '' : String(config.maxAgeSeconds),
  });
}

function allowedOrigin({ allowOrigins, allowCredentials }: CorsConfig, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  if (allowOrigins.includes('*')) return allowCredentials ? origin : '*';
  const isAllowed = allowOrigins.some((allowed) => allowed === origin || matchesWildcard(allowed, origin));
  return isAllowed ? origin : undefined;
}

/** `https://*` and `http://*` allow every origin of that scheme. */
function matchesWildcard(allowed: string, origin: string): boolean {
  return allowed.endsWith('*') && origin.startsWith(allowed.slice(0, -1));
}

function withoutEmpty(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}
