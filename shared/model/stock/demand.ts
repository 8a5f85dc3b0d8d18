/** Units of one SKU. */
export interface Demand {
  readonly sku: string;
  readonly quantity: number;
}
/** Units of one SKU at one location. */
export interface LocatedDemand extends Demand {
  readonly location: string;
}

/** Sums demand per key, so that two lines of one SKU are one action: DynamoDB refuses two actions on one item, and so would the shelf. */
export function summed<D extends Demand>(demand: readonly D[], keyOf: (d: D) => string = (d) => d.sku): D[] {
  const sums = new Map<string, D>();
  for (const one of demand) {
    const key = keyOf(one);
    sums.set(key, { ...one, quantity: one.quantity + (sums.get(key)?.quantity ?? 0) });
  }
  return [...sums.values()];
}

/** Key of a SKU at a location, for summing. */
export const located = (d: LocatedDemand): string => `${d.location} ${d.sku}`;
