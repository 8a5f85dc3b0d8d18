import { type Result } from '../../shared/kernel/result.ts';
import { type Order } from '../../shared/model/orders/order.ts';
import { type FulfillmentOrder } from '../../shared/model/fulfillment/fulfillment-order.ts';
import { type Return } from '../../shared/model/returns/return.ts';
import { type Counted, type LedgerEntry, type Place } from '../../shared/model/ledger/entry.ts';

/** A place, and as it is now: the last thing that happened to it. Stripes come and go, and are read by time: they have no item here. */
export interface PlaceNow {
  readonly place: Place;
  readonly item?: Counted;
}

/** Where to begin to read a place downwards: at a version, or, of a stripe, at a time. */
export type Start = { readonly version: number } | { readonly until: string };

/** An order with all that belongs to it. */
export interface OrderParts {
  readonly order: Order;
  readonly fulfillmentOrders: readonly FulfillmentOrder[];
  readonly returns: readonly Return[];
}

/** What the ledger needs of the world. */
export interface LedgerPorts {
  /** Keeps entries; the same entry is the same item. */
  keep(entries: readonly LedgerEntry[]): Promise<void>;
  /** Every place of a SKU, with its newest version. */
  places(sku: string): Promise<readonly PlaceNow[]>;
  /** The newest entry of a place up to a version; `undefined` when there is none. */
  entryUpTo(place: Place, version: number): Promise<LedgerEntry | undefined>;
  /** A place's entries downwards. */
  entries(place: Place, start: Start): AsyncIterable<LedgerEntry>;
  /** What happened at a location on a day (UTC), newest first, within the two times; `after`: the key of the last entry that was seen. */
  dayAt(location: string, day: string, range: DayRange): Promise<DayPage>;
  /** An order with its parts; `undefined` when there is none. */
  orderParts(orderId: string): Promise<OrderParts | undefined>;
}

/** Which part of a day is asked for. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
  readonly after?: EntryKey;
  readonly limit: number;
}

/** Where an entry stands in a listing. */
export interface EntryKey {
  readonly lsk: string;
  readonly pk: string;
  readonly sk: string;
}

/** Entries of a day, and where to go on, if there is more. */
export interface DayPage {
  readonly entries: readonly LedgerEntry[];
  readonly next?: EntryKey;
}

/** A page of the ledger as it is answered. */
export type LedgerPage = Result<{ readonly entries: readonly LedgerEntry[]; readonly cursor?: string }>;
