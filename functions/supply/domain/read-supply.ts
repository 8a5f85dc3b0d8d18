import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type SupplyPorts } from '../ports.ts';
import { type SupplyView, readPurchase, viewOf } from './supply-line.ts';
import { noPurchase } from './unknown-supply.ts';

/** What is to come, and what has come, under a reference. Refusal: `not-found`. */
export const readSupply =
  (ports: Pick<SupplyPorts, 'purchaseOrder' | 'linesOf' | 'transferLines'>) =>
  async (reference: string): Promise<Result<SupplyView>> => {
    const purchase = await readPurchase(ports, reference);
    if (purchase !== undefined) return ok(viewOf({ ...purchase.order, kind: 'purchase-order' }, purchase.lines));
    const transfer = await ports.transferLines(reference);
    const [first] = transfer;
    return first === undefined ? noPurchase(ports, reference) : ok(viewOf(first, transfer));
  };
