import { type Scope } from '../../contracts/define-api.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Principal } from './call.ts';

/** A principal as the authorizer passes it on: flat texts. */
export const contextOf = ({
  id,
  name,
  scopes,
  channelId = '',
  locationId = '',
}: Principal): Record<string, string> => ({
  id,
  name,
  scopes: scopes.join(' '),
  channelId,
  locationId,
});

/** Who the authorizer found; on a public route, nobody. */
export function principalOf(event: { readonly requestContext: object }): Principal {
  const { authorizer } = event.requestContext as {
    readonly authorizer?: { readonly lambda?: Readonly<Record<string, string>> | null };
  };
  const { id = 'anonymous', name = 'anonymous', scopes = '', channelId, locationId } = authorizer?.lambda ?? {};
  return {
    id,
    name,
    scopes: scopes.split(' ').filter(Boolean) as (Scope | '*')[],
    ...(channelId ? { channelId } : {}),
    ...(locationId ? { locationId } : {}),
  };
}

/** Refuses a key that is bound to another channel or location than the one it is used for. */
export function bound(
  principal: Principal,
  to: { readonly channelId?: string; readonly locationId?: string },
): Result<true> {
  for (const field of ['channelId', 'locationId'] as const) {
    if (principal[field] !== undefined && to[field] !== undefined && principal[field] !== to[field]) {
      return refuse('forbidden', `This key is bound to ${principal[field]} and cannot act for ${to[field]}.`);
    }
  }
  return ok(true);
}
