import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type PaymentProvider } from '../ports.ts';

/** What a bank holds of one payment. */
export interface Held {
  readonly reference: string;
  readonly authorized: number;
  captured: number;
  state: 'held' | 'captured' | 'released';
}

/**
 * A gateway in memory that behaves as a real one: effects are kept by idempotency key, and every effect is counted. Methods named
 * `declined` are declined.
 */
export class FakeBank implements PaymentProvider {
  readonly held = new Map<string, Held>();
  readonly refunds = new Map<string, { readonly reference: string; readonly amount: number }>();
  /** How often an effect happened, by key: each must be 1. */
  readonly effects = new Map<string, number>();
  /** The smallest step of its only currency. */
  step = 1;
  readonly #answers = new Map<string, Result<unknown>>();

  stepMinor = (): number => this.step;

  authorize: PaymentProvider['authorize'] = ({ orderId, paymentId, amount, method }) =>
    this.#once(`${orderId}/${paymentId}/authorize/${amount.amount}`, () => {
      if (method === 'declined') return refuse('payment-declined', 'Your card was declined.');
      const reference = `pi_${paymentId}`;
      this.held.set(reference, { reference, authorized: amount.amount, captured: 0, state: 'held' });
      return ok({ reference });
    });

  capture: PaymentProvider['capture'] = ({ reference, amount, ...about }) =>
    this.#once(`${about.orderId}/${about.paymentId}/capture/${amount.amount}`, () => {
      const held = this.#of(reference);
      if (held.state === 'released') return refuse('payment-declined', 'The authorization has expired.');
      if (held.state !== 'held' || amount.amount > held.authorized)
        throw new Error(`the bank cannot capture ${amount.amount}`);
      Object.assign(held, { state: 'captured', captured: amount.amount });
      return ok({ capturedMinor: amount.amount });
    });

  void: PaymentProvider['void'] = ({ reference, orderId, paymentId }) =>
    this.#once(`${orderId}/${paymentId}/void/${reference ?? ''}`, () => {
      const held = this.held.get(reference ?? `pi_${paymentId}`);
      if (held?.state === 'captured') throw new Error('the bank cannot let go of what was captured');
      if (held !== undefined) held.state = 'released';
      return ok(null);
    });

  refund: PaymentProvider['refund'] = ({ refundId, reference, amount }) =>
    this.#once(`${refundId}/refund/${amount.amount}`, () => {
      const held = this.#of(reference);
      const before = [...this.refunds.values()].filter((one) => one.reference === held.reference);
      const refunded = before.reduce((sum, one) => sum + one.amount, amount.amount);
      if (refunded > held.captured) throw new Error(`the bank would refund ${refunded} of ${held.captured}`);
      this.refunds.set(refundId, { reference: held.reference, amount: amount.amount });
      return ok({ reference: `re_${refundId}` });
    });

  /** What is captured, over all payments. */
  get capturedMinor(): number {
    return [...this.held.values()].reduce((sum, { captured }) => sum + captured, 0);
  }

  /** What went back, over all payments. */
  get refundedMinor(): number {
    return [...this.refunds.values()].reduce((sum, { amount }) => sum + amount, 0);
  }

  #of(reference: string | undefined): Held {
    const held = this.held.get(reference ?? '');
    if (held === undefined) throw new Error(`the bank knows no payment ${reference ?? '(none)'}`);
    return held;
  }

  #once<T>(key: string, effect: () => Result<T>): Promise<Result<T>> {
    const first = this.#answers.get(key);
    if (first !== undefined) return Promise.resolve(first as Result<T>);
    const answer = effect();
    this.#answers.set(key, answer);
    this.effects.set(key, (this.effects.get(key) ?? 0) + 1);
    return Promise.resolve(answer);
  }
}
