import { type OnceKey } from '../../../shared/model/decide.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Principal } from '../../../shared/platform/http/call.ts';
import { bound } from '../../../shared/platform/http/principal.ts';
import { type AnswerCall } from '../domain/answer.ts';

interface HttpAnswer {
  readonly params: { readonly fulfillmentOrderId: string };
  readonly principal: Principal;
  readonly now: string;
  readonly once?: OnceKey;
}

/** Lets a key that is bound to a location or channel act only on that one's fulfillment orders. */
export const permitOf =
  (principal: Principal) =>
  ({ channelId, location }: FulfillmentOrder) =>
    bound(principal, { channelId, locationId: location });

/** A location's answer as the domain takes it, from a call of its route. */
export const answerCall = ({ params, principal, now, once }: HttpAnswer): AnswerCall => ({
  fulfillmentOrderId: params.fulfillmentOrderId,
  now,
  actor: principal.name,
  permit: permitOf(principal),
  ...(once && { once }),
});
