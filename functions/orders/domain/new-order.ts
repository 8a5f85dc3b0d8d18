import { orderCaptured } from '../../../shared/contracts/orders/events.ts';
import { type OrderInput } from '../../../shared/contracts/orders/resources.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Order, type OrderLine, type Payment } from '../../../shared/model/orders/order.ts';
import { unitsIn } from '../../../shared/model/orders/units.ts';

/** What surrounds a capture. */
export interface CaptureContext {
  readonly now: string;
  readonly actor: string;
  readonly requestHash: string;
}

/**
 * A new order with every unit reserved, save those of SKUs in `backordered`; it carries its `OrderCaptured` event.
 */
export function newOrder(
  input: OrderInput,
  channel: Channel,
  totalMinor: number,
  backordered: ReadonlySet<string>,
  context: CaptureContext,
): Order {
  const orderId = orderIdOf(input.channelId, input.externalId);
  const lines = input.lines.map((line, index): OrderLine => ({
    lineId: String(index + 1),
    sku: line.sku,
    ...(line.title !== undefined && { title: line.title }),
    ...(line.externalLineId !== undefined && { externalLineId: line.externalLineId }),
    quantity: line.quantity,
    unitPriceMinor: line.unitPrice.amount,
    discountMinor: line.discount?.amount ?? 0,
    taxMinor: line.tax?.amount ?? 0,
    units: unitsIn(backordered.has(line.sku) ? 'backordered' : 'reserved', line.quantity),
  }));
  const order: Order = {
    orderId,
    version: 1,
    updatedAt: context.now,
    events: [],
    channelId: channel.channelId,
    externalId: input.externalId,
    pool: channel.pool,
    currency: input.currency,
    placedAt: input.placedAt ?? context.now,
    capturedAt: context.now,
    ...(input.customer && { customer: input.customer }),
    shipTo: input.shipTo,
    lines,
    shippingMinor: input.shipping?.price.amount ?? 0,
    shippingTaxMinor: input.shipping?.tax?.amount ?? 0,
    totalMinor,
    payments: input.payments.map(paymentOf),
    refunds: [],
    holds: input.holds.map(({ reason }, index) => ({
      holdId: `hold_${index + 1}`,
      reason,
      placedAt: context.now,
      placedBy: context.actor,
    })),
    exceptions: [],
    fulfillmentOrders: 0,
    returns: 0,
    rejectedBy: [],
    requestHash: context.requestHash,
    ...(input.note !== undefined && { note: input.note }),
  };
  return { ...order, events: [capturedEvent(order, context)] };
}

/** Money that the channel took is captured already; money that we are to take waits for the order's process. */
function paymentOf(payment: OrderInput['payments'][number], index: number): Payment {
  const recorded = payment.provider === 'recorded';
  const method = recorded ? payment.reference : payment.paymentMethod;
  return {
    paymentId: `pay_${index + 1}`,
    provider: payment.provider,
    state: recorded ? 'captured' : 'pending',
    amount: payment.amount,
    ...(method !== undefined && { method }),
    capturedMinor: recorded ? payment.amount.amount : 0,
    refundedMinor: 0,
  };
}

function capturedEvent(order: Order, context: CaptureContext) {
  const { orderId, channelId, externalId, pool, placedAt, currency, totalMinor } = order;
  const lines = order.lines.map(({ lineId, sku, quantity, units }) => ({
    lineId,
    sku,
    quantity,
    backordered: units.backordered,
  }));
  return orderCaptured.of(orderId, 1, context, {
    orderId,
    channelId,
    externalId,
    pool,
    placedAt,
    currency,
    totalMinor,
    lines,
  });
}
