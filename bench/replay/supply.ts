import { type OlistOrder } from './olist.ts';

/** Units of a product at a seller. */
export interface Supply {
  readonly seller: string;
  readonly sku: string;
  readonly quantity: number;
}

/** The most lines of one receipt. */
const maximumLines = 45;

/**
 * What sellers stock: what all orders need of each product from each seller, times `share`. A share is kept over all of it: with 0.9 every
 * tenth unit is missing, spread evenly, although most sellers have only one of a thing.
 */
export function supplyFor(orders: readonly OlistOrder[], share: number): Supply[] {
  const needed = new Map<string, Supply>();
  for (const { seller_id: seller, product_id: sku } of orders.flatMap(({ items }) => items)) {
    const key = `${seller} ${sku}`;
    needed.set(key, { seller, sku, quantity: 1 + (needed.get(key)?.quantity ?? 0) });
  }
  let neededSoFar = 0;
  let given = 0;
  return [...needed.values()].flatMap(({ seller, sku, quantity }) => {
    neededSoFar += quantity;
    const units = Math.round(neededSoFar * share) - given;
    given += units;
    return units === 0 ? [] : [{ seller, sku, quantity: units }];
  });
}

/** Receipts: of one seller each, with no more lines than one may have. */
export function receiptsOf(supplies: readonly Supply[]): Supply[][] {
  const bySeller = Map.groupBy(supplies, ({ seller }) => seller);
  return [...bySeller.values()].flatMap((all) => {
    const receipts: Supply[][] = [];
    for (let start = 0; start < all.length; start += maximumLines)
      receipts.push(all.slice(start, start + maximumLines));
    return receipts;
  });
}
