import { type Refusal } from '../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { type Change, type CommitChanges, create, replace } from '../../../shared/model/changes.ts';
import { type Decision, decideAndCommit } from '../../../shared/model/decide.ts';
import { type Order, linesIn, openHolds } from '../../../shared/model/orders/order.ts';
import { paymentSecured } from '../../../shared/model/orders/status.ts';
import { allocate } from '../../../shared/model/stock/movements.ts';
import { type RoutingPorts } from '../ports.ts';
import { type RoutingContext, fulfillmentOrdersOf, routed } from './allocation.ts';
import { type Field, candidatesFor } from './candidates.ts';
import { type Wanted } from './coverable.ts';
import { fitting } from './fit.ts';
import { noPlan, saysNoPlan, withNoPlan, withoutNoPlan } from './no-plan.ts';
import { type Plan, planFor } from './plan.ts';

/** Which order, when, and who asks. */
export interface RouteCall extends RoutingContext {
  readonly orderId: string;
}

/** What one transaction did: fulfillment orders made, whether there is more to allocate, and what keeps the rest waiting. */
interface Step {
  readonly made: number;
  readonly more: boolean;
  readonly refusal?: Refusal;
}

/**
 * Routes every reserved unit of an order.
 *
 * 1. Reads the order; nothing reserved is success. Its payment must be secured and its holds released.
 * 2. Reads the positions of its SKUs and the locations, and plans.
 * 3. Allocates the plan, creates its fulfillment orders and moves the order's units, in one transaction (a plan of more than 100 actions
 *    in several, each complete in itself). Where others took a unit or changed the order meanwhile, it reads and plans anew.
 * 4. Lines that no plan can send stay reserved; the order says so once, as an exception, in the same transaction.
 *
 * Run again, it finds nothing reserved, or only what still waits. Refusals: `not-found`, `payment-not-secured`, `on-hold`, `no-plan`
 * (also after a part was routed, so that its process waits for supply instead of asking again at once).
 */
export const routeOrder =
  (ports: RoutingPorts) =>
  async (call: RouteCall): Promise<Result<{ readonly orderId: string; readonly fulfillmentOrders: number }>> => {
    for (let made = 0; ;) {
      const step = await decideAndCommit(planAgainOnConflict(ports.commit), () => nextStep(ports, call));
      if (!step.ok) return step;
      made += step.value.made;
      if (step.value.refusal !== undefined) return { ok: false, refusal: step.value.refusal };
      if (!step.value.more) return ok({ orderId: call.orderId, fulfillmentOrders: made });
    }
  };

/** A unit that someone else took is no shortage yet: like an order that has changed, it is a reason to read and plan anew. */
const planAgainOnConflict =
  (commit: CommitChanges): CommitChanges =>
  async (changes) => {
    const outcome = await commit(changes);
    return outcome.ok ? outcome : { ok: false, conflicts: [{ kind: 'item', entity: 'order' }] };
  };

async function nextStep(ports: RoutingPorts, call: RouteCall): Promise<Result<Decision<Step>>> {
  const order = await ports.order(call.orderId);
  if (order === undefined) return refuse('not-found', `There is no order ${call.orderId}.`);
  const wanted = linesIn(order, 'reserved');
  if (wanted.length === 0) return ok({ changes: nothingWaits(order, call), reply: { made: 0, more: false } });
  const ready = mayBeRouted(order);
  if (!ready.ok) return ready;
  const field = await fieldFor(ports, order, wanted);
  return ok(decide(order, planFor(wanted, field), field, call));
}

/** An exception that lost its reason (its lines were cancelled) is closed. */
function nothingWaits(order: Order, call: RouteCall): Change[] {
  if (!saysNoPlan(order)) return [];
  const next = { ...withoutNoPlan(order, call), version: order.version + 1, updatedAt: call.now, events: [] };
  return [replace('order', next, order.version)];
}

function mayBeRouted(order: Order): Result<true> {
  if (!paymentSecured(order)) {
    return refuse(
      'payment-not-secured',
      `The payments of order ${order.orderId} do not secure its total yet. Authorize the rest first.`,
      {
        facts: { totalMinor: order.totalMinor, currency: order.currency },
      },
    );
  }
  const holds = openHolds(order).map(({ holdId, reason }) => ({ holdId, reason }));
  if (holds.length === 0) return ok(true);
  return refuse(
    'on-hold',
    `Order ${order.orderId} is on hold: ${holds.map(({ reason }) => reason).join('; ')}. Release every hold first.`,
    { facts: { holds } },
  );
}

/** Reads what a plan rests on: the positions of each SKU, once, and the locations. */
async function fieldFor(ports: RoutingPorts, order: Order, wanted: readonly Wanted[]): Promise<Field> {
  const skus = [...new Set(wanted.map(({ sku }) => sku))];
  const positions = (await Promise.all(skus.map((sku) => ports.positionsOf(sku)))).flat();
  const locations = await ports.locations(positions.map(({ location }) => location));
  return candidatesFor({ order, skus, locations, positions });
}

/** Turns a plan into one transaction's changes. */
function decide(order: Order, plan: Plan, field: Field, call: RouteCall): Decision<Step> {
  const fit = fitting(plan.parcels);
  const refusal = fit.complete && plan.waiting.length > 0 ? noPlan(plan.short) : undefined;
  const fulfillmentOrders = fulfillmentOrdersOf(order, fit.parcels, call);
  const reply = { made: fulfillmentOrders.length, more: !fit.complete, ...(refusal && { refusal }) };
  const moved =
    fulfillmentOrders.length > 0
      ? routed(order, fulfillmentOrders, { plan, excluded: field.excluded }, call)
      : { ...order, version: order.version + 1, updatedAt: call.now, events: [] };
  if (refusal !== undefined && saysNoPlan(order)) {
    return { changes: fulfillmentOrders.length > 0 ? allocation(order, moved, fulfillmentOrders, call) : [], reply };
  }
  const next =
    refusal !== undefined ? withNoPlan(moved, refusal, call) : fit.complete ? withoutNoPlan(moved, call) : moved;
  return { changes: allocation(order, next, fulfillmentOrders, call), reply };
}

function allocation(
  order: Order,
  next: Order,
  fulfillmentOrders: ReturnType<typeof fulfillmentOrdersOf>,
  { now, actor }: RouteCall,
): Change[] {
  const cause = { operation: 'allocate', reference: order.orderId, actor, at: now };
  const located = fulfillmentOrders.flatMap(({ location, lines }) =>
    lines.map(({ sku, quantity }) => ({ sku, quantity, location })),
  );
  return [
    ...allocate(located, order.pool, cause),
    ...fulfillmentOrders.map((fulfillmentOrder) => create('fulfillmentOrder', fulfillmentOrder)),
    replace('order', next, order.version),
  ];
}
