import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Hold, type Order, countIn } from '../../../../shared/model/orders/order.ts';
import { sentElsewhere } from './sent-elsewhere.ts';

const requestReason = 'the buyer asks to cancel';
const pendingReason = 'the channel has not confirmed it';
const sentReason = 'the channel says that somebody else has sent units of it';

/**
 * An order's holds as its channel has them: what it holds no more is released, what it holds anew is held, as long as something of the order
 * waits to be routed. Holds of people stay.
 */
export function holdsAt(
  order: Order,
  at: OrderAtChannel,
  { actor, now }: { readonly actor: string; readonly now: string },
): readonly Hold[] {
  const { snapshot, cancelRequest, isCancelled } = at;
  const asks = cancelRequest !== undefined && !isCancelled ? [requestReason] : [];
  const waits = snapshot.state === 'pending' ? [pendingReason] : [];
  const sent = sentElsewhere(order, at).length > 0 ? [sentReason] : [];
  const wanted = [...new Set([...snapshot.order.holds.map(({ reason }) => reason), ...asks, ...waits, ...sent])];
  const kept = order.holds.map((hold) =>
    hold.placedBy === actor && hold.releasedAt === undefined && !wanted.includes(hold.reason)
      ? { ...hold, releasedAt: now, releasedBy: actor }
      : hold,
  );
  if (countIn(order, 'backordered', 'reserved') === 0) return kept;
  // A hold that a person released stays released; one that the channel itself gave up may come back.
  const known = kept.filter(
    ({ placedBy, releasedAt, releasedBy }) => placedBy === actor && (releasedAt === undefined || releasedBy !== actor),
  );
  const added = wanted.filter((reason) => !known.some((hold) => hold.reason === reason));
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
