import { StripeRefusal, missing } from './errors.ts';
import { type SandboxIntent, idOf } from './objects.ts';

/** Stripe's test payment methods, as far as they matter here: https://docs.stripe.com/testing */
const cards: Readonly<
  Record<
    string,
    {
      readonly decline?: string;
      readonly message?: string;
      readonly code?: string;
      readonly asks?: true;
      readonly refund?: 'pending' | 'failed';
    }
  >
> = {
  pm_card_visa: {},
  pm_card_mastercard: {},
  pm_card_amex: {},
  pm_card_chargeDeclined: { decline: 'generic_decline', message: 'Your card was declined.' },
  pm_card_visa_chargeDeclined: { decline: 'generic_decline', message: 'Your card was declined.' },
  pm_card_visa_chargeDeclinedInsufficientFunds: {
    decline: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  pm_card_chargeDeclinedExpiredCard: { code: 'expired_card', message: 'Your card has expired.' },
  pm_card_authenticationRequired: { asks: true },
  pm_card_pendingRefund: { refund: 'pending' },
  // Stripe's own fails some time later; here it fails at once, so that a test need not wait.
  pm_card_refundFail: { refund: 'failed' },
};

/** How a refund to the card begins. */
export const refundStatusOf = (method: string | null): 'succeeded' | 'pending' | 'failed' =>
  cards[method ?? '']?.refund ?? 'succeeded';

/** Confirms an intent with its card: authorized, asked for more, or declined with 402 as Stripe words it. */
export function confirm(intent: SandboxIntent, errorOnAction: boolean): void {
  const method = intent.payment_method ?? '';
  const card = cards[method];
  if (card === undefined) throw missing('PaymentMethod', method, 400, 'payment_method');
  if (card.asks === true && !errorOnAction) {
    intent.status = 'requires_action';
    return;
  }
  if (card.asks === true) {
    throw decline(intent, {
      code: 'authentication_required',
      decline_code: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    });
  }
  if (card.message !== undefined) {
    throw decline(intent, {
      code: card.code ?? 'card_declined',
      ...(card.decline !== undefined && { decline_code: card.decline }),
      message: card.message,
    });
  }
  intent.latest_charge = idOf('ch');
  intent.status = intent.capture_method === 'manual' ? 'requires_capture' : 'succeeded';
  intent.amount_capturable = intent.capture_method === 'manual' ? intent.amount : 0;
  intent.amount_received = intent.amount - intent.amount_capturable;
}

function decline(intent: SandboxIntent, about: Readonly<Record<string, string>>): StripeRefusal {
  const method = { id: intent.payment_method, object: 'payment_method', type: 'card' };
  intent.latest_charge = idOf('ch');
  const error = {
    type: 'card_error',
    charge: intent.latest_charge,
    doc_url: `https://stripe.com/docs/error-codes/${about['code'] ?? ''}`,
    ...about,
    payment_method: method,
  };
  intent.last_payment_error = error;
  intent.payment_method = null;
  intent.status = 'requires_payment_method';
  return new StripeRefusal(402, { ...error, payment_intent: structuredClone(intent) });
}
