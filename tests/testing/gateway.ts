import { type StripeSandbox } from '../sandboxes/stripe.ts';
import { usd } from './steps.ts';

/** A payment of an order by card, in cents; Stripe's test cards decide how it goes. */
export const card = (amount: number, paymentMethod = 'pm_card_visa') =>
  ({ provider: 'gateway', amount: usd(amount), paymentMethod }) as const;

/** What the gateway knows of one order. */
export const gatewayView = (stripe: StripeSandbox) => ({
  /** Its authorizations, oldest first. */
  intents: (orderId: string) => stripe.intents().filter(({ metadata }) => metadata['order_id'] === orderId),
  /** Its refunds, oldest first. */
  refunds: (orderId: string) => stripe.refunds().filter(({ metadata }) => metadata['order_id'] === orderId),
  /** Idempotency keys of the calls that were to have an effect on it. */
  keys: (orderId: string, path: RegExp): string[] =>
    stripe.requests().flatMap(({ method, path: asked, key }) => {
      const isMeant = method === 'POST' && path.test(asked) && key?.startsWith(orderId) === true;
      return isMeant ? [key] : [];
    }),
  /** The next call of some kind is answered with 500, and the one after it loses its answer after its effect. */
  stumble: (only: string) => {
    stripe.fault({ status: 500, only });
    stripe.fault({ dropAfterEffect: true, only });
  },
});
