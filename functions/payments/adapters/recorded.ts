import { ok } from '../../../shared/kernel/result.ts';
import { type PaymentProvider } from '../ports.ts';

/** What is written on a refund of money that the channel took. */
export const recordedRefundDetail =
  'Recorded only: the channel took this money and has to pay it back. This version does not tell the channel; its connector will.';

/**
 * Money that the channel took. Nothing moves here: authorizations and captures are facts already, and a refund is written down for the
 * channel to pay, with a detail that says so.
 */
export const recorded: PaymentProvider = {
  stepMinor: () => 1,
  authorize: () => Promise.resolve(ok({})),
  capture: ({ amount }) => Promise.resolve(ok({ capturedMinor: amount.amount })),
  void: () => Promise.resolve(ok(null)),
  refund: () => Promise.resolve(ok({ detail: recordedRefundDetail })),
};
