import { type OrderInput } from '../../../shared/contracts/orders/resources.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { orderIdOf, sha256Hex } from '../../../shared/kernel/ids.ts';
import { type Result, ok, refuse } from '../../../shared/kernel/result.ts';
import { create } from '../../../shared/model/changes.ts';
import { type OnceKey, decideAndCommit, replay, shortage } from '../../../shared/model/decide.ts';
import { type Channel } from '../../../shared/model/network/network.ts';
import { type Order, linesIn } from '../../../shared/model/orders/order.ts';
import { statusOf } from '../../../shared/model/orders/status.ts';
import { summed } from '../../../shared/model/stock/demand.ts';
import { reserve } from '../../../shared/model/stock/movements.ts';
import { type OrdersPorts } from '../ports.ts';
import { checkOrder } from './accept-order.ts';
import { newOrder } from './new-order.ts';

/** What a capture answers. */
export interface CapturedOrder {
  readonly orderId: string;
  readonly status: string;
  readonly version: number;
  readonly total: { readonly amount: number; readonly currency: string };
  readonly lines: {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: number;
    readonly reserved: number;
    readonly backordered: number;
  }[];
}

/** Who captures, when, and under which key. */
export interface CaptureCall {
  readonly input: OrderInput;
  readonly now: string;
  readonly actor: string;
  readonly once?: OnceKey;
}

/**
 * Captures an order.
 *
 * 1. Reads the channel: its pool, buffer and currency (one read).
 * 2. Checks what a schema cannot.
 * 3. Reserves every unit and stores the order, in one transaction (one write).
 * 4. Where the channel has sold already (`onShortage: backorder`), SKUs that are short are taken as backorders instead of refused.
 *
 * A repeat of the same order answers what the first did. Refusals: `unknown-channel`, `currency-mismatch`, `total-mismatch`,
 * `insufficient-stock` and `unknown-sku` (what is left per SKU), `order-differs`, `idempotency-key-reused`.
 */
export const captureOrder =
  (ports: OrdersPorts) =>
  async (call: CaptureCall): Promise<Result<CapturedOrder>> => {
    const channel = await ports.channel(call.input.channelId);
    if (channel === undefined) {
      return refuse(
        'unknown-channel',
        `There is no channel ${call.input.channelId}. Create it with PUT /v1/channels/${call.input.channelId}.`,
        {
          errors: [{ pointer: '/channelId', detail: 'is no channel' }],
        },
      );
    }
    const checked = checkOrder(call.input, channel);
    if (!checked.ok) return checked;
    return store(ports, call, channel, checked.value.totalMinor, new Set());
  };

/** One try to reserve and store; where backorders are taken, it is tried again without the SKUs that were short. */
async function store(
  ports: OrdersPorts,
  call: CaptureCall,
  channel: Channel,
  totalMinor: number,
  backordered: ReadonlySet<string>,
): Promise<Result<CapturedOrder>> {
  const context = { now: call.now, actor: call.actor, requestHash: sha256Hex(canonicalJson(call.input)) };
  const order = newOrder(call.input, channel, totalMinor, backordered, context);
  const cause = { operation: 'capture', reference: order.orderId, actor: call.actor, at: call.now };
  const waiting = [...backordered].map((sku) =>
    create('backorder', {
      sku,
      pool: order.pool,
      orderId: order.orderId,
      queuedAt: order.capturedAt,
      quantity: summed(linesIn(order, 'backordered')).find((one) => one.sku === sku)?.quantity ?? 0,
      promises: [],
      version: 1,
    }),
  );
  const changes = [
    ...reserve(linesIn(order, 'reserved'), channel.pool, floorOf(channel), cause),
    create('order', order),
    ...waiting,
  ];
  const outcome = await ports.commit(changes, call.once && { ...call.once, reply: answer(order) });
  if (outcome.ok) return ok(answer(order));
  const repeat = outcome.conflicts.find(({ kind }) => kind === 'once');
  if (repeat?.kind === 'once' && call.once !== undefined) return replay<CapturedOrder>(repeat.present, call.once);
  if (outcome.conflicts.some(({ kind }) => kind === 'item')) return sameOrder(ports, call, context.requestHash);
  const short = new Set(outcome.conflicts.flatMap((conflict) => (conflict.kind === 'stock' ? [conflict.key.sku] : [])));
  if (channel.onShortage === 'refuse') return shortage(outcome.conflicts, changes);
  return store(ports, call, channel, totalMinor, new Set([...backordered, ...short]));
}

/** A buffer keeps a channel from selling the last units; what a channel has sold already, it may have. */
const floorOf = ({ onShortage, buffer }: Channel): number => (onShortage === 'backorder' ? 0 : buffer);

/** The order is there already: a repeat is told how it stands, another order under the same id is refused. */
function sameOrder(
  ports: OrdersPorts,
  { input, once }: CaptureCall,
  requestHash: string,
): Promise<Result<CapturedOrder>> {
  const orderId = orderIdOf(input.channelId, input.externalId);
  return decideAndCommit<CapturedOrder>(
    ports.commit,
    async () => {
      const order = await ports.order(orderId);
      if (order === undefined) throw new Error(`order ${orderId} was in the way and is not there`);
      if (order.requestHash === requestHash) return ok({ changes: [], reply: answer(order) });
      return refuse(
        'order-differs',
        `Order ${input.externalId} of ${input.channelId} was captured before with other content.`,
        {
          errors: [{ pointer: '/externalId', detail: 'is taken by an order with other content' }],
          facts: { orderId },
        },
      );
    },
    once,
  );
}

const answer = (order: Order): CapturedOrder => ({
  orderId: order.orderId,
  status: statusOf(order),
  version: order.version,
  total: { amount: order.totalMinor, currency: order.currency },
  lines: order.lines.map(({ lineId, sku, quantity, units }) => ({
    lineId,
    sku,
    quantity,
    reserved: units.reserved,
    backordered: units.backordered,
  })),
});
