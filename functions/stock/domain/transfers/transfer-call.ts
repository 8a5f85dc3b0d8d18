import { type EventMessage } from '../../../../shared/contracts/define-event.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type Transfer } from '../../../../shared/model/stock/transfer.ts';
import { type StockPorts } from '../../ports.ts';
import { type Context } from '../context.ts';

/** A call about one transfer. */
export interface TransferCall extends Context {
  readonly transferId: string;
}

/** Reads a transfer that this caller may see: a key bound to a location sees what leaves it and what comes to it. */
export async function permittedTransfer(
  ports: Pick<StockPorts, 'transfer'>,
  { transferId, permit }: Pick<TransferCall, 'transferId' | 'permit'>,
): Promise<Result<Transfer>> {
  const transfer = await ports.transfer(transferId);
  if (transfer === undefined)
    return refuse(
      'not-found',
      `There is no transfer ${transferId}. GET /v1/locations/{locationId}/transfers lists those on their way.`,
    );
  if (permit(transfer.from).ok) return ok(transfer);
  const allowed = permit(transfer.to);
  return allowed.ok ? ok(transfer) : allowed;
}

/** The transfer after a write: the next version, with the event of this write. */
export function afterStep(
  before: Transfer,
  more: Partial<Pick<Transfer, 'state' | 'lines' | 'closedReason'>>,
  event: (after: Transfer) => EventMessage,
  now: string,
): Transfer {
  const after = { ...before, ...more, version: before.version + 1, updatedAt: now, events: [] };
  return { ...after, events: [event(after)] };
}
