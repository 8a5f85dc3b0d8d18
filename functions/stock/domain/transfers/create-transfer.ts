import { transferDispatched } from '../../../../shared/contracts/stock/transfer-events.ts';
import { randomId } from '../../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { create } from '../../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../../shared/model/decide.ts';
import { type ClosedShelves, closedShelves } from '../../../../shared/model/stock/closed-shelves.ts';
import { type Demand } from '../../../../shared/model/stock/demand.ts';
import { dispatch } from '../../../../shared/model/stock/shelf.ts';
import { type Transfer } from '../../../../shared/model/stock/transfer.ts';
import { type StockPorts } from '../../ports.ts';
import { atLines } from '../at-lines.ts';
import { type Context } from '../context.ts';
import { placeOf } from '../shelf-at.ts';
import { announced } from './goods-to-come.ts';
import { type TransferView, aboutTransfer, viewOf } from './view.ts';

/** What is sent, from where to where. */
export interface TransferInput {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly Demand[];
  readonly reference: string;
  readonly eta?: string | undefined;
}

type CreatePorts = Pick<StockPorts, 'location' | 'commit'>;

/**
 * Sends goods to another location: in one transaction they leave the shelf, what its pool can sell falls, and they are on the road. Only
 * what is promised to nobody can leave: `insufficient-stock` with what is left. Refusals also: `unknown-location`, `unknown-sku`,
 * `forbidden` for a key bound to another location than `from`, `invalid-request` for an eta that is past or a way to nowhere.
 */
export const createTransfer =
  (ports: CreatePorts) =>
  async (input: TransferInput, call: Context): Promise<Result<TransferView>> => {
    const transferId = randomId('transfer');
    const closed = closedShelves();
    const decide = () => dispatched(ports, { transferId, closed }, input, call);
    const result = await decideAndCommit(ports.commit, decide, call.once, closed.heed);
    return atLines(result, input.lines, 'quantity');
  };

async function dispatched(
  ports: CreatePorts,
  { transferId, closed }: { readonly transferId: string; readonly closed: ClosedShelves },
  input: TransferInput,
  call: Context,
): Promise<Result<Decision<TransferView>>> {
  const [from, to] = await Promise.all([placeOf(ports, input.from, '/from'), placeOf(ports, input.to, '/to')]);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const sensible = checked(input, call);
  if (!sensible.ok) return sensible;
  const transfer = newTransfer(transferId, input, call);
  const cause = {
    operation: 'transfer',
    reference: transferId,
    actor: call.actor,
    at: call.now,
    reason: `to ${input.to}`,
  };
  const leaving = input.lines.flatMap(({ sku, quantity }) =>
    dispatch(closed.known({ ...from.value, sku }), quantity, cause),
  );
  return ok({
    changes: [...leaving, create('transfer', transfer), ...announced(transfer, to.value.pool, call)],
    reply: viewOf(transfer),
  });
}

function checked({ from, to, eta }: TransferInput, { now, permit }: Context): Result<true> {
  if (from === to)
    return refuse('invalid-request', `Goods cannot be sent from ${from} to itself.`, {
      errors: [{ pointer: '/to', detail: 'must be another location than `from`' }],
    });
  if (eta !== undefined && Date.parse(eta) < Date.parse(now))
    return refuse('invalid-request', 'Goods that leave now cannot have arrived.', {
      errors: [{ pointer: '/eta', detail: `must not be past: it is ${now}` }],
    });
  return permit(from);
}

function newTransfer(transferId: string, { from, to, lines, reference, eta }: TransferInput, call: Context): Transfer {
  const transfer: Transfer = {
    transferId,
    from,
    to,
    state: 'DISPATCHED',
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity, received: 0 })),
    reference,
    ...(eta !== undefined && { eta }),
    dispatchedAt: call.now,
    version: 1,
    updatedAt: call.now,
    events: [],
  };
  const event = transferDispatched.of(transferId, 1, call, {
    ...aboutTransfer(transfer),
    lines: [...lines],
    ...(eta !== undefined && { eta }),
  });
  return { ...transfer, events: [event] };
}
