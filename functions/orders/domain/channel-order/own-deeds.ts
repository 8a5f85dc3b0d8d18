import { type ChannelRefund } from '../../../../shared/contracts/channels/channel-order.ts';
import {
  type ChannelOrder,
  type OrderAtChannel,
  orderAtChannel,
} from '../../../../shared/model/channels/channel-order.ts';
import { type Notice, isNoticeOf } from '../../../../shared/model/channels/notice.ts';
import { type Order, countIn } from '../../../../shared/model/orders/order.ts';
import { type OrdersPorts } from '../../ports.ts';
import { type OwnRefunds, ownRefunds } from './own-refunds.ts';
import { boughtOf } from './wanted-units.ts';

/** What a channel's order comes to, less what came from here. */
export interface SeenByUs {
  readonly at: OrderAtChannel;
  readonly own: OwnRefunds;
}

/**
 * What a channel is told of an order it tells back as its own: nothing of that is news, nor a reason to do anything. Its notices are read
 * where they can matter; they are written before the channel is told.
 */
export async function seenByUs(
  ports: Pick<OrdersPorts, 'noticesOf'>,
  order: Order,
  said: ChannelOrder,
  at: OrderAtChannel,
): Promise<SeenByUs> {
  const matters = at.refunds.length > 0 || at.fulfilled.size > 0 || countIn(order, 'cancelled') > 0;
  return withoutOwnDeeds(order, said, at, matters ? await ports.noticesOf(order.orderId) : []);
}

/**
 * The channel's order without our deeds: units of a refund of ours were neither cancelled by it nor did they come back by it; what we cancelled the
 * channel does not wait for any more, though it may not have heard of it; what we said is ready did not leave by somebody else.
 */
export function withoutOwnDeeds(
  order: Order,
  said: ChannelOrder,
  at: OrderAtChannel,
  notices: readonly Notice[],
): SeenByUs {
  const own = ownRefunds(order, at.refunds, notices);
  const rest = own.externalIds.size === 0 ? at : (orderAtChannel(withoutUnits(said, own.externalIds)) ?? at);
  const cancelled = withCancelled(order, rest, notices);
  return { own, at: { ...rest, cancelled, fulfilled: withoutReady(order, rest, notices) } };
}

/** What was said, with refunds of ours being of money alone. */
function withoutUnits(said: ChannelOrder, own: ReadonlySet<string>): Pick<ChannelOrder, 'snapshot' | 'changes'> {
  const ofMoney = (refund: ChannelRefund): ChannelRefund =>
    own.has(refund.externalId)
      ? { ...refund, lines: refund.lines.map((line) => ({ ...line, restock: 'none' as const })) }
      : refund;
  const { snapshot } = said;
  const changes = Object.fromEntries(
    Object.entries(said.changes).map(([key, one]) => [
      key,
      one.kind === 'refund' ? { ...one, refund: ofMoney(one.refund) } : one,
    ]),
  );
  if (snapshot === undefined) return { changes };
  const counted = unitsOf(snapshot.refunds.filter(({ externalId }) => own.has(externalId)).flatMap(cancelsOf));
  const cancelled = snapshot.cancelled.flatMap((line) => {
    const quantity = line.quantity - (counted.get(line.externalLineId) ?? 0);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  return { changes, snapshot: { ...snapshot, cancelled, refunds: snapshot.refunds.map(ofMoney) } };
}

const cancelsOf = ({ lines }: ChannelRefund) => lines.filter(({ restock }) => restock === 'cancel');

function unitsOf(lines: readonly { readonly externalLineId: string; readonly quantity: number }[]) {
  const units = new Map<string, number>();
  for (const { externalLineId: id, quantity } of lines) units.set(id, (units.get(id) ?? 0) + quantity);
  return units;
}

type Units = ReadonlyMap<string, number>;

/** Units in notices of a kind, by the channel's line id, of lines that the order has. */
function toldUnits(order: Order, notices: readonly Notice[], kind: 'cancelled' | 'ready'): Units {
  const known = new Set(order.lines.map(({ externalLineId }) => externalLineId));
  const lines = notices.filter(isNoticeOf(kind)).flatMap(({ facts }) => facts.lines);
  return unitsOf(
    lines.flatMap(({ lineId, quantity }) => (known.has(lineId) ? [{ externalLineId: lineId, quantity }] : [])),
  );
}

/** Whatever the channel makes of the notice: what it refuses is an exception of its own. */
function withCancelled(order: Order, { cancelled }: OrderAtChannel, notices: readonly Notice[]): Units {
  const ours = toldUnits(order, notices, 'cancelled');
  const ids = new Set([...cancelled.keys(), ...ours.keys()]);
  return new Map([...ids].map((id) => [id, Math.max(cancelled.get(id) ?? 0, ours.get(id) ?? 0)]));
}

/** Some channels count what can be collected as gone: it is here until it is. */
function withoutReady(order: Order, { fulfilled }: OrderAtChannel, notices: readonly Notice[]): Units {
  const ready = toldUnits(order, notices, 'ready');
  if (ready.size === 0) return fulfilled;
  const bought = boughtOf(order);
  const waiting = (id: string) =>
    bought
      .filter((one) => one.id === id)
      .flatMap(({ lines }) => Math.max(...lines.map(({ units, kit }) => Math.ceil(units.picked / (kit?.perKit ?? 1)))))
      .reduce((sum, units) => sum + units, 0);
  return new Map(
    [...fulfilled].map(([id, units]) => [id, Math.max(0, units - Math.min(ready.get(id) ?? 0, waiting(id)))]),
  );
}
