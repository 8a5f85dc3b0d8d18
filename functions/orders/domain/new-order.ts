import { orderCaptured, orderExceptionRaised } from '../../../shared/contracts/orders/events.ts';
import { type OrderInput } from '../../../shared/contracts/orders/order-input.ts';
import { orderIdOf } from '../../../shared/kernel/ids.ts';
import { decimalFromMinor } from '../../../shared/kernel/money.ts';
import { present } from '../../../shared/kernel/present.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Order, type OrderLine, type Payment } from '../../../shared/model/orders/order.ts';
import { noUnits } from '../../../shared/model/orders/units.ts';
import { type Source } from './capture-sources.ts';
import { type NewLine } from './kit-lines.ts';
import { soldShort } from './sold-short.ts';

/** What surrounds a capture. */
export interface CaptureContext {
  readonly now: string;
  readonly actor: string;
  readonly requestHash: string;
  /** True when a channel's delivery brought it. */
  readonly delivered?: boolean;
  /** Version of the channel's order that it is all of. */
  readonly channelVersion?: number;
  /** Units that somebody else has fulfilled, by the channel's line id. */
  readonly fulfilled?: ReadonlyMap<string, number>;
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
    ...saidByChannel(input, totalMinor),
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
    exceptions: [...totalException(input, totalMinor, context), ...soldShort(found.sources, channel, context)],
    fulfillmentOrders: 0,
    returns: 0,
    rejectedBy: [],
    requestHash: context.requestHash,
    ...(context.delivered === true && { delivered: true }),
    ...(context.channelVersion !== undefined && { channelVersion: context.channelVersion }),
    ...(input.note !== undefined && { note: input.note }),
  };
  return { ...order, events: [capturedEvent(order, context), ...raisedEvents(order, context)] };
}

const raisedEvents = ({ orderId, channelId, exceptions }: Order, context: CaptureContext) =>
  exceptions.map(({ code, detail, facts }, index) =>
    orderExceptionRaised.of(
      orderId,
      1,
      context,
      { orderId, channelId, code, detail, ...(facts && { facts: { ...facts } }) },
      index,
    ),
  );

/** What is kept as the channel said it; a total of its own only where the parts come to something else. */
function saidByChannel(
  { externalNumber, customer, billTo, delivery, promised, charges, presentment, attributes, channelTotal }: OrderInput,
  totalMinor: number,
) {
  const said = { externalNumber, customer, billTo, delivery, promised, charges, presentment, attributes };
  const otherwise = channelTotal !== undefined && channelTotal.amount !== totalMinor;
  return present({ ...said, channelTotalMinor: otherwise ? channelTotal.amount : undefined });
}

/** The channel's total is not what its parts come to: the order is kept, and a person told. */
function totalException(
  { channelTotal, currency }: OrderInput,
  totalMinor: number,
  { now }: CaptureContext,
): Order['exceptions'] {
  if (channelTotal === undefined || channelTotal.amount === totalMinor) return [];
  const [ours, theirs] = [totalMinor, channelTotal.amount].map((amount) => decimalFromMinor({ amount, currency }));
  const detail = `The channel says ${theirs} ${currency}, and lines, shipping and charges come to ${ours}. Check what the channel left out.`;
  const facts = { channelTotalMinor: channelTotal.amount, totalMinor };
  return [{ code: 'total-mismatch', detail, facts, raisedAt: now }];
}

/** Each line's units, reserved or waited for, but for those that are fulfilled already: of several lines of one SKU, the last ones wait. */
export function withUnits(lines: readonly NewLine[], sources: readonly Source[]): OrderLine[] {
  const waiting = new Map(sources.flatMap(({ sku, open, waits }) => (waits ? [[sku, { left: open, ...waits }]] : [])));
  const placed = lines.toReversed().map((line): OrderLine => {
    const waits = waiting.get(line.sku);
    const delivered = line.fulfilledElsewhere ?? 0;
    const backordered = Math.min(waits?.left ?? 0, line.quantity - delivered);
    const units = { ...noUnits, delivered, backordered, reserved: line.quantity - delivered - backordered };
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
  const method = recorded ? (payment.reference ?? payment.method) : payment.paymentMethod;
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
  return orderCaptured.of(orderId, 1, context, {
    orderId,
    channelId,
    externalId,
    pool,
    placedAt,
    currency,
    totalMinor,
    ...(context.delivered === true && { delivered: true as const }),
    lines: toldLines(order.lines),
  });
}

/** Lines as the events tell them by which they came. */
export const toldLines = (lines: readonly OrderLine[]) =>
  lines.map(({ lineId, sku, quantity, units, kit, promisedFor, fulfilledElsewhere }) => ({
    lineId,
    sku,
    quantity,
    backordered: units.backordered,
    ...(kit && { kit }),
    ...(promisedFor !== undefined && { promisedFor }),
    ...(fulfilledElsewhere !== undefined && { fulfilledElsewhere }),
  }));
