import { refundIssued } from '../../../shared/contracts/payments/events.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Order, type Refund } from '../../../shared/model/orders/order.ts';
import { type PaymentsPorts, type RefundOutcome } from '../ports.ts';
import { type MoneyCall } from './record-outcome.ts';
import { refundTransitions } from './payment-states.ts';

/** What the provider did with a refund. */
export type RefundEnd =
  ({ readonly operation: 'succeed' } & RefundOutcome) | { readonly operation: 'fail'; readonly detail: string };

/** Writes a refund's end into the order: its state, what the payment has given back, and the event, in one commit; once. */
export const recordRefund = (
  ports: PaymentsPorts,
  call: MoneyCall,
  refundId: string,
  end: RefundEnd,
): Promise<Result<null>> =>
  decideAndCommit(ports.commit, async () => {
    const order = await ports.order(call.orderId);
    const refund = order?.refunds.find((one) => one.refundId === refundId);
    if (order === undefined || refund === undefined) return refuse('not-found', `There is no refund ${refundId}.`);
    const state = refundTransitions[refund.state][end.operation];
    if (state === undefined) return ok({ changes: [], reply: null });
    const { operation: _operation, reference, detail } = { reference: undefined, detail: undefined, ...end };
    const ended: Refund = {
      ...refund,
      state,
      ...(reference !== undefined && { providerReference: reference }),
      ...(detail !== undefined && { detail }),
    };
    return ok({ changes: [replace('order', withRefund(order, ended, call), order.version)], reply: null });
  });

function withRefund(order: Order, refund: Refund, call: MoneyCall): Order {
  const { orderId, channelId } = order;
  const { refundId, paymentId, returnId, amount, reason } = refund;
  const succeeded = refund.state === 'succeeded';
  const version = order.version + 1;
  const data = { orderId, channelId, paymentId, refundId, ...(returnId !== undefined && { returnId }), amount, reason };
  return {
    ...order,
    refunds: order.refunds.map((one) => (one.refundId === refundId ? refund : one)),
    payments: order.payments.map((one) =>
      succeeded && one.paymentId === paymentId ? { ...one, refundedMinor: one.refundedMinor + amount.amount } : one,
    ),
    version,
    updatedAt: call.now,
    events: succeeded ? [refundIssued.of(orderId, version, call, data)] : [],
  };
}
