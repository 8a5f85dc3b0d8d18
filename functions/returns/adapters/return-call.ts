import { type OnceKey } from '../../../shared/model/decide.ts';
import { type Principal } from '../../../shared/platform/http/call.ts';
import { bound } from '../../../shared/platform/http/principal.ts';
import { type Call, type Permit, type ReturnCall } from '../domain/call.ts';

interface HttpCall {
  readonly principal: Principal;
  readonly now: string;
  readonly once?: OnceKey;
}

/** Lets a key that is bound to a channel or location act only for that one. */
export const permitOf =
  (principal: Principal): Permit =>
  ({ channelId, location }) =>
    bound(principal, { channelId, locationId: location });

/** The caller's part of a use case, from a call of its route. */
export const callOf = ({ principal, now, once }: HttpCall): Call => ({
  now,
  actor: principal.name,
  permit: permitOf(principal),
  ...(once && { once }),
});

/** The same for a route about one return. */
export const returnCall = (call: HttpCall & { readonly params: { readonly returnId: string } }): ReturnCall => ({
  ...callOf(call),
  returnId: call.params.returnId,
});
