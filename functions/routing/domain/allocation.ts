import { fulfillmentOrderAllocated } from '../../../shared/contracts/fulfillment/events.ts';
import { orderRouted } from '../../../shared/contracts/routing/events.ts';
import { fulfillmentOrderIdOf } from '../../../shared/kernel/ids.ts';
import { type FulfillmentOrder } from '../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, moveLines } from '../../../shared/model/orders/order.ts';
import { type Excluded } from './candidates.ts';
import { type Parcel, type Plan, routingRule } from './plan.ts';

/** When and by whom. */
export interface RoutingContext {
  readonly now: string;
  readonly actor: string;
}

/** How many locations that fell out an event names: what is known of them, not what a bus message can hold, is the bound. */
const namedExclusions = 20;

/** The new fulfillment orders of some parcels, numbered on from those that the order has. */
export const fulfillmentOrdersOf = (
  order: Order,
  parcels: readonly Parcel[],
  context: RoutingContext,
): FulfillmentOrder[] =>
  parcels.map((parcel, index) =>
    fulfillmentOrderOf(
      order,
      parcel,
      fulfillmentOrderIdOf(order.orderId, order.fulfillmentOrders + index + 1),
      context,
    ),
  );

function fulfillmentOrderOf(
  order: Order,
  parcel: Parcel,
  fulfillmentOrderId: string,
  context: RoutingContext,
): FulfillmentOrder {
  const { orderId, channelId, pool, shipTo, delivery } = order;
  const { location, distanceKm, lines } = parcel;
  return {
    fulfillmentOrderId,
    orderId,
    channelId,
    pool,
    location,
    state: 'ALLOCATED',
    lines,
    shipTo,
    ...(delivery && { delivery }),
    ...(distanceKm !== undefined && { distanceKm }),
    rejections: [],
    createdAt: context.now,
    version: 1,
    updatedAt: context.now,
    events: [
      fulfillmentOrderAllocated.of(fulfillmentOrderId, 1, context, {
        orderId,
        channelId,
        fulfillmentOrderId,
        location,
        lines: [...lines],
      }),
    ],
  };
}

/** The order after some fulfillment orders were made of its reserved units; it carries `OrderRouted` with the reasons. */
export function routed(
  order: Order,
  fulfillmentOrders: readonly FulfillmentOrder[],
  why: { readonly plan: Plan; readonly excluded: readonly Excluded[] },
  context: RoutingContext,
): Order {
  const { orderId, channelId } = order;
  const version = order.version + 1;
  const event = orderRouted.of(orderId, version, context, {
    orderId,
    channelId,
    parcels: fulfillmentOrders.length,
    fulfillmentOrders: fulfillmentOrders.map(({ fulfillmentOrderId, location, distanceKm, lines }) => ({
      fulfillmentOrderId,
      location,
      ...(distanceKm !== undefined && { distanceKm }),
      lines: [...lines],
    })),
    explanation: {
      rule: why.plan.provenBest ? routingRule : `${routingRule} (the best plan found within the work limit)`,
      plansCompared: why.plan.plansCompared,
      excluded: why.excluded.slice(0, namedExclusions),
    },
  });
  return {
    ...order,
    version,
    updatedAt: context.now,
    events: [event],
    lines: moveLines(
      order,
      fulfillmentOrders.flatMap(({ lines }) => lines),
      'reserved',
      'allocated',
    ),
    fulfillmentOrders: order.fulfillmentOrders + fulfillmentOrders.length,
  };
}
