import { type Result, ok } from '../../../shared/kernel/result.ts';
import { type OnceKey, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Supply, supplyTransitions } from '../../../shared/model/stock/supply.ts';
import { type SupplyPorts } from '../ports.ts';
import { type SupplyContext, type SupplyView, lineChange, orderChange, readPurchase, viewOf } from './supply-line.ts';
import { noPurchase } from './unknown-supply.ts';

/** Which purchase order is called off, and why. */
export interface CancelCall extends SupplyContext {
  readonly reference: string;
  readonly reason?: string | undefined;
  readonly once?: OnceKey;
}

/** Calls off every line that is open, in one transaction; again is no harm. Refusals: `not-found`, `state-conflict` for a transfer. */
export const cancelSupply =
  (ports: Pick<SupplyPorts, 'purchaseOrder' | 'linesOf' | 'transferLines' | 'commit'>) =>
  (call: CancelCall): Promise<Result<SupplyView>> =>
    decideAndCommit<SupplyView>(
      ports.commit,
      async () => {
        const purchase = await readPurchase(ports, call.reference);
        if (purchase === undefined) return noPurchase(ports, call.reference);
        const { order, lines } = purchase;
        const next = lines.map((line) => cancelled(line, call));
        const changes = next.flatMap((line, index) => {
          const before = lines[index];
          return before === undefined || before.state === line.state ? [] : [lineChange(line, before, call)];
        });
        return ok({
          changes: changes.length === 0 ? [] : [orderChange(order, order, call), ...changes],
          reply: viewOf({ ...order, kind: 'purchase-order' }, next),
        });
      },
      call.once,
    );

function cancelled(line: Supply, { reason }: CancelCall): Supply {
  const state = supplyTransitions[line.state].cancel;
  return state === undefined ? line : { ...line, state, ...(reason !== undefined && { cancelledReason: reason }) };
}
