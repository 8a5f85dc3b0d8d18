import { returnInspected } from '../../../shared/contracts/returns/events.ts';
import { orderIdFrom } from '../../../shared/kernel/ids.ts';
import { type Result } from '../../../shared/kernel/result.ts';
import { next } from '../../../shared/kernel/states.ts';
import { type PutChange, replace } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type LineUnits, type Order, moveLines } from '../../../shared/model/orders/order.ts';
import { type Inspection, type Return, returnTransitions } from '../../../shared/model/returns/return.ts';
import { type ReturnsPorts } from '../ports.ts';
import { type ReturnCall, about, decided, knownLocation, noReturn, written } from './call.ts';
import { type Judged, judgement } from './judgement.ts';
import { countOf, refundOf } from './refund.ts';
import { restock } from './restock.ts';
import { type View } from './view.ts';

/**
 * Says what becomes of every unit: the return with its refund, the order's units and the location's stock, in one transaction. The money
 * itself goes back later, by the return's process. Refusals: `not-found`, `forbidden`, `state-conflict`, `invalid-request`,
 * `quantity-exceeded`, `unknown-location`.
 */
export const inspectReturn =
  (ports: ReturnsPorts) =>
  (call: ReturnCall, judged: readonly Judged[]): Promise<Result<View>> =>
    decideAndCommit(
      ports.commit,
      async () => {
        const found = await readForInspection(ports, call.returnId);
        if (found === undefined) return noReturn(call.returnId);
        const permitted = call.permit(found.before);
        if (!permitted.ok) return permitted;
        const location = await knownLocation(ports, found.before.location);
        return location.ok ? inspected(found, location.value, judged, call) : location;
      },
      call.once,
    );

/** A return with the order that it is of. */
interface Found {
  readonly before: Return;
  readonly order: Order;
}

/** How often two items are read again that a commit of another fell in between. */
const attempts = 10;

async function readForInspection(ports: ReturnsPorts, returnId: string): Promise<Found | undefined> {
  const orderId = orderIdFrom(returnId);
  if (orderId === undefined) return undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const [order, before] = await Promise.all([ports.order(orderId), ports.return(returnId)]);
    if (before === undefined) return undefined;
    if (order !== undefined && fits(before, order)) return { before, order };
  }
  throw new Error(`order ${orderId} does not hold the units of ${returnId}`);
}

/** True when the order has the units that came back still shipped or delivered. */
const fits = ({ state, lines }: Return, order: Order): boolean =>
  state !== 'RECEIVED' ||
  lines.every(({ lineId, receivedQuantity }) => outOf(order, lineId, receivedQuantity) !== undefined);

function inspected(
  { before, order }: Found,
  at: { location: string; pool?: string },
  judged: readonly Judged[],
  call: ReturnCall,
): Result<Decision<View>> {
  const state = next(returnTransitions, 'return', before.state, 'inspect');
  if (!state.ok) return state;
  const judgedAll = judgement(before, judged);
  if (!judgedAll.ok) return judgedAll;
  const inspections = judgedAll.value;
  const refundMinor = refundOf(order.lines, inspections);
  const lines = inspections.map(({ lineId, sku, quantity, disposition }) => ({ lineId, sku, quantity, disposition }));
  const after = written(before, { state: state.value, inspections, refundMinor }, call, (version) => [
    returnInspected.of(before.returnId, version, call, { ...about(before), refundMinor, lines }),
  ]);
  const cause = { operation: 'return', reference: before.returnId, actor: call.actor, at: call.now };
  return decided(before, after, [orderAfter(order, before, inspections, call), ...restock(inspections, at, cause)]);
}

/** The order with the units that came back returned: those delivered first, then those still on their way to the customer. */
function orderAfter(
  order: Order,
  { lines }: Return,
  inspections: readonly Inspection[],
  { now }: ReturnCall,
): PutChange {
  const out = lines.map(({ lineId }) => ({
    lineId,
    ...outOf(order, lineId, countOf(inspections, lineId, 'cameBack')),
  }));
  const moves = (from: 'delivered' | 'shipped'): LineUnits[] =>
    out.map(({ lineId, [from]: quantity = 0 }) => ({ lineId, quantity }));
  const delivered = { ...order, lines: moveLines(order, moves('delivered'), 'delivered', 'returned') };
  const after = { ...order, lines: moveLines(delivered, moves('shipped'), 'shipped', 'returned') };
  return replace('order', { ...after, version: order.version + 1, updatedAt: now, events: [] }, order.version);
}

/** Where units that came back are taken from; nothing when the order has not that many out. */
function outOf({ lines }: Order, lineId: string, quantity: number): { delivered: number; shipped: number } | undefined {
  const units = lines.find((line) => line.lineId === lineId)?.units;
  const delivered = Math.min(quantity, units?.delivered ?? 0);
  const shipped = quantity - delivered;
  return shipped <= (units?.shipped ?? 0) ? { delivered, shipped } : undefined;
}
