import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate } from '../orders/order.ts';

/** What a hold of stock may be; only HELD has units. */
export type HoldState = 'HELD' | 'CONVERTED' | 'RELEASED' | 'EXPIRED';
/** What may be done to it. */
export type HoldOperation = 'extend' | 'change' | 'convert' | 'release' | 'expire';

/** States as data: a hold ends once, whoever comes first. */
export const holdTransitions: Transitions<HoldState, HoldOperation> = {
  HELD: { extend: 'HELD', change: 'HELD', convert: 'CONVERTED', release: 'RELEASED', expire: 'EXPIRED' },
  CONVERTED: {},
  RELEASED: {},
  EXPIRED: {},
};

/** Units of a SKU that a checkout has: of the pool, or of one location's shelf. */
export interface HeldLine {
  readonly sku: string;
  readonly quantity: number;
  /** A location's id for a hold on its shelf; absent for one on the network. */
  readonly location?: string;
}

/** A checkout's reservation of stock with an expiry. */
export interface StockHold extends Aggregate {
  readonly holdId: string;
  readonly channelId: string;
  readonly pool: string;
  readonly state: HoldState;
  /** One line per SKU and location: kits are held as their components. */
  readonly lines: readonly HeldLine[];
  readonly createdAt: string;
  readonly expiresAt: string;
  /** The caller's cart or checkout. */
  readonly reference?: string;
  /** True when its units count against the channel's limit of held units per SKU (`Share.held`). */
  readonly counted: boolean;
  /** The order that it became. */
  readonly orderId?: string;
}

/** Holds that expire are listed on this many partitions, so that no one of them takes every checkout's write. */
export const expiryShards = 16;
