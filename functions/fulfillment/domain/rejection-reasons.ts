import { type rejectionReasons } from '../../../shared/contracts/fulfillment/apis.ts';
import { type StockEffect } from '../../../shared/model/stock/movements.ts';

/** Why a location gives units back: what it may say itself, and `silent`, which the process says for it. */
export type RejectionReason = (typeof rejectionReasons)[number] | 'silent';

/** What a reason says of the goods. */
export interface ReasonRule {
  /** What becomes of the location's stock: nothing, off the books, or set apart as damaged. */
  readonly stockEffect: StockEffect;
  /** For a person. */
  readonly sentence: string;
}

/** Rejection reasons as data: a unit that is not on its shelf must not be promised to the next customer, a busy store's unit may. */
export const reasonRules: Readonly<Record<RejectionReason, ReasonRule>> = {
  'not-found': {
    stockEffect: 'missing',
    sentence: 'The location looked and the units are not there: they come off its books.',
  },
  damaged: { stockEffect: 'damaged', sentence: 'The units are there and cannot be sold: they are set apart.' },
  'too-busy': { stockEffect: 'none', sentence: 'The location has no hands for it; the units stay on its shelf.' },
  closed: { stockEffect: 'none', sentence: 'The location is closed; the units stay on its shelf.' },
  other: { stockEffect: 'none', sentence: 'Another reason, see the note; the units stay on the shelf.' },
  silent: {
    stockEffect: 'none',
    sentence: 'The location did not answer in time; the units are taken to be on its shelf.',
  },
};
