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
import { inLine, outOfLine } from './in-line.ts';

/** Which order, when, and who asks. */
export interface RouteCall extends RoutingContext {
  readonly orderId: string;
}

type Ports = Omit<RoutingPorts, 'unroutedOf'>;

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
 * 4. Lines that no plan can send stay reserved; the order says so once, as an exception, in the same transaction. Then it stands in line
 *    for their SKUs, and only after that looks for the last time: goods that come before that look are seen, goods that come after it wake it.
 *
 * Run again, it finds nothing reserved, or only what still waits. Refusals: `not-found`, `payment-not-secured`, `on-hold`, `no-plan`
 * (also after a part was routed, so that its process waits for supply instead of asking again at once).
 */
export const routeOrder =
  (ports: Ports) =>
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

async function nextStep(ports: Ports, call: RouteCall): Promise<Result<Decision<Step>>> {
  const order = await ports.order(call.orderId);
  if (order === undefined) return refuse('not-found', `There is no order ${call.orderId}.`);
  const wanted = linesIn(order, 'reserved');
  if (wanted.length === 0) return ok({ changes: nothingWaits(order, call), reply: { made: 0, more: false } });
  const ready = mayBeRouted(order);
  if (!ready.ok) return ready;
  const field = await fieldFor(ports, order, wanted);
  return ok(decide(order, planFor(wanted, field), field, call));
}

/** An exception that lost its reason (its lines were routed or cancelled) is closed, and the order leaves its lines. */
function nothingWaits(order: Order, call: RouteCall): Change[] {
  if (!saysNoPlan(order) && order.unrouted === undefined) return [];
  const next = { ...withoutNoPlan(order, call), version: order.version + 1, updatedAt: call.now, events: [] };
  return outOfLine(next, order.version);
}

function mayBeRouted(order: Order): Result<true> {
  const holds = openHolds(order).map(({ holdId, reason }) => ({ holdId, reason }));
  // Money that the channel takes comes when it comes, and then the hold is released; money that we take is asked for at once.
  const isOurs = order.payments.some(({ provider }) => provider === 'gateway');
  if (!paymentSecured(order) && (isOurs || holds.length === 0)) {
    return refuse(
      'payment-not-secured',
      `The payments of order ${order.orderId} do not secure its total yet. Authorize the rest first.`,
      {
        facts: { totalMinor: order.totalMinor, currency: order.currency },
      },
    );
  }
  if (holds.length === 0) return ok(true);
  return refuse(
    'on-hold',
    `Order ${order.orderId} is on hold: ${holds.map(({ reason }) => reason).join('; ')}. Release every hold first.`,
    { facts: { holds } },
  );
}

/** Reads what a plan rests on: the positions of each SKU, once, and the locations. */
async function fieldFor(ports: Ports, order: Order, wanted: readonly Wanted[]): Promise<Field> {
  const skus = [...new Set(wanted.map(({ sku }) => sku))];
  const positions = (await Promise.all(skus.map((sku) => ports.positionsOf(sku)))).flat();
  const locations = await ports.locations(positions);
  return candidatesFor({ order, skus, locations, positions });
}

/** Turns a plan into one transaction's changes. */
function decide(order: Order, plan: Plan, field: Field, call: RouteCall): Decision<Step> {
  const fit = fitting(plan.parcels);
  const refusal = fit.complete && plan.waiting.length > 0 ? noPlan(plan.short) : undefined;
  if (refusal !== undefined && fit.parcels.length === 0) return wait(order, plan.waiting, refusal, call);
  const fulfillmentOrders = fulfillmentOrdersOf(order, fit.parcels, call);
  const moved = routed(order, fulfillmentOrders, { plan, excluded: field.excluded }, call);
  const more = !fit.complete || refusal !== undefined || order.unrouted !== undefined;
  const changes = allocation(order, excepted(moved, fit.complete, refusal, call), fulfillmentOrders, call);
  return { changes, reply: { made: fulfillmentOrders.length, more } };
}

/** The order with its exception as the plan makes it. */
function excepted(order: Order, isComplete: boolean, refusal: Refusal | undefined, call: RouteCall): Order {
  if (refusal !== undefined) return saysNoPlan(order) ? order : withNoPlan(order, refusal, call);
  return isComplete ? withoutNoPlan(order, call) : order;
}

/** Nothing can be sent now. An order that stands in line already is refused; one that does not goes there, and looks once more. */
function wait(order: Order, waiting: readonly Wanted[], refusal: Refusal, call: RouteCall): Decision<Step> {
  const next: Order = { ...order, version: order.version + 1, updatedAt: call.now, events: [] };
  const changes = inLine(order, excepted(next, true, refusal, call), waiting, call.now);
  return { changes, reply: { made: 0, more: changes.length > 0, ...(changes.length === 0 && { refusal }) } };
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
