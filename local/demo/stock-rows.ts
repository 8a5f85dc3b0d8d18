/** What is told of a row, in the order of its columns. */
export const columns = ['onHand', 'allocated', 'damaged', 'free', 'reserved', 'ats', 'shopify', 'market'] as const;
/** One column. */
export type Column = (typeof columns)[number];
/** Units by column; a row has those that mean something for it. */
export type Counts = Readonly<Partial<Record<Column, number>>>;

/** A SKU at a location, or in the pool with what the two channels show of it. */
export interface StockRow {
  readonly sku: string;
  /** A location's id, or the pool's. */
  readonly where: string;
  readonly counts: Counts;
}

/** Where everything is, read from the server, and what the shops show, read from the shops. */
export type StockView = readonly StockRow[];
