import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type ChannelRefund } from '../../../../shared/contracts/channels/channel-order.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type FulfillmentLine } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type Order, type OrderException, countIn } from '../../../../shared/model/orders/order.ts';
import { addedAtChannel } from './added-units.ts';
import { type Misdirected } from './destination.ts';
import { sentElsewhere } from './sent-elsewhere.ts';
import { cancelledByLine } from './wanted-units.ts';

/** Something about an order that a person must decide. */
export type Doubt = Pick<OrderException, 'code' | 'detail' | 'facts'>;

/** Of units that the channel cancelled when they were picked or gone. */
export const lateCancelCode = 'channel-cancel-late';

/** Of work that a location was told of, and that goes elsewhere now. */
export const misdirectedCode = 'channel-address-changed';

/** What is true only as long as the channel's order and ours stand so: it is over by itself. */
export const standingCodes: readonly string[] = [
  lateCancelCode,
  misdirectedCode,
  'channel-fulfilled',
  'cancel-requested',
  'channel-order-edited',
  'channel-closed',
  'channel-pending',
  'channel-not-cancelled',
  'channel-cancel-unknown',
  'channel-line-gone',
];

/** What reconciling an order came upon. */
export interface Found {
  readonly tooLate: readonly FulfillmentLine[];
  readonly added: readonly ChannelRefund[];
  readonly unmatched: readonly ChannelRefund[];
  /** What locations were told of, and goes elsewhere now. */
  readonly elsewhere: readonly Misdirected[];
  /** Why units that were added are no part of the order. */
  readonly notTaken?: string;
}

const words = (lines: readonly { readonly sku: string; readonly quantity: number }[]): string =>
  lines.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ');

/** What a person must decide about an order that its channel has changed. */
export function doubtsOf(order: Order, at: OrderAtChannel, found: Found): Doubt[] {
  return [
    ...lateCancel(found.tooLate),
    ...asksToCancel(order, at),
    ...found.added.flatMap((refund) => cameBack(order, refund)),
    ...found.unmatched.map((refund) => notOurMoney(order, refund)),
    ...goesElsewhere(found.elsewhere),
    ...otherLines(order, at, found),
    ...fulfilledBySomebody(order, at),
    ...unknownCancels(order, at),
    ...goneLines(order, at),
    ...notCancelled(order, at),
    ...unconfirmed(order, at),
    ...closedElsewhere(order, at),
  ];
}

/** A cancellation of lines that the order does not have: nothing was cancelled by it. */
function unknownCancels({ lines }: Order, { cancelled, isCancelled }: OrderAtChannel): Doubt[] {
  const known = new Set(lines.map(({ externalLineId }) => externalLineId));
  const unknown = [...cancelled].filter(([id, units]) => units > 0 && !known.has(id));
  if (unknown.length === 0 || isCancelled) return [];
  const what = unknown.map(([id, units]) => `${units} of its line ${id}`).join(', ');
  const ours = [...known].map((id) => id ?? 'a line without an id of the channel').join(', ');
  const detail = `The channel cancelled ${what}, and this order has ${ours}: nothing was cancelled. Have it cancelled by those ids, or cancel the order.`;
  return [{ code: 'channel-cancel-unknown', detail, facts: { lines: Object.fromEntries(unknown) } }];
}

/** Lines that the channel's order has no more, without a word of their units being cancelled: whether they are wanted, nobody said. */
function goneLines({ lines }: Order, { snapshot, isCancelled }: OrderAtChannel): Doubt[] {
  const theirs = new Set(snapshot.order.lines.map(({ externalLineId }) => externalLineId));
  const gone = lines.flatMap(({ sku, externalLineId, units }) => {
    const quantity = units.backordered + units.reserved + units.allocated + units.picked;
    return externalLineId === undefined || theirs.has(externalLineId) || quantity === 0 ? [] : [{ sku, quantity }];
  });
  if (gone.length === 0 || isCancelled) return [];
  const detail = `The channel's order has no line for ${words(gone)} any more, and does not say that it was cancelled. If the buyer does not want it, have the channel cancel it; else ship it.`;
  return [{ code: 'channel-line-gone', detail, facts: { lines: gone } }];
}

const lateCancel = (lines: readonly FulfillmentLine[]): Doubt[] =>
  lines.length === 0
    ? []
    : [
        {
          code: lateCancelCode,
          detail: `The channel cancelled ${words(lines)}, which is picked or gone. Stop the parcel, or expect it back as a return.`,
          facts: { lines },
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
  // What no location has is held; what one has goes on unless somebody stops it.
  const goesOn = countIn(order, 'allocated', 'picked') > 0 ? ' A location has it already and goes on with it.' : '';
  const detail = `The buyer asks to cancel${why}.${goesOn} Cancel the order at the channel, or let it go: release its hold, if it has one.`;
  const { reason } = cancelRequest;
  return [{ code: 'cancel-requested', detail, ...(reason !== undefined && { facts: { reason } }) }];
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

/** The refund is booked and the balance of the order's payments is not, or not all of it. */
function notOurMoney({ payments, currency }: Order, { externalId, amount }: ChannelRefund): Doubt {
  const captured = payments.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0);
  const taken = `${decimalFromMinor({ amount: captured, currency })} ${currency}`;
  return {
    code: `channel-refund-${externalId}`.slice(0, 100),
    detail: `The channel refunded ${decimalFromMinor(amount)} ${amount.currency}, which is not money that it took for this order (${taken} were). Compare the order's refunds with the channel's.`,
    facts: { refund: externalId, amount },
  };
}

/** A location has it, or a carrier: neither is told a new address by us. */
function goesElsewhere(found: readonly Misdirected[]): Doubt[] {
  if (found.length === 0) return [];
  const changed = [...new Set(found.flatMap((one) => one.changed))];
  const parts = found.map(({ part }) => `${part.fulfillmentOrderId} at ${part.location} (${part.state})`).join(', ');
  const detail = `The channel changed where or how this order is delivered (${changed.join(', ')}) after a location was told: ${parts}. Have what is there rejected, and it is routed anew to where it goes now, or labeled anew; have what has left redirected by its carrier.`;
  const fulfillmentOrders = found.map(({ part }) => part.fulfillmentOrderId);
  return [{ code: misdirectedCode, detail, facts: { fulfillmentOrders, changed } }];
}

/** Lines that were added or made more, and could not be taken: their stock was never promised. */
function otherLines(order: Order, at: OrderAtChannel, { notTaken }: Found): Doubt[] {
  const { added, unclear } = addedAtChannel(order, at);
  const more = [...added, ...unclear].map(({ sku, quantity }) => ({ sku, quantity }));
  if (more.length === 0) return [];
  const isUnclear = unclear.length > 0 ? ' It has them under other line ids, so they may be the same units.' : '';
  const why = added.length > 0 && notTaken !== undefined ? ` ${notTaken}` : '';
  const detail = `The order was edited at the channel after it came here: ${words(more)} more.${why}${isUnclear} Capture what is missing as an order of its own with POST /v1/orders, or have the buyer order again.`;
  return [{ code: 'channel-order-edited', detail, facts: { lines: more } }];
}

/** Cancelled here and not there: the channel goes on waiting for them, or has taken its cancellation back. */
function notCancelled(order: Order, at: OrderAtChannel): Doubt[] {
  if (at.snapshot.state !== 'open') return [];
  const wanted = cancelledByLine(order, at);
  const lines = order.lines.flatMap(({ lineId, sku, units }) => {
    const quantity = units.cancelled - (wanted.get(lineId) ?? 0);
    return quantity > 0 ? [{ lineId, sku, quantity }] : [];
  });
  if (lines.length === 0) return [];
  const detail = `${words(lines)} is cancelled here, and the channel still waits for it. Cancel it at the channel too, or send it as an order of its own with POST /v1/orders.`;
  return [{ code: 'channel-not-cancelled', detail, facts: { lines } }];
}

/** Work goes on at locations whatever is held: only a person can stop it. */
function unconfirmed(order: Order, { snapshot, isCancelled }: OrderAtChannel): Doubt[] {
  const begun = countIn(order, 'allocated', 'picked');
  if (snapshot.state !== 'pending' || isCancelled || begun === 0) return [];
  const detail = `The channel has taken its confirmation of this order back, and ${begun} of its units are at a location to be sent. Stop them, or send them all the same.`;
  return [{ code: 'channel-pending', detail }];
}

function closedElsewhere(order: Order, { snapshot, isCancelled }: OrderAtChannel): Doubt[] {
  const open = countIn(order, 'backordered', 'reserved', 'allocated', 'picked');
  if (snapshot.state !== 'closed' || isCancelled || open === 0) return [];
  const detail = `The channel has closed this order, and ${open} of its units have not left from here. If somebody else shipped them, cancel them here; else ship them.`;
  return [{ code: 'channel-closed', detail }];
}

/** Sent by somebody else after the order came here: what is not routed is held, and what a location has goes on unless somebody stops it. */
function fulfilledBySomebody(order: Order, at: OrderAtChannel): Doubt[] {
  const lines = sentElsewhere(order, at);
  if (lines.length === 0) return [];
  const goesOn = countIn(order, 'allocated', 'picked') > 0 ? ' A location has units of it and goes on with them.' : '';
  const detail = `The channel says that ${words(lines)} has left for the buyer, and it did not leave from here.${goesOn} If somebody else sent it, cancel it at the channel or here, so that it is not sent twice; else release its hold.`;
  return [{ code: 'channel-fulfilled', detail, facts: { lines } }];
}
