import { type SnapshotDraft } from '../../domain/connector.ts';
import { type TiktokOrder } from './payload.ts';

type State = NonNullable<SnapshotDraft['state']>;

/**
 * What a status means for whoever ships. On hold, a buyer may still withdraw without being asked: nothing is begun before.
 * Source: https://partner.tiktokshop.com/docv2/page/get-order-detail-202309
 */
const states: Readonly<Record<string, State>> = {
  UNPAID: 'pending',
  ON_HOLD: 'pending',
  AWAITING_SHIPMENT: 'open',
  AWAITING_COLLECTION: 'open',
  PARTIALLY_SHIPPING: 'open',
  IN_TRANSIT: 'closed',
  DELIVERED: 'closed',
  COMPLETED: 'closed',
  CANCELLED: 'cancelled',
  CANCEL: 'cancelled',
};

/** How far an order is, and whose stock it is shipped from. A status that nobody knows is open, and held. */
export const stateOf = ({ status, fulfillment_type: by }: TiktokOrder) => ({
  state: states[status] ?? ('open' as const),
  fulfilledBy: by == null || by === '' || by === 'FULFILLMENT_BY_SELLER' ? ('us' as const) : ('channel' as const),
});

/**
 * What an open order must wait for, in words.
 * @param masked what TikTok hides of the address
 * @param collects true when cash that TikTok collects on delivery counts as paid
 */
export function holdsOf(
  order: TiktokOrder,
  { masked, collects }: { readonly masked: readonly string[]; readonly collects: boolean },
): { readonly reason: string }[] {
  const { state, fulfilledBy } = stateOf(order);
  if (state !== 'open' || fulfilledBy === 'channel') return [];
  const reasons = [
    ...(states[order.status] === undefined
      ? [
          `TikTok has it as ${order.status.slice(0, 60)}, which is not known here: look at it in Seller Center, then release`,
        ]
      : []),
    ...(masked.length > 0 ? [maskedReason(order, masked)] : []),
    ...(order.is_cod === true && !collects ? ['cash on delivery: record how it is secured, then release'] : []),
  ];
  return reasons.map((reason) => ({ reason }));
}

const maskedReason = ({ shipping_type }: TiktokOrder, masked: readonly string[]): string =>
  shipping_type === 'TIKTOK'
    ? `TikTok hides the ${masked.join(', ')}: print the label that TikTok makes for it, then release (setting maskedAddress \`ship\` does without this hold)`
    : `TikTok hides the ${masked.join(', ')}: the hold ends when TikTok shows it and tells us`;

/** True once TikTok has the buyer's money: it says when, or it asks for the order to be shipped, which it does not do before. */
export const isPaid = (order: TiktokOrder): boolean => {
  const { state } = stateOf(order);
  return (
    Number(order.paid_time ?? 0) > 0 || state === 'closed' || (state === 'open' && states[order.status] !== undefined)
  );
};
