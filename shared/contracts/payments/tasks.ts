import * as z from 'zod';
import { defineTask } from '../define-task.ts';

/** Authorizes what is not authorized yet. */
export const securePayment = defineTask({
  name: 'securePayment',
  capability: 'payments',
  summary: "Authorizes the order's pending gateway payments, once each, under the payment's own idempotency key.",
  input: z.object({ orderId: z.string() }),
  output: z.object({ orderId: z.string(), paymentStatus: z.string() }),
  refusals: ['payment-declined', 'provider-unavailable', 'not-found'],
});

/** Captures authorized money for what was not cancelled. */
export const capturePayment = defineTask({
  name: 'capturePayment',
  capability: 'payments',
  summary: 'Captures authorized gateway payments up to what was not cancelled; voids the rest.',
  input: z.object({ orderId: z.string() }),
  output: z.object({ orderId: z.string(), paymentStatus: z.string() }),
  refusals: ['payment-declined', 'provider-unavailable', 'not-found'],
});

/** Gives money back for an inspected return. */
export const refundReturn = defineTask({
  name: 'refundReturn',
  capability: 'payments',
  summary: 'Refunds an inspected return to the payments it was paid with, never more than was captured, once.',
  input: z.object({ returnId: z.string() }),
  output: z.object({ returnId: z.string(), refundedMinor: z.int() }),
  refusals: ['payment-declined', 'provider-unavailable', 'not-found', 'state-conflict'],
});
