import type * as z from 'zod';
import { type ApiContract, type Scope } from '../../contracts/define-api.ts';
import { type Result } from '../../kernel/result.ts';
import { type OnceKey } from '../../model/decide.ts';

/** Who calls: a key or a token, what it may do, and what it is bound to. */
export interface Principal {
  /** Stable and unique: the hash of a key, the subject of a token. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly (Scope | '*')[];
  readonly channelId?: string;
  readonly locationId?: string;
}

/** One parsed call of a route. */
export interface ApiCall<C extends ApiContract> {
  readonly params: z.infer<C['params']>;
  readonly query: z.infer<C['query']>;
  readonly body: z.infer<C['body']>;
  readonly principal: Principal;
  /** When it was taken in, RFC 3339 UTC. */
  readonly now: string;
  /** On every POST: what the use case hands to its commit. */
  readonly once?: OnceKey;
}

/** What stands behind a route. */
export type ApiUseCase<C extends ApiContract> = (call: ApiCall<C>) => Promise<Result<z.input<C['response']>>>;
