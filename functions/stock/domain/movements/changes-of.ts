import { type MovementLine } from '../../../../shared/contracts/stock/movement-apis.ts';
import { type Cause } from '../../../../shared/model/stock/counters.ts';
import { adjust } from '../../../../shared/model/stock/movements.ts';
import { type Shelf, moveState } from '../../../../shared/model/stock/shelf.ts';
import { type StockChange } from '../../../../shared/model/stock/stock-change.ts';

/** A movement that says by how much a shelf changes, not what it is afterwards. */
export type RelativeLine = Exclude<MovementLine, { readonly operation: 'set' }>;

/**
 * What a movement does to its shelf and the pool that sells from it. A sale at a till has happened: it is taken from the books even if
 * they say that nothing was there.
 */
export function changesOf(line: RelativeLine, shelf: Shelf, cause: Cause): StockChange[] {
  switch (line.operation) {
    case 'receive':
    case 'return':
      return adjust(shelf, line.quantity, line.to, cause);
    case 'adjust':
      return adjust(shelf, line.delta, 'sellable', cause);
    case 'move':
      return moveState(shelf, line.quantity, line.from, line.to, cause);
    case 'sale':
      return adjust(shelf, -line.quantity, 'sellable', cause, true);
  }
}

/** The field in which a movement says how many units. */
export const amountField = (line: MovementLine): 'quantity' | 'delta' | 'onHand' =>
  line.operation === 'set' ? 'onHand' : line.operation === 'adjust' ? 'delta' : 'quantity';
