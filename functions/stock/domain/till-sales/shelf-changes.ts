import { type OrderAtChannel, type ShelfChange } from '../../../../shared/model/channels/channel-order.ts';

/**
 * By how much a sale at a till changes shelves in all: what was sold and not cancelled has left its store, what was returned to be sold again is
 * back, at its store unless the channel names another of our locations. Absolute, so that it can be compared with what is booked.
 */
export function shelfChangesOf(
  { snapshot: { order }, isCancelled, cancelled, refunds }: OrderAtChannel,
  location: string,
  isOurs: (location: string) => boolean,
): ShelfChange[] {
  const skuOf = new Map(order.lines.map(({ externalLineId, sku }) => [externalLineId, sku]));
  const sold = order.lines.map(({ sku, quantity, externalLineId = '' }) => ({
    location,
    sku,
    quantity: isCancelled ? 0 : Math.min(0, (cancelled.get(externalLineId) ?? 0) - quantity),
  }));
  const back = refunds.flatMap(({ lines }) =>
    lines.flatMap(({ externalLineId, quantity, restock, location: to = location }) => {
      const sku = skuOf.get(externalLineId);
      return restock === 'return' && sku !== undefined ? [{ location: isOurs(to) ? to : location, sku, quantity }] : [];
    }),
  );
  return summed([...sold, ...back]);
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
