import { type Cause } from './counters.ts';
import { type StockChange } from './stock-change.ts';

/** The operation of a write that moves no unit: channels are to be told what they may sell, even if that is what it was. */
export const tellOperation = 'tell';

/** Has every channel of a pool told what it may sell, because a channel, a listing or a share is other than it was. */
export const tellAnew = (
  { sku, pool }: { readonly sku: string; readonly pool: string },
  cause: Omit<Cause, 'operation'>,
): StockChange => ({
  kind: 'stock',
  key: { level: 'pool', sku, pool },
  add: { fenced: 0 },
  cause: { ...cause, operation: tellOperation },
});
