import { orderExceptionRaised } from '../../../shared/contracts/orders/events.ts';
import { type Refusal } from '../../../shared/kernel/refusal.ts';
import { type Order } from '../../../shared/model/orders/order.ts';
import { type RoutingContext } from './allocation.ts';
import { type Short } from './coverable.ts';

/** The code of the refusal, and of the exception on the order. */
export const noPlanCode = 'no-plan';

/** How many locations are named for each SKU that is short: those with the most. */
const namedLocations = 10;

/** The refusal for lines that no plan can send: per SKU what is wanted, and what each location has. */
export function noPlan(short: readonly Short[]): Refusal {
  const facts = short.map(({ locations, ...one }) => ({
    ...one,
    locations: [...locations].sort((a, b) => b.atf - a.atf).slice(0, namedLocations),
  }));
  const what = facts.map(({ sku, wanted, locations }) => {
    const has = locations.map(({ location, atf }) => `${location} has ${atf}`).join(', ');
    return `${sku}: wanted ${wanted}, ${has === '' ? 'no location has any' : has}`;
  });
  return {
    code: noPlanCode,
    detail: `No location can send what waits (${what.join('; ')}). Receive stock, open a location or cancel the lines.`,
    facts: { short: facts },
  };
}

const isOpenNoPlan = ({ code, resolvedAt }: Order['exceptions'][number]): boolean =>
  code === noPlanCode && resolvedAt === undefined;

/** True while the order says that it has no plan. */
export const saysNoPlan = (order: Order): boolean => order.exceptions.some(isOpenNoPlan);

/** The order with the exception on it, and its event beside those that it carries: the version must be counted up already. */
export function withNoPlan(order: Order, { detail, facts = {} }: Refusal, context: RoutingContext): Order {
  const { orderId, channelId } = order;
  const event = orderExceptionRaised.of(orderId, order.version, context, {
    orderId,
    channelId,
    code: noPlanCode,
    detail,
    facts,
  });
  return {
    ...order,
    exceptions: [...order.exceptions, { code: noPlanCode, detail, facts, raisedAt: context.now }],
    events: [...order.events, event],
  };
}

/** The order with that exception resolved. */
export const withoutNoPlan = (order: Order, { now }: RoutingContext): Order => ({
  ...order,
  exceptions: order.exceptions.map((one) => (isOpenNoPlan(one) ? { ...one, resolvedAt: now } : one)),
});
