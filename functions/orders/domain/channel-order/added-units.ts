import { type OrderLineInput } from '../../../../shared/contracts/orders/order-input.ts';
import { type OrderAtChannel } from '../../../../shared/model/channels/channel-order.ts';
import { type Order, type OrderLine } from '../../../../shared/model/orders/order.ts';
import { statusOf } from '../../../../shared/model/orders/status.ts';
import { withFulfilled } from '../fulfilled-elsewhere.ts';
import { type SoldLine } from '../kit-lines.ts';
import { type Bought, boughtOf, cancelledIn } from './wanted-units.ts';

/** What a channel has sold under an order beyond what came here. */
export interface AddedAtChannel {
  /** Lines that were added, and units by which a line rose, each as a line of its own; what somebody else has sent of a new line is marked. */
  readonly added: readonly SoldLine[];
  /** Lines under new ids of SKUs that the order has under ids that the channel does not know: they may be the same units. */
  readonly unclear: readonly SoldLine[];
}

/** Absolute: an order that has them already lacks none; what the channel added and cancelled again is none. */
export function addedAtChannel(order: Pick<Order, 'lines'>, at: OrderAtChannel): AddedAtChannel {
  if (at.isCancelled) return { added: [], unclear: [] };
  const theirs = Map.groupBy(at.snapshot.order.lines, ({ externalLineId = '' }) => externalLineId);
  const bought = boughtOf(order);
  const unknown = bought.filter((one) => !theirs.has(one.id) || one.id === '');
  const skus = new Set(unknown.flatMap((one) => (cancelledIn(one) < one.quantity ? [one.sku] : [])));
  const more = [...theirs].flatMap(([id, lines]) => {
    const ours = bought.filter((one) => one.id === id);
    return id === '' ? [] : moreUnder(lines, ours, at);
  });
  const isUnclear = ({ sku, externalLineId }: SoldLine) =>
    skus.has(sku) && !bought.some(({ id }) => id === externalLineId);
  return { added: more.filter((line) => !isUnclear(line)), unclear: more.filter(isUnclear) };
}

function moreUnder(lines: readonly OrderLineInput[], ours: readonly Bought[], at: OrderAtChannel): readonly SoldLine[] {
  const units = moreUnits(lines, ours, at.cancelled.get(lines[0]?.externalLineId ?? '') ?? 0);
  if (units === 0) return [];
  if (ours.length > 0) return [risenLine(lines, ours, units)];
  // Of a new line that was cancelled again in part, the rest is sold.
  return withFulfilled(units === sum(lines) ? lines : [shareOf(lines, units)], at.fulfilled);
}

/** Why an order can take no more units; `undefined` if it can. */
export function cannotTake(order: Pick<Order, 'lines'>, { snapshot }: OrderAtChannel): string | undefined {
  const status = statusOf(order);
  if (status === 'CANCELLED') return 'it is cancelled here';
  if (status === 'COMPLETED') return 'all of it was delivered, and its process is over';
  if (snapshot.state === 'closed') return 'the channel has closed it';
  return snapshot.fulfilledBy === 'channel' ? 'the channel ships it from its own stock' : undefined;
}

/** Units that the channel cancelled beyond what is cancelled here may be the added ones. */
function moreUnits(theirs: readonly OrderLineInput[], ours: readonly Bought[], told: number): number {
  const cancelledHere = ours.reduce((units, one) => units + cancelledIn(one), 0);
  return Math.max(0, sum(theirs) - sum(ours) - Math.max(0, told - cancelledHere));
}

const sum = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((units, { quantity }) => units + quantity, 0);

/** Some of a new line's units; its discount and tax are for all of them, so the units have their share. */
function shareOf(lines: readonly OrderLineInput[], units: number): OrderLineInput {
  const all = sum(lines);
  const share = (minor: number) => Math.floor((minor * units) / all);
  return lineOf(lines, units, share(total(lines, 'discount')), share(total(lines, 'tax')));
}

/** The units by which a line rose, with what its discount and tax rose by. */
function risenLine(lines: readonly OrderLineInput[], ours: readonly Bought[], units: number): OrderLineInput {
  const known = ours.flatMap((one): readonly OrderLine[] => one.lines);
  const rose = (name: 'discount' | 'tax', of: (line: OrderLine) => number) =>
    Math.max(0, total(lines, name) - known.reduce((minor, line) => minor + of(line), 0));
  return lineOf(
    lines,
    units,
    rose('discount', ({ discountMinor }) => discountMinor),
    rose('tax', ({ taxMinor }) => taxMinor),
  );
}

const total = (lines: readonly OrderLineInput[], name: 'discount' | 'tax'): number =>
  lines.reduce((minor, line) => minor + (line[name]?.amount ?? 0), 0);

/** As the last of the channel's lines of an id, with other units and money. */
function lineOf(lines: readonly OrderLineInput[], units: number, discountMinor: number, taxMinor: number) {
  const last = lines.at(-1);
  if (last === undefined) throw new Error('a group of lines has one at least');
  const { discount: _discount, discounts: _discounts, tax: _tax, taxes: _taxes, ...line } = last;
  const { amount, currency } = line.unitPrice;
  const discount = Math.min(discountMinor, amount * units);
  return {
    ...line,
    quantity: units,
    ...(discount > 0 && { discount: { amount: discount, currency } }),
    ...(taxMinor > 0 && { tax: { amount: taxMinor, currency } }),
  };
}
