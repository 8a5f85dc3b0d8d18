import * as z from 'zod';
import { type RefusalCode } from '../kernel/refusal.ts';

/** What an API key or token may be allowed to do; `*` is everything. */
export const scopes = [
  'orders:read',
  'orders:write',
  'stock:read',
  'stock:write',
  'fulfillment:read',
  'fulfillment:write',
  'returns:read',
  'returns:write',
  'network:read',
  'network:write',
  'access:write',
] as const;
/** One of the scopes that a route asks for. */
export type Scope = (typeof scopes)[number];

/** One HTTP route, declared once: the handler's parser, the API's route, its OpenAPI page and its tests derive from it. */
export interface ApiContract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly capability: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path with `{parameters}`. */
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope | 'public';
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly status: 200 | 201 | 202;
  readonly response: Response;
  /** The refusals that this route may answer, besides those that every route may. */
  readonly refusals: readonly RefusalCode[];
  /** The largest body that is read, in bytes. */
  readonly maximumBodyBytes: number;
}

/** A body that must not be there. */
export const noBody = z.undefined();

/**
 * Declares a route. A POST is done at most once per `Idempotency-Key` (required), so its use case hands that key to its commit.
 */
export function defineApi<
  Params extends z.ZodType = z.ZodObject<Record<string, never>>,
  Query extends z.ZodType = z.ZodObject<Record<string, never>>,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodType,
>(declaration: {
  readonly id: string;
  readonly capability: string;
  readonly method: ApiContract['method'];
  readonly path: string;
  readonly summary: string;
  readonly scope: Scope | 'public';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly status?: 200 | 201 | 202;
  readonly response: Response;
  readonly refusals?: readonly RefusalCode[];
  readonly maximumBodyBytes?: number;
}): ApiContract<Params, Query, Body, Response> {
  const nothing = z.strictObject({});
  return {
    ...declaration,
    params: declaration.params ?? (nothing as unknown as Params),
    query: declaration.query ?? (nothing as unknown as Query),
    body: declaration.body ?? (noBody as unknown as Body),
    status: declaration.status ?? 200,
    refusals: declaration.refusals ?? [],
    maximumBodyBytes: declaration.maximumBodyBytes ?? 256 * 1024,
  };
}
