import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate } from '../orders/order.ts';

/** What a count may be. */
export type CountState = 'ASSIGNED' | 'REVIEW' | 'COMPLETED' | 'CANCELLED';
/** What may be done to it. */
export type CountOperation = 'submit' | 'recount' | 'complete' | 'cancel';

/** States as data: a counter counts blind, a reviewer sends back or completes. */
export const countTransitions: Transitions<CountState, CountOperation> = {
  ASSIGNED: { submit: 'REVIEW', cancel: 'CANCELLED' },
  REVIEW: { recount: 'ASSIGNED', complete: 'COMPLETED', cancel: 'CANCELLED' },
  COMPLETED: {},
  CANCELLED: {},
};

/** Why a shelf differs from the books. */
export const varianceReasons = [
  'found',
  'lost',
  'stolen',
  'damaged',
  'mis-shipped',
  'mis-received',
  'mis-counted',
  'sample',
  'other',
] as const;
/** Why a shelf differs from the books. */
export type VarianceReason = (typeof varianceReasons)[number];

/** One SKU of a count. */
export interface CountLine {
  readonly sku: string;
  /** What the person counted, when the books said `expected`. */
  readonly counted?: number;
  /** On hand by the books at that moment: what moved since then stays, because the difference is what is applied. */
  readonly expected?: number;
  readonly reason?: VarianceReason;
  /** True once its difference is in the books. */
  readonly applied?: boolean;
}

/** A cycle count of some SKUs at a location. */
export interface StockCount extends Aggregate {
  readonly countId: string;
  readonly location: string;
  readonly state: CountState;
  readonly lines: readonly CountLine[];
  readonly assignedTo?: string;
  readonly createdAt: string;
  /** How often it was sent back. */
  readonly recounts: number;
}
