import { channelOrderRefused } from '../../../../shared/contracts/channels/events.ts';
import { type Refusal } from '../../../../shared/kernel/refusal.ts';
import { type Result, ok, refuse } from '../../../../shared/kernel/result.ts';
import { type CheckChange, type CommitChanges, replace } from '../../../../shared/model/changes.ts';
import {
  type ChannelOrder,
  type OrderAtChannel,
  isToCapture,
  orderAtChannel,
} from '../../../../shared/model/channels/channel-order.ts';
import { type Order, linesIn } from '../../../../shared/model/orders/order.ts';
import { type Backorder } from '../../../../shared/model/stock/backorder.ts';
import { type OrdersPorts } from '../../ports.ts';
import { captureOrder } from '../capture-order.ts';
import { addedAtChannel, cannotTake } from './added-units.ts';
import { reroutedOne } from './destination.ts';
import { awaitsLocations } from './exceptions.ts';
import { seenByUs } from './own-deeds.ts';
import { type Addition } from './plan-addition.ts';
import { reconcile } from './reconcile.ts';
import { takeAdded } from './take-added.ts';

/** How often others may change the order, or the channel say something new, before the message goes back to its queue. */
const rounds = 20;

/**
 * Brings our order to what its channel has said of it: captures it, or changes it. It rests on what is stored and not on the message, so
 * messages may come twice, late and in any order. What a channel has sold is captured however short stock is; what nobody can capture as it is
 * (too many SKUs, discounts beyond prices) is refused in words, and its delivery goes to quarantine. What was cancelled when it was picked
 * already, or goes elsewhere than its location knows, is looked at again when the location gives it back. What the channel added is taken first,
 * and what goes elsewhere now and no location was told of is routed anew; then the rest is reconciled.
 * @throws Error when it kept changing, or the store is down: the queue brings the message again
 */
export const applyChannelOrder =
  (ports: OrdersPorts) =>
  async (orderId: string, now: string): Promise<void> => {
    for (let conflicts = 0; conflicts < rounds;) {
      const said = await ports.channelOrder(orderId);
      const at = said && orderAtChannel(said);
      if (said === undefined || at === undefined) return;
      const step = await applied(ports, said, at, now);
      if (step === 'done') return;
      if (step === 'changed') conflicts += 1;
    }
    throw new Error(`order ${orderId} kept changing`);
  };

/** What came of one try: all is done; a part of it is, and the rest follows; or something changed meanwhile. */
type Step = 'done' | 'part' | 'changed';

async function applied(ports: OrdersPorts, said: ChannelOrder, all: OrderAtChannel, now: string): Promise<Step> {
  const collection = await ports.collection(said.orderId);
  if (collection === undefined) return isToCapture(all) ? captured(ports, said, all, now) : 'done';
  const { order, fulfillmentOrders } = collection;
  if ((order.channelVersion ?? 0) >= said.version && !awaitsLocations(order)) return 'done';
  const { at, own } = await seenByUs(ports, order, said, all);
  const by = { now, actor: actorOf(said) };
  const backorders = await backordersOf(ports, order);
  const taken = await withAdded(ports, { order, at, backorders, ...by }, said);
  if (taken.ok && taken.value !== 'nothing') return taken.value === 'taken' ? 'part' : 'changed';
  const rerouted = reroutedOne(order, fulfillmentOrders, at, by);
  if (rerouted !== undefined) return (await ports.commit([...rerouted, guardOf(said)])).ok ? 'part' : 'changed';
  const context = {
    ...by,
    reason: at.reason ?? 'cancelled at the channel',
    channelVersion: said.version,
    own,
    ...(!taken.ok && { notTaken: taken.refusal.detail }),
  };
  const { changes, complete } = reconcile(collection, backorders, at, context);
  if (!(await ports.commit(changes)).ok) return 'changed';
  return complete ? 'done' : 'part';
}

const guardOf = ({ orderId, version }: ChannelOrder): CheckChange => ({
  kind: 'check',
  entity: 'channelOrder',
  id: { orderId },
  version,
});

/** Takes what the channel added, where the order can; a refusal says why it cannot. */
async function withAdded(
  ports: OrdersPorts,
  wanted: Omit<Addition, 'channel' | 'lines'>,
  said: ChannelOrder,
): Promise<Result<'taken' | 'changed' | 'nothing'>> {
  const { added } = addedAtChannel(wanted.order, wanted.at);
  if (added.length === 0) return ok('nothing');
  const reason = cannotTake(wanted.order, wanted.at);
  return reason === undefined
    ? takeAdded(ports, { ...wanted, lines: added }, guardOf(said))
    : refuse('state-conflict', `It was not taken: ${reason}.`);
}

const actorOf = ({ channelId }: ChannelOrder): string => `channel ${channelId}`;

/** True when nothing happened to it since it was placed: then its capture is all there is to do. */
const isAsPlaced = ({ cancelled, cancelRequest, refunds }: OrderAtChannel): boolean =>
  cancelled.size === 0 && cancelRequest === undefined && refunds.length === 0;

/** Captures the order as it was placed; what the channel changed since is the next round's. */
async function captured(ports: OrdersPorts, said: ChannelOrder, at: OrderAtChannel, now: string): Promise<Step> {
  const { version } = said;
  const isAll = isAsPlaced(at);
  const result = await captureOrder(ports)({
    input: at.snapshot.order,
    now,
    actor: actorOf(said),
    soldAlready: true,
    guard: guardOf(said),
    fulfilled: at.fulfilled,
    ...(isAll && { channelVersion: version }),
  });
  if (result.ok) return isAll ? 'done' : 'part';
  const { code, detail } = result.refusal;
  if (code === 'version-stale' || code === 'order-differs') return 'changed';
  if (code === 'too-busy') throw new Error(detail);
  await refused(ports.commit, said, result.refusal, now);
  return 'done';
}

async function refused(
  commit: CommitChanges,
  said: ChannelOrder,
  { code, detail }: Refusal,
  now: string,
): Promise<void> {
  const { orderId, channelId, inboxId, version } = said;
  // What a channel sent stays as it is: only the channel can say it otherwise.
  const told = /[.!?]$/.test(detail) ? detail : `${detail}.`;
  const reason = `${told} Have the channel send the order anew with a newer asOf, retry once its cause here is mended, or capture it with POST /v1/orders.`;
  const event = channelOrderRefused.of(
    orderId,
    version + 1,
    { now, actor: 'orders' },
    { orderId, channelId, inboxId, code, reason },
  );
  const item = { ...said, refused: { code, reason }, version: version + 1, updatedAt: now, events: [event] };
  await commit([replace('channelOrder', item, version)]);
}

async function backordersOf(ports: Pick<OrdersPorts, 'backorder'>, order: Order): Promise<Backorder[]> {
  const { orderId, capturedAt: queuedAt } = order;
  const skus = [...new Set(linesIn(order, 'backordered').map(({ sku }) => sku))];
  const found = await Promise.all(skus.map((sku) => ports.backorder({ sku, queuedAt, orderId })));
  return found.filter((one) => one !== undefined);
}
