/**
 * An order that has units of a SKU promised and that no location can send. It stands in line for the SKU in its pool, the longest waiting
 * first, so that goods that come find whom to wake without a search. What it wants is on the order: this is only the way to it.
 */
export interface Unrouted {
  readonly sku: string;
  readonly pool: string;
  readonly orderId: string;
  /** When the order came to wait, RFC 3339. */
  readonly since: string;
  /** Units of its smallest line of the SKU: with fewer nothing of it can be sent, as lines are sent whole. */
  readonly least: number;
  readonly version: number;
}

/** Where the orders of one SKU and pool stand. */
export const unroutedPrefix = (pool: string): string => `UNROUTED#${pool}#`;
