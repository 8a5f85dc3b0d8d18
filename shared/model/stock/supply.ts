import { type Aggregate } from '../orders/order.ts';

/** How sure it is that a supply comes when it says. */
export const confidences = ['planned', 'confirmed', 'shipped'] as const;
/** How sure it is that a supply comes when it says. */
export type Confidence = (typeof confidences)[number];

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
  readonly state: 'OPEN' | 'RECEIVED' | 'CANCELLED';
}

/** What is still to come of a supply. */
export const openOf = ({ state, quantity, received }: Pick<Supply, 'state' | 'quantity' | 'received'>): number =>
  state === 'OPEN' ? Math.max(0, quantity - received) : 0;
