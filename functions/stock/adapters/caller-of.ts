import { type OnceKey } from '../../../shared/model/decide.ts';
import { type Principal } from '../../../shared/platform/http/call.ts';
import { bound } from '../../../shared/platform/http/principal.ts';

/** The part of a call that says who does something, when, where that caller may, and under which key. */
export interface CallPart {
  readonly principal: Principal;
  readonly now: string;
  readonly once?: OnceKey;
}

/** Whether a caller may act at a location: a key may be bound to one. */
export const permitOf = (principal: Principal) => (locationId: string) => bound(principal, { locationId });

/** Whoever calls, for a use case about counts or transfers. */
export const callerOf = ({ principal, now, once }: CallPart) => ({
  now,
  actor: principal.name,
  permit: permitOf(principal),
  ...(once && { once }),
});
