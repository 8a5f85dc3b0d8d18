import { randomBytes } from 'node:crypto';

/** Statuses that the sandbox gives a payment intent. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

/** A payment intent as it goes over the wire. */
export interface SandboxIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly created: number;
  readonly livemode: false;
  readonly amount: number;
  amount_capturable: number;
  amount_received: number;
  readonly currency: string;
  readonly capture_method: string;
  readonly confirmation_method: 'automatic';
  payment_method: string | null;
  readonly payment_method_types: readonly string[];
  latest_charge: string | null;
  last_payment_error: Readonly<Record<string, unknown>> | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  status: IntentStatus;
}

/** A refund as it goes over the wire. */
export interface SandboxRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly created: number;
  readonly amount: number;
  readonly charge: string | null;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly payment_intent: string;
  readonly reason: string | null;
  status: 'succeeded' | 'pending' | 'failed' | 'canceled';
  failure_reason?: string;
}

/** An id in Stripe's form. */
export const idOf = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
/** Stripe's times are seconds. */
export const seconds = (): number => Math.floor(Date.now() / 1000);
