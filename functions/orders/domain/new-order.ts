import { orderCaptured } from '../../../shared/contracts/orders/events.ts';
import { type OrderInput } from '../../../shared/contracts/orders/resources.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Order, type OrderLine, type Payment } from '../../../shared/model/orders/order.ts';
import { noUnits } from '../../../shared/model/orders/units.ts';
import { type Source } from './capture-sources.ts';
import { type NewLine } from './kit-lines.ts';

/** What surrounds a capture. */
export interface CaptureContext {
  readonly now: string;
  readonly actor: string;
  readonly requestHash: string;
}

/** A new order as its units were found; it carries its `OrderCaptured` event. */
export function newOrder(
  input: OrderInput,
  channel: Channel,
  totalMinor: number,
  found: { readonly lines: readonly NewLine[]; readonly sources: readonly Source[] },
  context: CaptureContext,
): Order {
  const orderId = orderIdOf(input.channelId, input.externalId);
  const order: Order = {
    orderId,
    version: 1,
    updatedAt: context.now,
    events: [],
    channelId: channel.channelId,
    externalId: input.externalId,
    pool: channel.pool,
    currency: input.currency,
    ...(input.holdId !== undefined && { stockHoldId: input.holdId }),
    placedAt: input.placedAt ?? context.now,
    capturedAt: context.now,
    ...(input.customer && { customer: input.customer }),
    shipTo: input.shipTo,
    lines: withUnits(found.lines, found.sources),
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

/** Each line's units, reserved or waited for: of several lines of one SKU, the last ones wait. */
function withUnits(lines: readonly NewLine[], sources: readonly Source[]): OrderLine[] {
  const waiting = new Map(sources.flatMap(({ sku, open, waits }) => (waits ? [[sku, { left: open, ...waits }]] : [])));
  const placed = lines.toReversed().map((line): OrderLine => {
    const waits = waiting.get(line.sku);
    const backordered = Math.min(waits?.left ?? 0, line.quantity);
    const units = { ...noUnits, backordered, reserved: line.quantity - backordered };
    if (waits === undefined || backordered === 0) return { ...line, units };
    waits.left -= backordered;
    const { promisedFor } = waits.promised;
    return { ...line, ...(promisedFor !== undefined && { promisedFor }), units };
  });
  return placed.toReversed();
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
  const lines = order.lines.map(({ lineId, sku, quantity, units, kit, promisedFor }) => ({
    lineId,
    sku,
    quantity,
    backordered: units.backordered,
    ...(kit && { kit }),
    ...(promisedFor !== undefined && { promisedFor }),
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
