import { transferClosed } from '../../../../shared/contracts/stock/transfer-events.ts';
import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Transfer, inTransit, transferTransitions } from '../../../../shared/model/stock/transfer.ts';
import { type StockPorts } from '../../ports.ts';
import { calledOff } from './goods-to-come.ts';
import { type TransferCall, afterStep, permittedTransfer } from './transfer-call.ts';
import { type TransferView, aboutTransfer, viewOf } from './view.ts';

type ClosePorts = Pick<StockPorts, 'transfer' | 'supply' | 'commit'>;

/**
 * Ends a transfer of which not everything arrived: what is missing is on no shelf, and its supply is called off. Refusals: `not-found`,
 * `forbidden`, `state-conflict`.
 */
export const closeTransfer =
  (ports: ClosePorts) =>
  (reason: string, call: TransferCall): Promise<Result<TransferView>> =>
    decideAndCommit(ports.commit, () => closed(ports, reason, call), call.once);

async function closed(ports: ClosePorts, reason: string, call: TransferCall): Promise<Result<Decision<TransferView>>> {
  const found = await permittedTransfer(ports, call);
  if (!found.ok) return found;
  const transfer = found.value;
  const state = next(transferTransitions, 'transfer', transfer.state, 'close');
  if (!state.ok) return state;
  const missing = transfer.lines
    .map((line) => ({ sku: line.sku, quantity: inTransit(line) }))
    .filter(({ quantity }) => quantity > 0);
  const event = (after: Transfer) =>
    transferClosed.of(after.transferId, after.version, call, { ...aboutTransfer(after), missing, reason });
  const after = afterStep(transfer, { state: state.value, closedReason: reason }, event, call.now);
  const supplies = await calledOff(ports, transfer, missing, call);
  return ok({ changes: [...supplies, replace('transfer', after, transfer.version)], reply: viewOf(after) });
}
