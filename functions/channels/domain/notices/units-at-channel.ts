import { type FulfillmentOrder } from '../../../../shared/model/fulfillment/fulfillment-order.ts';
import { type LineUnits, type Order, type OrderLine } from '../../../../shared/model/orders/order.ts';

/** Units of a line as the channel of an order counts them. */
export interface UnitsAtChannel {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
}

/** How many kits some units of its components come to: at most as many as were bought. */
type CountKits = (components: readonly OrderLine[], unitsOf: (component: OrderLine) => number) => number;

/** Kits of which every component is there: what can be said to have left. */
const wholeKits: CountKits = (components, unitsOf) =>
  Math.min(...components.map((one) => Math.floor(unitsOf(one) / perKitOf(one))));

/** Kits of which anything is there: what cannot be said to be complete. */
const touchedKits: CountKits = (components, unitsOf) =>
  Math.min(
    components[0]?.kit?.quantity ?? 0,
    Math.max(...components.map((one) => Math.ceil(unitsOf(one) / perKitOf(one)))),
  );

const perKitOf = ({ kit }: OrderLine): number => kit?.perKit ?? 1;

/**
 * Units that left in a parcel, as the channel counts them. A kit has left with the parcel that completes it: what left of it before is in the
 * parcels that are given, the earliest first.
 */
export function shippedAtChannel(
  order: Pick<Order, 'lines'>,
  parcel: readonly LineUnits[],
  before: readonly Pick<FulfillmentOrder, 'lines'>[] = [],
): UnitsAtChannel[] {
  const earlier = before.flatMap(({ lines }) => lines);
  const [until, unto] = [counted(order, earlier, wholeKits), counted(order, [...earlier, ...parcel], wholeKits)];
  return listed(unto, (key, units) => units - (until.get(key)?.quantity ?? 0));
}

/** Units that came back, as the channel counts them: a kit that lacks anything is none. */
export const lostAtChannel = (order: Pick<Order, 'lines'>, units: readonly LineUnits[]): UnitsAtChannel[] =>
  listed(counted(order, units, touchedKits), (_key, quantity) => quantity);

/**
 * Units that will not leave, as the channel counts them. The components of one kit may be cancelled one after the other, each at its place: it is
 * told of with the first of them, and no more kits are than lack anything by now.
 * @param told cancellations that the channel was told of before
 */
export function cancelledAtChannel(
  order: Pick<Order, 'lines'>,
  units: readonly LineUnits[],
  told: readonly UnitsAtChannel[],
): UnitsAtChannel[] {
  const isKit = new Set(order.lines.filter(({ kit }) => kit !== undefined).map(keyOf));
  const all = order.lines.map((line) => ({ lineId: line.lineId, sku: line.sku, quantity: line.units.cancelled }));
  const lacking = counted(order, all, touchedKits);
  return listed(counted(order, units, touchedKits), (key, quantity) => {
    if (!isKit.has(key)) return quantity;
    const before = told.filter((one) => keyOfUnits(one) === key).reduce((sum, one) => sum + one.quantity, 0);
    return Math.min(quantity, (lacking.get(key)?.quantity ?? 0) - before);
  });
}

/** By the channel's line and what was bought on it: a channel without line ids has our own. */
const atChannel = ({ lineId, externalLineId, sku, kit }: OrderLine) => ({
  lineId: externalLineId ?? kit?.lineId ?? lineId,
  sku: kit?.sku ?? sku,
});
const keyOfUnits = ({ lineId, sku }: Pick<UnitsAtChannel, 'lineId' | 'sku'>): string => JSON.stringify([lineId, sku]);
const keyOf = (line: OrderLine): string => keyOfUnits(atChannel(line));

function counted(
  { lines }: Pick<Order, 'lines'>,
  units: readonly LineUnits[],
  countKits: CountKits,
): ReadonlyMap<string, UnitsAtChannel> {
  const unitsOf = ({ lineId }: OrderLine) =>
    units.filter((one) => one.lineId === lineId).reduce((sum, { quantity }) => sum + quantity, 0);
  const found = new Map<string, UnitsAtChannel>();
  const add = (line: OrderLine, quantity: number) => {
    const key = keyOf(line);
    found.set(key, { ...atChannel(line), quantity: (found.get(key)?.quantity ?? 0) + quantity });
  };
  const kits = Map.groupBy(lines, ({ kit }) => kit?.lineId);
  for (const [kitLine, members] of kits) {
    const [first] = members;
    if (kitLine === undefined) for (const line of members) add(line, unitsOf(line));
    else if (first !== undefined) add(first, countKits(members, unitsOf));
  }
  return found;
}

const listed = (
  all: ReadonlyMap<string, UnitsAtChannel>,
  quantityOf: (key: string, units: number) => number,
): UnitsAtChannel[] =>
  [...all].flatMap(([key, units]) => {
    const quantity = quantityOf(key, units.quantity);
    return quantity > 0 ? [{ ...units, quantity }] : [];
  });
