import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Hold, type Order, countIn } from '../../../../shared/model/orders/order.ts';

const requestReason = 'the buyer asks to cancel';

/**
 * An order's holds as its channel has them: what it holds no more is released, what it holds anew is held, as long as something of the order
 * waits to be routed. Holds of people stay.
 */
export function holdsAt(
  order: Order,
  { snapshot, cancelRequest, isCancelled }: OrderAtChannel,
  { actor, now }: { readonly actor: string; readonly now: string },
): readonly Hold[] {
  const asks = cancelRequest !== undefined && !isCancelled ? [requestReason] : [];
  const wanted = [...snapshot.order.holds.map(({ reason }) => reason), ...asks];
  const kept = order.holds.map((hold) =>
    hold.placedBy === actor && hold.releasedAt === undefined && !wanted.includes(hold.reason)
      ? { ...hold, releasedAt: now }
      : hold,
  );
  if (countIn(order, 'backordered', 'reserved') === 0) return kept;
  // A hold that a person released stays released: it was placed before, under the same reason.
  const added = wanted.filter((reason) => !kept.some((hold) => hold.placedBy === actor && hold.reason === reason));
  return [
    ...kept,
    ...added.map((reason, index) => ({
      holdId: `hold_${kept.length + index + 1}`,
      reason,
      placedAt: now,
      placedBy: actor,
    })),
  ];
}
