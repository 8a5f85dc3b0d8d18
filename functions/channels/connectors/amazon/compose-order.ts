import { decimalFromMinor } from '../../../../shared/kernel/money.ts';
import { type OrderDraft, type SnapshotDraft } from '../../domain/connector.ts';
import { moneyIn, sumOf } from '../kit/amounts.ts';
import { fulfilledPart } from '../kit/fulfilled.ts';
import { attributesOf, clean } from '../kit/texts.ts';
import { utc } from '../kit/times.ts';
import { type PricedItem, chargesOf, lineOf, promisedOf } from './compose-lines.ts';
import { itemTotal, readMoney } from './money.ts';
import { type AmazonOrder } from './order.ts';
import { customerOf, shipToOf } from './people.ts';

/** More units than a line can have: how many were cancelled of an item that has none left, Amazon does not say. */
const everyUnit = 1_000_000_000;

/**
 * Puts a snapshot together of what Amazon says of an order. Items whose units were all cancelled have no quantity any more at Amazon: they are
 * no lines, but cancelled whole, so that a line that was taken in before is cancelled here too; and named in the attributes.
 * @throws RangeError when an amount cannot be counted exactly
 */
export function composeSnapshot(order: AmazonOrder, asOf: string): SnapshotDraft {
  const items = order.items.filter(({ quantity }) => quantity > 0);
  const itemsTotal = order.totalMinor === undefined ? undefined : order.totalMinor - order.tipMinor;
  const moneys = readMoney(
    items.map(({ amounts }) => amounts),
    itemsTotal,
  );
  const priced = items.flatMap((item, index) => {
    const money = moneys[index];
    return money === undefined ? [] : [{ item, money }];
  });
  const requests = order.items.flatMap(({ cancelRequest }) => cancelRequest ?? []);
  const reason = requests.map((one) => clean(one.reason, 500)).find((text) => text !== undefined);
  return {
    asOf,
    state: order.state,
    fulfilledBy: order.fulfilledBy,
    order: composeOrder(order, priced),
    cancelled: order.items.flatMap(({ itemId, quantity, cancelled }) => {
      const units = quantity > 0 ? cancelled : everyUnit;
      return units > 0 ? [{ externalLineId: itemId, quantity: units }] : [];
    }),
    ...fulfilledPart(items.map(({ itemId, shipped }) => [itemId, shipped])),
    ...(requests.length > 0 && { cancelRequest: reason === undefined ? {} : { reason } }),
  };
}

function composeOrder(order: AmazonOrder, priced: readonly PricedItem[]): OrderDraft {
  const { currency, totalMinor, tipMinor } = order;
  const of = moneyIn(currency);
  const customer = customerOf(order);
  const placedAt = utc(order.placedAt);
  const promised = promisedOf(order.deliverWindow, order.shipWindow);
  const partsMinor = sumOf(priced.map(({ money }) => itemTotal(money))) + tipMinor;
  const shipping = shippingOf(priced, of);
  const without = order.items.filter(({ quantity }) => quantity === 0).map(({ itemId }) => itemId);
  const attributes = attributesOf({ ...order.attributes, cancelledItems: without.join(', ') });
  return {
    externalId: order.orderId,
    ...(placedAt !== undefined && { placedAt }),
    currency,
    ...(customer && { customer }),
    shipTo: shipToOf(order),
    delivery: deliveryOf(order),
    ...(promised && { promised }),
    lines: priced.map((one) => lineOf(one, currency)),
    charges: chargesOf(priced, tipMinor, currency),
    ...(shipping && { shipping }),
    ...(totalMinor !== undefined && { channelTotal: of(totalMinor) }),
    payments: paymentsOf(order, partsMinor),
    holds: holdsOf(order, totalMinor ?? partsMinor),
    ...(attributes && { attributes }),
  };
}

function shippingOf(priced: readonly PricedItem[], of: ReturnType<typeof moneyIn>): OrderDraft['shipping'] {
  const price = sumOf(priced.map(({ money }) => money.shipping));
  const tax = sumOf(priced.map(({ money }) => money.shippingTax));
  return price + tax === 0 ? undefined : { price: of(price), ...(tax > 0 && { tax: of(tax) }) };
}

function deliveryOf({ pickup, service, instructions, shipTo }: AmazonOrder): OrderDraft['delivery'] {
  const [named, said, place] = [clean(service), clean(instructions, 500), clean(shipTo?.name)];
  const point = {
    ...(pickup?.externalId !== undefined && { externalId: pickup.externalId }),
    ...(place !== undefined && { name: place }),
  };
  return {
    method: pickup?.kind === 'store' ? 'pickup' : 'ship',
    ...(named !== undefined && { service: named }),
    ...(pickup && Object.keys(point).length > 0 && { pickupPoint: point }),
    ...(said !== undefined && { instructions: said }),
  };
}

/** Amazon has the buyer's money once an order is no longer pending; of cash on delivery it has only what was paid otherwise. */
function paymentsOf(
  { state, isCashOnDelivery, prepaidMinor, totalMinor, paymentMethod, currency, orderId }: AmazonOrder,
  partsMinor: number,
): OrderDraft['payments'] {
  const received = state === 'pending' ? 0 : isCashOnDelivery ? prepaidMinor : (totalMinor ?? partsMinor);
  const amount = Math.min(received, partsMinor);
  const method = clean(paymentMethod, 100) ?? 'Amazon';
  return amount > 0 ? [{ provider: 'recorded', amount: { amount, currency }, reference: orderId, method }] : [];
}

/** Why an open order is not to leave yet, each with its remedy. */
function holdsOf(order: AmazonOrder, totalMinor: number): { readonly reason: string }[] {
  const { state, fulfilledBy, isCashOnDelivery, prepaidMinor, currency, pickup, shipTo } = order;
  if (state !== 'open' || fulfilledBy === 'channel') return [];
  const toCollect = decimalFromMinor({ amount: Math.max(0, totalMinor - prepaidMinor), currency });
  const hasStreet = (shipTo?.lines ?? []).some((line) => clean(line) !== undefined);
  return [
    ...order.holds,
    ...(isCashOnDelivery
      ? [
          `Paid on delivery: ${toCollect} ${currency} are to be collected. Record the payment once its collection is arranged.`,
        ]
      : []),
    ...(pickup?.kind === 'store' || hasStreet
      ? []
      : [
          "Amazon gave no street: its app lacks the role Direct-to-Consumer Delivery (restricted). Grant it in Seller Central; the order's next message brings the address.",
        ]),
  ].map((reason) => ({ reason }));
}
