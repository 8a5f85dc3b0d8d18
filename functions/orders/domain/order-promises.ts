import { type Order, type OrderException } from '../../../shared/model/orders/order.ts';
import { promiseMovedCode } from '../../../shared/model/orders/promise-moved.ts';
import { type Backorder } from '../../../shared/model/stock/backorder.ts';

/** The order with the promise of one SKU on its lines that wait for it; a line that does not wait has none. */
export function withPromise(order: Order, sku: string, promisedFor: string | undefined): Order {
  const lines = order.lines.map((line) => {
    if (line.sku !== sku) return line;
    const { promisedFor: _before, ...rest } = line;
    return line.units.backordered > 0 && promisedFor !== undefined ? { ...rest, promisedFor } : rest;
  });
  return { ...order, lines };
}

/**
 * The order as its backorders are now: each waiting line with its promise, and one open exception exactly while some promise is later than
 * the channel tolerates. It rests on how things stand and not on how they came to be, so messages may come twice and in any order.
 */
export function withPromises(order: Order, backorders: readonly Backorder[], now: string): Order {
  const skus = new Set(order.lines.map(({ sku }) => sku));
  const promised = [...skus].reduce(
    (next, sku) => withPromise(next, sku, backorders.find((one) => one.sku === sku)?.promisedFor),
    order,
  );
  const late = backorders.filter((one) => one.late === true);
  return { ...promised, exceptions: exceptionsFor(order.exceptions, late, now) };
}

function exceptionsFor(present: readonly OrderException[], late: readonly Backorder[], now: string) {
  const isOpen = ({ code, resolvedAt }: OrderException): boolean =>
    code === promiseMovedCode && resolvedAt === undefined;
  if (late.length === 0) return present.map((one) => (isOpen(one) ? { ...one, resolvedAt: now } : one));
  const told = { detail: sentenceOf(late), facts: { late: late.map(factOf) } };
  return present.some(isOpen)
    ? present.map((one) => (isOpen(one) ? { ...one, ...told } : one))
    : [...present, { code: promiseMovedCode, ...told, raisedAt: now }];
}

const factOf = ({ sku, quantity, firstPromisedFor, promisedFor }: Backorder) => ({
  sku,
  quantity,
  ...(firstPromisedFor !== undefined && { firstPromisedFor }),
  ...(promisedFor !== undefined && { promisedFor }),
});

const sentenceOf = (late: readonly Backorder[]): string => {
  const each = late.map(
    ({ sku, quantity, firstPromisedFor = 'no day', promisedFor = 'no day' }) =>
      `${quantity} of ${sku}: promised for ${firstPromisedFor.slice(0, 10)}, now ${promisedFor.slice(0, 10)}`,
  );
  return `Later than promised. ${each.join('; ')}. Tell the customer, offer another item, or cancel.`;
};
