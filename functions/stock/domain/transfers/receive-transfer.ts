import { transferReceived } from '../../../../shared/contracts/stock/transfer-events.ts';
import { type FieldError } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { next } from '../../../../shared/kernel/states.ts';
import { replace } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type Demand } from '../../../../shared/model/stock/demand.ts';
import { type Arrival, adjust } from '../../../../shared/model/stock/movements.ts';
import { type Transfer, inTransit, transferTransitions } from '../../../../shared/model/stock/transfer.ts';
import { type StockPorts } from '../../ports.ts';
import { atLines } from '../at-lines.ts';
import { placeOf } from '../shelf-at.ts';
import { arrived } from './goods-to-come.ts';
import { type TransferCall, afterStep, permittedTransfer } from './transfer-call.ts';
import { type TransferView, aboutTransfer, viewOf } from './view.ts';

/** Units that arrived, and where they come to stand. */
export interface Arrived extends Demand {
  readonly to: Arrival;
}

type ReceivePorts = Pick<StockPorts, 'transfer' | 'location' | 'supply' | 'commit'>;

/**
 * Takes in what arrived, in one transaction: the destination's shelf and pool rise, the transfer and its supply have that much less to
 * come. Refusals: `not-found`, `forbidden`, `state-conflict`, `unknown-location`, `limit-exceeded`, `invalid-request` for a SKU that is
 * not on it, `quantity-exceeded` for more than is on the road.
 */
export const receiveTransfer =
  (ports: ReceivePorts) =>
  async (lines: readonly Arrived[], call: TransferCall): Promise<Result<TransferView>> => {
    const result = await decideAndCommit(ports.commit, () => received(ports, lines, call), call.once);
    return atLines(result, lines, 'quantity');
  };

async function received(
  ports: ReceivePorts,
  lines: readonly Arrived[],
  call: TransferCall,
): Promise<Result<Decision<TransferView>>> {
  const found = await permittedTransfer(ports, call);
  if (!found.ok) return found;
  const transfer = found.value;
  const allowed = call.permit(transfer.to);
  if (!allowed.ok) return allowed;
  const after = afterArrival(transfer, lines, call);
  if (!after.ok) return after;
  const place = await placeOf(ports, transfer.to);
  if (!place.ok) return place;
  const { transferId: reference, from } = transfer;
  const cause = { operation: 'transfer', reference, actor: call.actor, at: call.now, reason: `from ${from}` };
  const coming = lines.flatMap(({ sku, quantity, to }) => adjust({ ...place.value, sku }, quantity, to, cause));
  const supplies = await arrived(ports, transfer, lines, call);
  return ok({
    changes: [...coming, ...supplies, replace('transfer', after.value, transfer.version)],
    reply: viewOf(after.value),
  });
}

function afterArrival(transfer: Transfer, arrivals: readonly Arrived[], call: TransferCall): Result<Transfer> {
  const units = new Map(arrivals.map(({ sku, quantity }) => [sku, quantity]));
  const lines = transfer.lines.map((line) => ({ ...line, received: line.received + (units.get(line.sku) ?? 0) }));
  const complete = lines.every((line) => inTransit(line) <= 0);
  const some = next(transferTransitions, 'transfer', transfer.state, 'receive');
  const state = some.ok && complete ? next(transferTransitions, 'transfer', transfer.state, 'receiveLast') : some;
  if (!state.ok) return state;
  const fits = onTheRoad(transfer, arrivals);
  if (!fits.ok) return fits;
  const data = arrivals.map(({ sku, quantity }) => ({ sku, quantity }));
  const event = (after: Transfer) =>
    transferReceived.of(after.transferId, after.version, call, { ...aboutTransfer(after), lines: data, complete });
  return ok(afterStep(transfer, { state: state.value, lines }, event, call.now));
}

/** Never more than is on the road: what arrives beside it is a receipt of its own. */
function onTheRoad({ lines }: Transfer, arrivals: readonly Arrived[]): Result<true> {
  const open = new Map(lines.map((line) => [line.sku, inTransit(line)]));
  const foreign = arrivals.flatMap(({ sku }, index): FieldError[] =>
    open.has(sku) ? [] : [{ pointer: `/lines/${index}/sku`, detail: 'is not on this transfer' }],
  );
  if (foreign.length > 0)
    return refuse('invalid-request', 'Receive what is on the transfer; POST /v1/stock/receipts takes in the rest.', {
      errors: foreign,
    });
  const over = arrivals.flatMap(({ sku, quantity }, index) => {
    const left = open.get(sku) ?? 0;
    return quantity > left ? [{ index, sku, wanted: quantity, left }] : [];
  });
  if (over.length === 0) return ok(true);
  return refuse(
    'quantity-exceeded',
    `More than is on the road: ${over.map(({ sku, wanted, left }) => `${sku} (wanted ${wanted}, left ${left})`).join(', ')}. POST /v1/stock/receipts takes in what came beside it.`,
    {
      facts: { over: over.map(({ index: _index, ...fact }) => fact) },
      errors: over.map(({ index, left }) => ({
        pointer: `/lines/${index}/quantity`,
        detail: `must be at most ${left}`,
      })),
    },
  );
}
