import { type OrderAtChannel, type ShelfChange } from '../../../../shared/model/channels/channel-order.ts';

/**
 * By how much a sale at a till changes shelves in all: what was sold and not cancelled has left its store, what was returned to be sold again is
 * back, at its store unless the channel names another of our locations, and no more than had left. Absolute, so that it can be compared with
 * what is booked.
 */
export function shelfChangesOf(
  at: OrderAtChannel,
  location: string,
  isOurs: (location: string) => boolean,
): ShelfChange[] {
  const { order } = at.snapshot;
  const skuOf = new Map(order.lines.map(({ externalLineId, sku }) => [externalLineId, sku]));
  const left = unitsThatLeft(at);
  const sold = left.map(({ sku, quantity }) => ({ location, sku, quantity: -quantity }));
  const away = new Map<string, number>();
  for (const { id, quantity } of left) away.set(id, (away.get(id) ?? 0) + quantity);
  const back = at.refunds.flatMap(({ lines }) =>
    lines.flatMap(({ externalLineId: id, quantity, restock, location: to = location }) => {
      const sku = skuOf.get(id);
      if (restock !== 'return' || sku === undefined) return [];
      const units = Math.min(quantity, away.get(id) ?? 0);
      away.set(id, (away.get(id) ?? 0) - units);
      return [{ location: isOurs(to) ? to : location, sku, quantity: units }];
    }),
  );
  return summed([...sold, ...back]);
}

/** Of each line what was sold and not cancelled; units that are cancelled under one id are those of its first lines. */
function unitsThatLeft({ snapshot: { order }, isCancelled, cancelled }: OrderAtChannel) {
  const gone = new Map(cancelled);
  return order.lines.map(({ sku, quantity, externalLineId: id = '' }) => {
    const units = isCancelled ? quantity : Math.min(quantity, gone.get(id) ?? 0);
    gone.set(id, (gone.get(id) ?? 0) - units);
    return { id, sku, quantity: quantity - units };
  });
}

/** What is left to book of one of them after the other. */
export const difference = (target: readonly ShelfChange[], booked: readonly ShelfChange[]): ShelfChange[] =>
  summed([...target, ...booked.map((one) => ({ ...one, quantity: -one.quantity }))]).filter(
    ({ quantity }) => quantity !== 0,
  );

/** Adds up what is of one SKU at one location. */
export function summed(changes: readonly ShelfChange[]): ShelfChange[] {
  const sums = new Map<string, ShelfChange>();
  for (const change of changes) {
    const key = JSON.stringify([change.location, change.sku]);
    sums.set(key, { ...change, quantity: change.quantity + (sums.get(key)?.quantity ?? 0) });
  }
  return [...sums.values()];
}
