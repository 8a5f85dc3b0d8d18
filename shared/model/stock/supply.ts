import { type Transitions } from '../../kernel/states.ts';
import { type Confidence } from '../../contracts/supply/terms.ts';
import { type Aggregate } from '../orders/order.ts';

/** What a supply may be; only OPEN has units to come. */
export type SupplyState = 'OPEN' | 'RECEIVED' | 'CANCELLED';
/** What may be done to it. */
export type SupplyOperation = 'revise' | 'receive' | 'complete' | 'cancel';

/**
 * States as data. RECEIVED: all of it arrived, or what did not will not come. A receipt is a fact and refused nowhere, neither beyond the
 * quantity nor after the end.
 */
export const supplyTransitions: Transitions<SupplyState, SupplyOperation> = {
  OPEN: { revise: 'OPEN', receive: 'OPEN', complete: 'RECEIVED', cancel: 'CANCELLED' },
  RECEIVED: { receive: 'RECEIVED' },
  CANCELLED: { receive: 'CANCELLED' },
};

/** Units of one SKU that are to arrive at a location: a line of a purchase order, or of a transfer on the road. */
export interface Supply extends Aggregate {
  readonly sku: string;
  readonly location: string;
  /** The pool that its location sells to; none when it is closed to online selling. */
  readonly pool?: string;
  /** The purchase order's or transfer's number. */
  readonly reference: string;
  readonly kind: 'purchase-order' | 'transfer';
  readonly quantity: number;
  readonly received: number;
  /** When it is to arrive, RFC 3339. */
  readonly eta: string;
  readonly confidence: Confidence;
  readonly state: SupplyState;
  /** Why it was called off, if somebody said so. */
  readonly cancelledReason?: string;
}

/** What is still to come of a supply. */
export const openOf = ({ state, quantity, received }: Pick<Supply, 'state' | 'quantity' | 'received'>): number =>
  state === 'OPEN' ? Math.max(0, quantity - received) : 0;

/**
 * A purchase order: what its lines have in common. Each line is a `Supply` of its own, in its SKU's collection; their keys are made of
 * what is here, so that all are read consistently.
 */
export interface PurchaseOrder {
  readonly reference: string;
  readonly location: string;
  /** Every SKU that it ever had, at most `mostPurchaseLines`. */
  readonly skus: readonly string[];
  readonly version: number;
  readonly updatedAt: string;
}
