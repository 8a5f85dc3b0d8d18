import { type Params, hashOf, textOf } from './form.ts';
import { invalid, missing, refused } from './errors.ts';
import { type SandboxIntent, type SandboxRefund, idOf, seconds } from './objects.ts';
import { amountOf, moneyText, onlyKnown, oneOf, required } from './parameters.ts';
import { confirm, refundStatusOf } from './test-cards.ts';

const cancelable = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];
const list = (url: string, data: readonly unknown[]) => ({ object: 'list', url, has_more: false, data });

/** The sandbox's money: what Stripe would hold, with Stripe's rules. */
export class Ledger {
  readonly intents = new Map<string, SandboxIntent>();
  readonly refunds = new Map<string, SandboxRefund>();
  readonly #methods = new Map<string, string>();

  create(params: Params): SandboxIntent {
    onlyKnown(params, 'create');
    const currency = required(params, 'currency');
    if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
    required(params, 'amount');
    const amount = amountOf(params, 'amount', currency) ?? 0;
    const capture = oneOf(params, 'capture_method', ['automatic', 'automatic_async', 'manual']) ?? 'automatic';
    const confirmed = textOf(params, 'confirm') === 'true';
    checkConfirmation(params, confirmed);
    const intent = newIntent(params, amount, currency, capture);
    this.intents.set(intent.id, intent);
    this.#methods.set(intent.id, intent.payment_method ?? '');
    if (confirmed) confirm(intent, textOf(params, 'error_on_requires_action') === 'true');
    return intent;
  }

  intent(id: string): SandboxIntent {
    const intent = this.intents.get(id);
    if (intent === undefined) throw missing('payment_intent', id);
    return intent;
  }

  capture(id: string, params: Params): SandboxIntent {
    onlyKnown(params, 'capture');
    const intent = this.intent(id);
    const amount = amountOf(params, 'amount_to_capture', intent.currency) ?? intent.amount_capturable;
    if (intent.status !== 'requires_capture') {
      const why =
        intent.status === 'succeeded'
          ? 'it has already been captured.'
          : `it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`;
      throw unexpected(`This PaymentIntent could not be captured because ${why}`, intent);
    }
    if (amount > intent.amount_capturable) {
      throw refused(`The requested capture amount is greater than the amount you can capture for this charge.`, {
        code: 'amount_too_large',
        param: 'amount_to_capture',
      });
    }
    return Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
  }

  cancel(id: string, params: Params): SandboxIntent {
    onlyKnown(params, 'cancel');
    const intent = this.intent(id);
    const reason =
      oneOf(params, 'cancellation_reason', ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']) ?? null;
    if (!cancelable.includes(intent.status)) {
      throw unexpected(
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`,
        intent,
      );
    }
    return Object.assign(intent, {
      status: 'canceled',
      amount_capturable: 0,
      canceled_at: seconds(),
      cancellation_reason: reason,
    });
  }

  /** An authorization runs out. */
  expire(id: string): void {
    const about = { amount_capturable: 0, canceled_at: seconds(), cancellation_reason: 'automatic' };
    Object.assign(this.intent(id), { status: 'canceled', ...about });
  }

  refund(params: Params): SandboxRefund {
    onlyKnown(params, 'refund');
    const intent = this.intents.get(required(params, 'payment_intent'));
    if (intent === undefined)
      throw missing('payment_intent', textOf(params, 'payment_intent') ?? '', 404, 'payment_intent');
    const left = intent.amount_received - this.#refunded(intent.id);
    const amount = amountOf(params, 'amount', intent.currency) ?? left;
    checkRefund(intent, amount, left);
    const refund = newRefund(params, intent, amount, refundStatusOf(this.#methods.get(intent.id) ?? null));
    this.refunds.set(refund.id, refund);
    return refund;
  }

  oneRefund(id: string): SandboxRefund {
    const refund = this.refunds.get(id);
    if (refund === undefined) throw missing('refund', id, 404, 'refund');
    return this.#settled(refund);
  }

  refundsOf(params: Params): unknown {
    const intent = textOf(params, 'payment_intent');
    const found = [...this.refunds.values()]
      .filter((refund) => intent === undefined || refund.payment_intent === intent)
      .reverse();
    return list(
      '/v1/refunds',
      found.map((refund) => this.#settled(refund)),
    );
  }

  /** Finds by metadata only: `metadata['a']:'b' AND metadata['c']:'d'`. At Stripe what was just written may take a minute to be found. */
  search(params: Params): unknown {
    const clauses = required(params, 'query')
      .split(' AND ')
      .map((clause) => /^metadata\['([^']+)'\]:'([^']*)'$/.exec(clause.trim()));
    if (clauses.includes(null)) throw invalid('We were unable to parse your search query.', { param: 'query' });
    const found = [...this.intents.values()].filter(({ metadata }) =>
      clauses.every((clause) => metadata[clause?.[1] ?? ''] === clause?.[2]),
    );
    return {
      object: 'search_result',
      url: '/v1/payment_intents/search',
      has_more: false,
      next_page: null,
      data: found,
    };
  }

  /** A refund that was pending when it was made has settled by the time it is read. The reader is still told how it was. */
  #settled(refund: SandboxRefund): SandboxRefund {
    const seen = structuredClone(refund);
    if (refund.status === 'pending') refund.status = 'succeeded';
    return seen;
  }

  #refunded(intent: string): number {
    const counted = [...this.refunds.values()].filter(
      (one) => one.payment_intent === intent && (one.status === 'succeeded' || one.status === 'pending'),
    );
    return counted.reduce((sum, { amount }) => sum + amount, 0);
  }
}

const unexpected = (message: string, intent: SandboxIntent) =>
  refused(message, { code: 'payment_intent_unexpected_state', payment_intent: structuredClone(intent) });

function newIntent(params: Params, amount: number, currency: string, capture: string): SandboxIntent {
  const method = textOf(params, 'payment_method') ?? null;
  return {
    id: idOf('pi'),
    object: 'payment_intent',
    created: seconds(),
    livemode: false,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    currency,
    capture_method: capture,
    confirmation_method: 'automatic',
    payment_method: method,
    payment_method_types: ['card'],
    latest_charge: null,
    last_payment_error: null,
    canceled_at: null,
    cancellation_reason: null,
    metadata: hashOf(params, 'metadata'),
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
  };
}

/** What Stripe asks of a confirmation by the server. */
function checkConfirmation(params: Params, confirmed: boolean): void {
  const early = ['error_on_requires_action', 'off_session', 'return_url'].find(
    (name) => textOf(params, name) !== undefined,
  );
  if (!confirmed && early !== undefined)
    throw invalid(`You cannot set \`${early}\` when not confirming.`, { param: early });
  if (!confirmed) return;
  required(params, 'payment_method');
  const automatic = hashOf(params, 'automatic_payment_methods');
  if (
    automatic['enabled'] === 'true' &&
    automatic['allow_redirects'] !== 'never' &&
    textOf(params, 'return_url') === undefined
  ) {
    throw invalid(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    );
  }
}

/** Stripe's refusals of a refund, in its order. */
function checkRefund(intent: SandboxIntent, amount: number, left: number): void {
  if (intent.status !== 'succeeded') {
    throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  }
  if (left === 0) {
    throw refused(`Charge ${intent.latest_charge ?? ''} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  if (amount <= left) return;
  const [wanted, unrefunded] = [amount, left].map((units) => moneyText(units, intent.currency));
  throw refused(`Refund amount (${wanted ?? ''}) is greater than unrefunded amount on charge (${unrefunded ?? ''})`, {
    param: 'amount',
  });
}

function newRefund(
  params: Params,
  intent: SandboxIntent,
  amount: number,
  status: SandboxRefund['status'],
): SandboxRefund {
  return {
    id: idOf('re'),
    object: 'refund',
    created: seconds(),
    amount,
    charge: intent.latest_charge,
    currency: intent.currency,
    metadata: hashOf(params, 'metadata'),
    payment_intent: intent.id,
    reason: oneOf(params, 'reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null,
    status,
    ...(status === 'failed' && { failure_reason: 'lost_or_stolen_card' }),
  };
}
