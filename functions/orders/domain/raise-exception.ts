import { orderExceptionRaised } from '../../../shared/contracts/orders/events.ts';
import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type OrdersPorts } from '../ports.ts';
import { type ChangeCall, changeOrder } from './change-order.ts';

/** Raises an exception on an order; one that is open already is not raised again. Refusal: `not-found`. */
export const raiseException =
  (ports: Pick<OrdersPorts, 'order' | 'commit'>) =>
  (call: ChangeCall & { readonly code: string; readonly detail: string }): Promise<Result<Record<string, never>>> =>
    changeOrder(ports, call, (order) => {
      const { code, detail } = call;
      const { orderId, channelId } = order;
      if (order.exceptions.some((one) => one.code === code && one.resolvedAt === undefined))
        return ok({ reply: () => ({}) });
      return ok({
        order: { ...order, exceptions: [...order.exceptions, { code, detail, raisedAt: call.now }] },
        events: (version) => [orderExceptionRaised.of(orderId, version, call, { orderId, channelId, code, detail })],
        reply: () => ({}),
      });
    });
