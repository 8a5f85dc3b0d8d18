import { type EventMessage } from '../../contracts/define-event.ts';
import { type Money } from '../../kernel/money.ts';
import { present } from '../../kernel/present.ts';

/** Prices for some channels. */
export interface PriceList {
  readonly priceListId: string;
  readonly name: string;
  readonly currency: string;
  readonly channels: readonly string[];
  /** The highest has its way. */
  readonly priority: number;
  readonly version: number;
  readonly updatedAt: string;
  readonly events?: readonly EventMessage[];
}

/** What a SKU costs from a time, until another time that is not included; RFC 3339. */
export interface PricePeriod {
  readonly price: Money;
  readonly compareAt?: Money;
  /** Absent: since ever. */
  readonly from?: string;
  /** Absent: for ever. */
  readonly to?: string;
}

/** All prices of a SKU in a list: no two periods have a moment in common. */
export interface SkuPrices {
  readonly priceListId: string;
  readonly sku: string;
  /** In the order of time; none: it was taken off the list. */
  readonly periods: readonly PricePeriod[];
  readonly version: number;
  readonly updatedAt: string;
  readonly events?: readonly EventMessage[];
}

/** The price that holds at a time, and when it may be another. */
export interface EffectivePrice {
  readonly price?: { readonly price: Money; readonly compareAt?: Money };
  /** The list that it is of. */
  readonly priceListId?: string;
  /** The next beginning or end of a period, RFC 3339; absent: none is known. */
  readonly changesAt?: string;
}

/** As milliseconds: times of callers have fractions of their own length, so as text they do not compare. */
const at = (time: string | undefined, otherwise: number): number => (time === undefined ? otherwise : Date.parse(time));
const beginning = ({ from }: PricePeriod): number => at(from, Number.NEGATIVE_INFINITY);
const end = ({ to }: PricePeriod): number => at(to, Number.POSITIVE_INFINITY);

/** True while a period lasts: its beginning included, its end not. */
const holds = (period: PricePeriod, now: number): boolean => beginning(period) <= now && now < end(period);

/** True of two periods that have a moment in common. */
export const overlap = (one: PricePeriod, other: PricePeriod): boolean =>
  beginning(one) < end(other) && beginning(other) < end(one);

/** True of a period that begins after it ends, or never lasts. */
export const isEmpty = (period: PricePeriod): boolean => beginning(period) >= end(period);

/** Periods in the order of time. */
export const inOrder = (periods: readonly PricePeriod[]): PricePeriod[] =>
  periods.toSorted((a, b) => (beginning(a) < beginning(b) ? -1 : 1));

/** The lists that a channel's prices come from, the first to be asked first; of equal priority the one whose id comes first. */
export const listsOf = (
  channel: { readonly channelId: string; readonly currency: string },
  lists: readonly PriceList[],
): PriceList[] =>
  lists
    .filter(({ channels, currency }) => channels.includes(channel.channelId) && currency === channel.currency)
    .toSorted((a, b) => b.priority - a.priority || (a.priceListId < b.priceListId ? -1 : 1));

/**
 * What a SKU costs on a channel at a time: the price of the first of the channel's lists that has a period then. Without one there is no price: the channel's is
 * left as it is.
 * @param prices the SKU's in those lists, in the order of `listsOf`
 */
export function effectivePrice(
  prices: readonly Pick<SkuPrices, 'priceListId' | 'periods'>[],
  time: string,
): EffectivePrice {
  const now = Date.parse(time);
  const periods = prices.flatMap((one) => one.periods);
  const list = prices.find((one) => one.periods.some((period) => holds(period, now)));
  const period = list?.periods.find((one) => holds(one, now));
  const next = Math.min(...periods.flatMap((one) => [beginning(one), end(one)]).filter((edge) => edge > now));
  return {
    ...(list &&
      period && {
        priceListId: list.priceListId,
        price: present({ price: period.price, compareAt: period.compareAt }),
      }),
    ...(Number.isFinite(next) && { changesAt: new Date(next).toISOString() }),
  };
}
