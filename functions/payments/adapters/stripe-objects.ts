import * as z from 'zod';

/** A payment intent, as far as it decides something. Unknown statuses are let through and judged as not yet settled. */
export const paymentIntent = z.object({
  id: z.string().min(1),
  status: z.string(),
  currency: z.string(),
  amount_received: z.int().default(0),
  last_payment_error: z.object({ message: z.string().nullish() }).nullish(),
});
/** A payment intent: https://docs.stripe.com/api/payment_intents/object */
export type PaymentIntent = z.infer<typeof paymentIntent>;

/** A refund: https://docs.stripe.com/api/refunds/object */
export const stripeRefund = z.object({
  id: z.string().min(1),
  status: z.string().nullable(),
  failure_reason: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
/** A refund as Stripe knows it. */
export type StripeRefund = z.infer<typeof stripeRefund>;

/** One page of a list or of a search. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item) });
