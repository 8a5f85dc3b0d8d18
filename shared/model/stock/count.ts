import { type VarianceReason } from '../../contracts/stock/variance-reasons.ts';
import { type Transitions } from '../../kernel/states.ts';
import { type Aggregate } from '../orders/order.ts';

/** What a count may be. */
export type CountState = 'ASSIGNED' | 'REVIEW' | 'APPLYING' | 'COMPLETED' | 'CANCELLED';
/** What may be done to it. */
export type CountOperation = 'submit' | 'recount' | 'complete' | 'finish' | 'cancel';

/**
 * States as data: a counter counts blind, a reviewer sends back or completes. APPLYING: some differences are in the books and others not
 * yet, so that it can only go on; who finds one there completes it again.
 */
export const countTransitions: Transitions<CountState, CountOperation> = {
  ASSIGNED: { submit: 'REVIEW', cancel: 'CANCELLED' },
  REVIEW: { recount: 'ASSIGNED', complete: 'APPLYING', cancel: 'CANCELLED' },
  APPLYING: { complete: 'APPLYING', finish: 'COMPLETED' },
  COMPLETED: {},
  CANCELLED: {},
};

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

/** By how many units a shelf differs from the books; nothing before it is counted. */
export const varianceOf = ({ counted, expected }: CountLine): number =>
  counted === undefined || expected === undefined ? 0 : counted - expected;

/** True of a difference that is to be in the books and is not yet. */
export const isToApply = (line: CountLine): boolean => varianceOf(line) !== 0 && line.applied !== true;

/** True of a count that somebody still has to do something about. */
export const isOpenCount = ({ state }: Pick<StockCount, 'state'>): boolean =>
  state === 'ASSIGNED' || state === 'REVIEW' || state === 'APPLYING';

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
