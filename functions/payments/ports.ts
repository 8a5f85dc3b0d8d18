import { type Money } from '../../shared/kernel/money.ts';
import { type Result } from '../../shared/kernel/result.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type Order, type Payment } from '../../shared/model/orders/order.ts';
import { type Return } from '../../shared/model/returns/return.ts';

/** Which payment, and how much of it. */
export interface PaymentRequest {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: Money;
  /** The provider's own id of the payment, once it is known. */
  readonly reference?: string;
}

/** Promise of money. */
export interface AuthorizeRequest extends PaymentRequest {
  /** What the customer handed over, e.g. a gateway's payment method. */
  readonly method?: string;
  /** True when an earlier try may lie so far back that the provider has forgotten its idempotency key: it is looked for first. */
  readonly late: boolean;
}

/** Money back. */
export interface RefundRequest extends PaymentRequest {
  readonly refundId: string;
  /** True when it may have been asked before: it is looked for first, however long ago that was. */
  readonly repeat: boolean;
}

/** What came of a refund. */
export interface RefundOutcome {
  readonly reference?: string;
  /** What a person should know about it. */
  readonly detail?: string;
}

/**
 * Moves money. Every operation is idempotent: the same request has one effect, however often and however late it is made.
 * Refusals: `payment-declined` (for good) and `provider-unavailable` (ask again). A broken configuration throws.
 */
export interface PaymentProvider {
  /** The smallest amount it can move, in minor units of a currency; every amount that it is asked for is a multiple of this. */
  stepMinor(currency: string): number;
  authorize(request: AuthorizeRequest): Promise<Result<{ readonly reference?: string }>>;
  /** Takes (part of) what was authorized and lets go of the rest; answers what was taken in fact, in minor units. */
  capture(request: PaymentRequest): Promise<Result<{ readonly capturedMinor: number }>>;
  /** Lets go of whatever is authorized for the payment, even where its answer, and so its reference, was lost. */
  void(request: PaymentRequest): Promise<Result<null>>;
  refund(request: RefundRequest): Promise<Result<RefundOutcome>>;
}

/** What the payments capability needs of the world. */
export interface PaymentsPorts {
  order(orderId: string): Promise<Order | undefined>;
  return(returnId: string): Promise<Return | undefined>;
  provider(name: Payment['provider']): PaymentProvider;
  commit: CommitChanges;
}
