import { type FulfillmentOrder } from '../fulfillment/fulfillment-order.ts';
import { type Order } from '../orders/order.ts';
import { type Backorder } from './backorder.ts';
import { type Pool, type Position, type Share } from './counters.ts';
import { type StockHold } from './hold.ts';
import { type StockException } from './stock-exception.ts';
import { type Supply } from './supply.ts';
import { type Transfer } from './transfer.ts';

/** Everything that the identities speak of, by kind. */
export interface AuditedKinds {
  position: Position;
  /** An item of a pool: all of it, or one stripe. */
  pool: Pool;
  share: Share;
  order: Order;
  fulfillmentOrder: FulfillmentOrder;
  stockHold: StockHold;
  backorder: Backorder;
  transfer: Transfer;
  supply: Supply;
  stockException: StockException;
}

/** The kinds, in the order in which a reading counts them. */
export const auditedKinds = [
  'position',
  'pool',
  'share',
  'order',
  'fulfillmentOrder',
  'stockHold',
  'backorder',
  'transfer',
  'supply',
  'stockException',
] as const satisfies readonly (keyof AuditedKinds)[];

/** One thing that the identities speak of. */
export type AuditedItem = {
  readonly [K in keyof AuditedKinds]: {
    readonly kind: K;
    readonly item: AuditedKinds[K];
    /** Of a pool of a hot SKU: which of its items this is. */
    readonly stripe?: number;
  };
}[keyof AuditedKinds];

/** What a check knows besides the items. */
export interface CheckOptions {
  /** When it is, RFC 3339; without it nothing is too late. */
  readonly now?: string;
  /** The pool of each location (none: closed to online selling); without it no position is in the wrong place. */
  readonly locations?: ReadonlyMap<string, string | undefined>;
  /** Locations that were closed long enough for all stock to have followed: nothing on their shelves is for sale. */
  readonly closed?: ReadonlySet<string>;
  /** True: findings have their evidence and mark, and the check remembers all that it took. */
  readonly evidence?: boolean;
}
