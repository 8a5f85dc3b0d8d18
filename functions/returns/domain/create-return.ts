import { returnAuthorized } from '../../../shared/contracts/returns/events.ts';
import { returnIdOf } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create, replace } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type SkuUnits, askedLines } from '../../../shared/model/orders/asked-lines.ts';
import { type LineUnits, type Order } from '../../../shared/model/orders/order.ts';
import { type Return } from '../../../shared/model/returns/return.ts';
import { type OrderReturns, type ReturnsPorts } from '../ports.ts';
import { type Call, about, knownLocation, plain } from './call.ts';
import { readOrderReturns, returnable } from './returnable.ts';
import { type View, viewOf } from './view.ts';

/** What a customer wants to send back, and where to. */
export interface CreateReturnInput {
  readonly location: string;
  readonly lines: readonly (LineUnits & { readonly reason: string })[];
}

/**
 * Creates a return of units that left and are in no other open return: the order's counter and the return, in one transaction. Two at
 * once for the same units: one is refused, since both write the order.
 * Refusals: `not-found` (order), `forbidden`, `unknown-location`, `invalid-request` (no such line), `quantity-exceeded`.
 */
export const createReturn =
  (ports: ReturnsPorts) =>
  (call: Call & { readonly orderId: string }, input: CreateReturnInput): Promise<Result<View>> =>
    decideAndCommit(
      ports.commit,
      async () => {
        const found = await readOrderReturns(ports, call.orderId);
        if (found === undefined) return refuse('not-found', `There is no order ${call.orderId}.`);
        const permitted = call.permit({ channelId: found.order.channelId, location: input.location });
        if (!permitted.ok) return permitted;
        const location = await knownLocation(ports, input.location);
        return location.ok ? authorized(found, input, call) : location;
      },
      call.once,
    );

function authorized({ order, returns }: OrderReturns, input: CreateReturnInput, call: Call): Result<Decision<View>> {
  const asked = askedLines(input.lines, returnable(order, returns), 'order that can come back');
  if (!asked.ok) return asked;
  const made = newReturn(order, input, asked.value, call);
  const after: Order = {
    ...order,
    returns: order.returns + 1,
    version: order.version + 1,
    updatedAt: call.now,
    events: [],
  };
  return ok({ changes: [create('return', made), replace('order', after, order.version)], reply: viewOf(made) });
}

function newReturn(order: Order, input: CreateReturnInput, units: readonly SkuUnits[], call: Call): Return {
  const made: Return = {
    returnId: returnIdOf(order.orderId, order.returns + 1),
    orderId: order.orderId,
    channelId: order.channelId,
    pool: order.pool,
    currency: order.currency,
    location: input.location,
    state: 'AUTHORIZED',
    lines: units.map((line) => ({ ...line, reason: reasonOf(input, line.lineId), receivedQuantity: 0 })),
    inspections: [],
    createdAt: call.now,
    version: 1,
    updatedAt: call.now,
    events: [],
  };
  return {
    ...made,
    events: [returnAuthorized.of(made.returnId, 1, call, { ...about(made), lines: plain(made.lines) })],
  };
}

/** A line sent back for several reasons keeps them all. */
const reasonOf = ({ lines }: CreateReturnInput, lineId: string): string =>
  [...new Set(lines.filter((line) => line.lineId === lineId).map(({ reason }) => reason))].join('; ');
