import { canonicalJson } from '../../../../shared/kernel/json.ts';
import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type Order } from '../../../../shared/model/orders/order.ts';

/** In words, what a channel changed about an order besides its units: money, where and how it is delivered, holds. */
export function amendmentsOf(before: Order, after: Order): string[] {
  const words = (minor: number) =>
    `${decimalFromMinor({ amount: minor, currency: before.currency })} ${before.currency}`;
  const sum = (order: Order, which: 'capturedMinor' | 'refundedMinor') =>
    order.payments.reduce((total, payment) => total + payment[which], 0);
  const [paid, refunded] = (['capturedMinor', 'refundedMinor'] as const).map(
    (which) => sum(after, which) - sum(before, which),
  );
  const isSame = (one: unknown, other: unknown) => canonicalJson(one ?? null) === canonicalJson(other ?? null);
  return [
    ...(paid ? [`paid ${words(paid)}`] : []),
    ...(refunded ? [`refunded ${words(refunded)} at the channel`] : []),
    ...(isSame(before.shipTo, after.shipTo) ? [] : ['ships to another address']),
    ...(isSame(before.delivery, after.delivery) ? [] : [`is delivered otherwise: ${deliveryIn(after)}`]),
    ...after.holds.flatMap(({ holdId, reason, releasedAt }) => {
      const was = before.holds.find((one) => one.holdId === holdId);
      if (was === undefined) return [`held: ${reason}`];
      return was.releasedAt === undefined && releasedAt !== undefined ? [`hold released: ${reason}`] : [];
    }),
  ];
}

function deliveryIn({ delivery }: Order): string {
  if (delivery === undefined) return 'ship';
  const { method, location, pickupPoint, service } = delivery;
  const at = location ?? pickupPoint?.name ?? pickupPoint?.externalId;
  return [method, ...(at === undefined ? [] : [`at ${at}`]), ...(service === undefined ? [] : [`by ${service}`])].join(
    ' ',
  );
}
