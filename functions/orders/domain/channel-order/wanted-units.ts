import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Order, type OrderLine } from '../../../../shared/model/orders/order.ts';

/** A line as it was bought: an order's line, or the lines of a kit's components. */
export interface Bought {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lines: readonly OrderLine[];
}

/**
 * How many units of each line are to be cancelled in all, by line id, as the channel has it: nothing of lines that it has no id for. Where
 * several lines have one id, those give units first of which some are cancelled already, so that no unit is cancelled in two of them.
 */
export function cancelledByLine(order: Pick<Order, 'lines'>, at: OrderAtChannel): ReadonlyMap<string, number> {
  if (at.isCancelled) return new Map(order.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  const bought = boughtOf(order);
  return new Map(
    [...new Set(bought.map(({ id }) => id))].flatMap((id) =>
      ofOneId(
        bought.filter((one) => one.id === id),
        at,
      ),
    ),
  );
}

/** How many of the units that were bought under an id the channel does not want any more. */
function ofOneId(bought: readonly Bought[], at: OrderAtChannel): [string, number][] {
  const id = bought[0]?.id ?? '';
  let left = id === '' ? 0 : goneUnits(id, bought, at);
  const share = (most: number): number => {
    const units = Math.min(left, most);
    left -= units;
    return units;
  };
  const kept = bought.map((one) => share(Math.min(one.quantity, cancelledIn(one))));
  const all = bought.map((one, index) => (kept[index] ?? 0) + share(one.quantity - (kept[index] ?? 0)));
  return bought.flatMap(({ lines }, index) =>
    lines.map(({ lineId, kit }): [string, number] => [lineId, (all[index] ?? 0) * (kit?.perKit ?? 1)]),
  );
}

/**
 * Units cancelled under an id, less those that the channel added after the order came here and then took away; and units by which the line
 * itself is less than it was, where the channel counts that way.
 */
function goneUnits(id: string, bought: readonly Bought[], { snapshot, cancelled }: OrderAtChannel): number {
  const ours = sum(bought);
  const theirs = snapshot.order.lines.filter(
    ({ externalLineId, sku }) => externalLineId === id && bought.some((one) => one.sku === sku),
  );
  const told = cancelled.get(id) ?? 0;
  if (theirs.length === 0) return Math.min(ours, told);
  const wanted = sum(theirs) - sum(snapshot.cancelled.filter(({ externalLineId }) => externalLineId === id));
  const added = Math.max(0, sum(theirs) - ours);
  return Math.min(ours, Math.max(0, ours - wanted, told - added));
}

const sum = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((units, { quantity }) => units + quantity, 0);

/** Of what was bought, how much is cancelled here; of kits, whole ones. */
export const cancelledIn = ({ lines }: Bought): number =>
  Math.min(...lines.map(({ units, kit }) => Math.floor(units.cancelled / (kit?.perKit ?? 1))));

/** What an order's lines were bought as. */
export function boughtOf({ lines }: Pick<Order, 'lines'>): Bought[] {
  const byLine = Map.groupBy(lines, ({ kit, lineId }) => kit?.lineId ?? lineId);
  return [...byLine.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const { kit, externalLineId: id = '' } = first;
    return [{ id, sku: kit?.sku ?? first.sku, quantity: kit?.quantity ?? first.quantity, lines: of }];
  });
}
