import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type ChannelRefund } from '../../../../shared/contracts/channels/channel-order.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type FulfillmentLine } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, type OrderException, countIn } from '../../../../shared/model/orders/order.ts';

type Doubt = Pick<OrderException, 'code' | 'detail' | 'facts'>;

const words = (lines: readonly { readonly sku: string; readonly quantity: number }[]): string =>
  lines.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');

/** What a person must decide about an order that its channel has changed: each once, as long as it is so. */
export function doubtsOf(
  order: Order,
  at: OrderAtChannel,
  { tooLate, added }: { readonly tooLate: readonly FulfillmentLine[]; readonly added: readonly ChannelRefund[] },
): Doubt[] {
  return [
    ...lateCancel(tooLate),
    ...asksToCancel(order, at),
    ...added.flatMap((refund) => cameBack(order, refund)),
    ...otherLines(order, at),
    ...closedElsewhere(order, at),
  ];
}

const lateCancel = (tooLate: readonly FulfillmentLine[]): Doubt[] =>
  tooLate.length === 0
    ? []
    : [
        {
          code: 'channel-cancel-late',
          detail: `The channel cancelled ${words(tooLate)}, which is picked or gone. Stop the parcel, or expect it back as a return.`,
          facts: { lines: tooLate },
        },
      ];

function asksToCancel(order: Order, { cancelRequest, isCancelled }: OrderAtChannel): Doubt[] {
  if (
    cancelRequest === undefined ||
    isCancelled ||
    countIn(order, 'backordered', 'reserved', 'allocated', 'picked') === 0
  )
    return [];
  const why = cancelRequest.reason === undefined ? '' : `: ${cancelRequest.reason}`;
  const detail = `The buyer asks to cancel${why}. Cancel the order at the channel, or release the hold to ship it.`;
  return [{ code: 'cancel-requested', detail, facts: { ...cancelRequest } }];
}

/** Goods that came back to a place of the channel's: money is booked, goods are a person's to count. */
function cameBack(order: Order, { externalId, amount, lines }: ChannelRefund): Doubt[] {
  const returned = lines.filter(({ restock }) => restock === 'return');
  if (returned.length === 0) return [];
  const skuOf = (id: string) => order.lines.find(({ externalLineId }) => externalLineId === id)?.sku ?? id;
  const what = returned.map(
    ({ externalLineId, quantity, location }) =>
      `${quantity} of ${skuOf(externalLineId)}${location === undefined ? '' : ` at the channel's location ${location}`}`,
  );
  const detail = `The channel refunded ${decimalFromMinor(amount)} ${amount.currency} for goods that came back: ${what.join(', ')}. Create their return with POST /v1/orders/${order.orderId}/returns, so that they are sold again.`;
  return [
    { code: `channel-return-${externalId}`.slice(0, 100), detail, facts: { refund: externalId, lines: returned } },
  ];
}

/** Lines that were added or made more: their stock was never promised. */
function otherLines(order: Order, { snapshot }: OrderAtChannel): Doubt[] {
  const more = snapshot.order.lines.flatMap(({ externalLineId, sku, quantity }) => {
    if (externalLineId === undefined) return [];
    const ours = order.lines.filter((line) => line.externalLineId === externalLineId);
    const [kit] = ours.flatMap(({ kit: of }) => of ?? []);
    const known = kit?.quantity ?? ours.reduce((sum, line) => sum + line.quantity, 0);
    return quantity > known ? [{ sku, quantity: quantity - known }] : [];
  });
  if (more.length === 0) return [];
  const detail = `The order was edited at the channel after it came here: ${words(more)} more. Capture them as an order of their own with POST /v1/orders, or have the buyer order again.`;
  return [{ code: 'channel-order-edited', detail, facts: { lines: more } }];
}

function closedElsewhere(order: Order, { snapshot, isCancelled }: OrderAtChannel): Doubt[] {
  const open = countIn(order, 'backordered', 'reserved', 'allocated', 'picked');
  if (snapshot.state !== 'closed' || isCancelled || open === 0) return [];
  const detail = `The channel has closed this order, and ${open} of its units have not left from here. If somebody else shipped them, cancel them here; else ship them.`;
  return [{ code: 'channel-closed', detail }];
}
