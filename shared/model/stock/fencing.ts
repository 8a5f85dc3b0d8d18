import { type Cause } from './counters.ts';
import { type StockChange } from './stock-change.ts';
import { tellAnew } from './telling.ts';

/** A channel's share of a SKU in a pool. */
export interface ShareOf {
  readonly sku: string;
  readonly pool: string;
  readonly channel: string;
}

const share = ({ sku, pool, channel }: ShareOf, fenced: number, cause: Cause): StockChange => ({
  kind: 'stock',
  key: { level: 'share', sku, pool, channel },
  add: { fenced },
  ...(fenced < 0 ? { atLeast: { fenced: -fenced } } : { mayCreate: true }),
  cause,
});

/** Sets units of the pool apart for one channel: nobody else can sell them. */
export const fence = (of: ShareOf, quantity: number, cause: Cause): StockChange[] => [
  {
    kind: 'stock',
    key: { level: 'pool', sku: of.sku, pool: of.pool },
    add: { ats: -quantity, fenced: quantity },
    atLeast: { ats: quantity },
    cause,
  },
  share(of, quantity, cause),
];

/** Gives what is left of a channel's units back to everybody. */
export const unfence = (of: ShareOf, quantity: number, cause: Cause): StockChange[] => [
  {
    kind: 'stock',
    key: { level: 'pool', sku: of.sku, pool: of.pool },
    add: { ats: quantity, fenced: -quantity },
    cause,
  },
  share(of, -quantity, cause),
];

/** Gives what is left of one channel's units to another of the same pool. The pool's sums stay; what the two channels may sell does not. */
export const refence = (of: ShareOf, to: string, quantity: number, cause: Cause): StockChange[] => [
  share(of, -quantity, cause),
  share({ ...of, channel: to }, quantity, cause),
  tellAnew(of, cause),
];
