import { type Transitions } from '../../../shared/kernel/states.ts';
import { type Payment, type Refund } from '../../../shared/model/orders/order.ts';

/** What may happen to a payment. */
export type PaymentOperation = 'authorize' | 'capture' | 'decline' | 'void';

/** A payment's states as data. Money that a channel took starts as `captured`; a decline at capture is an authorization that ran out. */
export const paymentTransitions: Transitions<Payment['state'], PaymentOperation> = {
  pending: { authorize: 'authorized', decline: 'declined', void: 'voided' },
  authorized: { capture: 'captured', decline: 'declined', void: 'voided' },
  captured: {},
  declined: {},
  voided: {},
};

/** A refund's states as data; one that failed is tried again as a new refund. */
export const refundTransitions: Transitions<Refund['state'], 'succeed' | 'fail'> = {
  pending: { succeed: 'succeeded', fail: 'failed' },
  succeeded: {},
  failed: {},
};
