import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Order } from '../../../../shared/model/orders/order.ts';
import { boughtOf } from './wanted-units.ts';

/**
 * Units of which the channel says that they have left, and that are still to be sent from here: somebody else sent them. We tell a channel of a
 * parcel after it has left, so what it counts of ours has left here too. Of kits, whole ones.
 */
export function sentElsewhere(
  order: Pick<Order, 'lines'>,
  { fulfilled, isCancelled }: OrderAtChannel,
): { readonly sku: string; readonly quantity: number }[] {
  if (isCancelled) return [];
  const bought = boughtOf(order);
  return [...fulfilled].flatMap(([id, units]) => {
    const ours = bought.filter((one) => one.id === id);
    const [first] = ours;
    if (first === undefined) return [];
    const left = ours.reduce((sum, one) => sum + Math.max(...one.lines.map((line) => perKit(line, leftOf(line)))), 0);
    const open = ours.reduce((sum, one) => sum + Math.max(...one.lines.map((line) => perKit(line, openOf(line)))), 0);
    const quantity = Math.min(Math.max(0, units - left), open);
    return quantity > 0 ? [{ sku: first.sku, quantity }] : [];
  });
}

type Line = Order['lines'][number];

const perKit = ({ kit }: Line, units: number): number => Math.ceil(units / (kit?.perKit ?? 1));
const leftOf = ({ units }: Line): number => units.shipped + units.delivered + units.returned;
const openOf = ({ units }: Line): number => units.backordered + units.reserved + units.allocated + units.picked;
