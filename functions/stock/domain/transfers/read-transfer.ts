import { type Result, ok } from '../../../../shared/kernel/result.ts';
import { type PageRequest, type StockPorts } from '../../ports.ts';
import { type TransferCall, permittedTransfer } from './transfer-call.ts';
import { type TransferView, viewOf } from './view.ts';

/** Reads a transfer. Refusals: `not-found`, `forbidden`. */
export const readTransfer =
  (ports: Pick<StockPorts, 'transfer'>) =>
  async (call: Pick<TransferCall, 'transferId' | 'permit'>): Promise<Result<TransferView>> => {
    const found = await permittedTransfer(ports, call);
    return found.ok ? ok(viewOf(found.value)) : found;
  };

/** The transfers on their way to a location, oldest first. Refusals: `forbidden`, `invalid-request` for a foreign cursor. */
export const listTransfers =
  (ports: Pick<StockPorts, 'transfersTo'>) =>
  async (location: string, page: PageRequest, permit: TransferCall['permit']) => {
    const allowed = permit(location);
    if (!allowed.ok) return allowed;
    const found = await ports.transfersTo(location, page);
    if (!found.ok) return found;
    const { items, ...more } = found.value;
    return ok({ transfers: items.map(viewOf), ...more });
  };
