import { type Disposition } from '../../../shared/contracts/returns/dispositions.ts';
import { type Arrival } from '../../../shared/model/stock/movements.ts';

/** What a disposition means for the order, for stock and for money. */
export interface DispositionRule {
  /** Whether the unit came back: then it is returned on the order; otherwise it stays where it was. */
  readonly cameBack: boolean;
  /** Where it comes to stand at the location; nothing: it is not stock. */
  readonly arrival?: Arrival;
  /** Whether its share of the line's price is given back. */
  readonly refunded: boolean;
  /** For a person. */
  readonly sentence: string;
}

/** The policy of returns in one place, as data. */
export const dispositionRules: Readonly<Record<Disposition, DispositionRule>> = {
  restock: {
    cameBack: true,
    arrival: 'sellable',
    refunded: true,
    sentence: 'As good as new: on the shelf and for sale again.',
  },
  damaged: {
    cameBack: true,
    arrival: 'damaged',
    refunded: true,
    sentence: 'On hand, set apart as damaged; the customer gets the money back.',
  },
  'quality-control': {
    cameBack: true,
    arrival: 'qualityControl',
    refunded: true,
    sentence: 'On hand, not for sale until quality control has looked.',
  },
  'write-off': { cameBack: true, refunded: true, sentence: 'Came back and is worth nothing: it never becomes stock.' },
  missing: {
    cameBack: false,
    refunded: false,
    sentence: 'Was expected and did not come: still with the customer, not refunded.',
  },
};
