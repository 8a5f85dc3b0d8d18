import { type Refusal } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { replace } from '../../../shared/model/changes.ts';
import { decideAndCommit } from '../../../shared/model/decide.ts';
import { type Order, type Payment, type Refund } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type PaymentsPorts } from '../ports.ts';
import { planRefunds, refundsOf, sumMinor, withPlanned } from './plan-refunds.ts';
import { type MoneyCall } from './record-outcome.ts';
import { recordRefund } from './record-refund.ts';

/** Which return, when, and who gives the money back. */
export interface RefundCall {
  readonly returnId: string;
  readonly now: string;
  readonly actor: string;
}

/** What a return has got back, in minor units. */
export interface RefundAnswer {
  readonly returnId: string;
  readonly refundedMinor: number;
}

/**
 * Gives the money of an inspected return back, once.
 *
 * 1. Plans its refunds and writes them into the order as `pending` (one write), so that a crash leaves the plan behind.
 * 2. Asks the provider for each, under the refund's own id, and writes how it ended (one write each).
 *
 * Refusals: `payment-declined` (the provider refused a refund; the next run tries anew), `provider-unavailable`, `not-found`,
 * `state-conflict` (not inspected, or the order's money is not captured yet: the refund follows then).
 */
export const refundReturn =
  (ports: PaymentsPorts) =>
  async ({ returnId, ...about }: RefundCall): Promise<Result<RefundAnswer>> => {
    const returned = await ports.return(returnId);
    if (returned === undefined) return refuse('not-found', `There is no return ${returnId}.`);
    const call = { orderId: returned.orderId, ...about };
    if (returned.state === 'SETTLED') return answer(ports, returned);
    if (returned.state !== 'INSPECTED') {
      const { state } = returned;
      return refuse('state-conflict', `A return that is ${state} is not refunded; it must be INSPECTED.`, {
        facts: { state },
      });
    }
    const planned = await plan(ports, call, returned);
    if (!planned.ok) return planned;
    const carriedOut = await carryOut(ports, call, returnId, planned.value);
    return carriedOut.ok ? answer(ports, returned) : carriedOut;
  };

/** Writes down what is to be refunded; answers the ids that are new, which no provider can have been asked for. */
const plan = (ports: PaymentsPorts, call: MoneyCall, returned: Return): Promise<Result<readonly string[]>> =>
  decideAndCommit(ports.commit, async () => {
    const order = await ports.order(call.orderId);
    if (order === undefined) return refuse('not-found', `There is no order ${call.orderId}.`);
    const stepMinor = ({ provider, amount }: Payment) => ports.provider(provider).stepMinor(amount.currency);
    const { refunds, uncoveredMinor } = planRefunds(order, returned, stepMinor);
    if (uncoveredMinor > 0 && order.payments.some(({ state }) => state === 'pending' || state === 'authorized')) {
      return refuse(
        'state-conflict',
        'The order is not charged before all of it has left or is cancelled; the refund follows then.',
      );
    }
    if (refunds.length === 0) return ok({ changes: [], reply: [] });
    const version = order.version + 1;
    const changed: Order = { ...order, refunds: withPlanned(order, refunds), version, updatedAt: call.now, events: [] };
    return ok({ changes: [replace('order', changed, order.version)], reply: refunds.map(({ refundId }) => refundId) });
  });

/** Every pending refund of the return, also of an earlier run. One that fails does not keep the others from being made. */
async function carryOut(
  ports: PaymentsPorts,
  call: MoneyCall,
  returnId: string,
  fresh: readonly string[],
): Promise<Result<null>> {
  const order = await ports.order(call.orderId);
  let failure: Refusal | undefined;
  for (const refund of order === undefined
    ? []
    : refundsOf(order, returnId).filter(({ state }) => state === 'pending')) {
    const done = await ask(ports, order?.payments ?? [], refund, { ...call, repeat: !fresh.includes(refund.refundId) });
    if (!done.ok && done.refusal.code !== 'payment-declined') return done;
    if (!done.ok) failure = done.refusal;
    const end = done.ok
      ? { operation: 'succeed' as const, ...done.value }
      : { operation: 'fail' as const, detail: done.refusal.detail };
    const recorded = await recordRefund(ports, call, refund.refundId, end);
    if (!recorded.ok) return recorded;
  }
  return failure === undefined ? ok(null) : { ok: false, refusal: failure };
}

function ask(
  ports: PaymentsPorts,
  payments: readonly Payment[],
  refund: Refund,
  call: MoneyCall & { readonly repeat: boolean },
) {
  const { refundId, paymentId, amount } = refund;
  const payment = payments.find((one) => one.paymentId === paymentId);
  if (payment === undefined)
    throw new Error(`refund ${refundId} is for payment ${paymentId}, which the order does not have`);
  return ports.provider(payment.provider).refund({
    orderId: call.orderId,
    paymentId,
    refundId,
    amount,
    repeat: call.repeat,
    ...(payment.providerReference !== undefined && { reference: payment.providerReference }),
  });
}

async function answer(ports: PaymentsPorts, { returnId, orderId }: Return): Promise<Result<RefundAnswer>> {
  const order = await ports.order(orderId);
  if (order === undefined) return refuse('not-found', `There is no order ${orderId}.`);
  return ok({
    returnId,
    refundedMinor: sumMinor(refundsOf(order, returnId).filter(({ state }) => state === 'succeeded')),
  });
}
