import { type Coordinates } from '../../shared/kernel/geo.ts';
import { allRows, csvFile } from './csv.ts';
import {
  type CustomerRow,
  type ItemRow,
  type OrderRow,
  type PaymentRow,
  type PlaceRow,
  type SellerRow,
  customerRow,
  itemRow,
  orderRow,
  paymentRow,
  placeRow,
  sellerRow,
} from './olist-rows.ts';

/** An order with everything of it. */
export interface OlistOrder extends OrderRow {
  readonly items: readonly ItemRow[];
  readonly payments: readonly PaymentRow[];
  readonly customer: CustomerRow;
  /** Where the customer's prefix lies, as far as that is known. */
  readonly place?: Coordinates;
}

/** A seller and where it is, as far as that is known. */
export interface OlistSeller extends SellerRow {
  readonly place?: Coordinates;
}

/** What is replayed. */
export interface OlistData {
  /** In the order of purchase; all have items. */
  readonly orders: readonly OlistOrder[];
  /** Those that the orders name. */
  readonly sellers: readonly OlistSeller[];
  /** Orders left out as they have no items, by status. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Places left out as they lie outside Brazil. */
  readonly placesOutside: number;
}

/** Brazil with its islands, in decimal degrees (IBGE: extreme points of the territory). */
const brazil = { south: -33.76, north: 5.28, west: -74, east: -28.8 };

const isInBrazil = ({ lat, lng }: PlaceRow): boolean =>
  lat >= brazil.south && lat <= brazil.north && lng >= brazil.west && lng <= brazil.east;

/**
 * Reads the Olist data set from a folder of CSV files.
 * @param limit how many orders, the oldest first
 * @throws FileMissing, or Error naming the row that is none
 */
export async function readOlist(folder: string, limit = Infinity): Promise<OlistData> {
  const read = {
    orders: await allRows(csvFile(folder, 'orders_dataset'), orderRow),
    items: groupBy(await allRows(csvFile(folder, 'order_items_dataset'), itemRow), ({ order_id }) => order_id),
    payments: groupBy(await allRows(csvFile(folder, 'order_payments_dataset'), paymentRow), ({ order_id }) => order_id),
    customers: groupBy(
      await allRows(csvFile(folder, 'customers_dataset'), customerRow),
      ({ customer_id }) => customer_id,
    ),
    sellers: await allRows(csvFile(folder, 'sellers_dataset'), sellerRow),
    places: await allRows(csvFile(folder, 'zip_prefix_centroids'), placeRow),
  };
  const known = read.places.filter(isInBrazil);
  const places = new Map(known.map(({ zip_prefix, lat, lng }) => [zip_prefix, { latitude: lat, longitude: lng }]));
  const oldest = [...read.orders].sort(byPurchase).slice(0, limit);
  const all = oldest.map((row) => completed(row, { ...read, places }));
  const orders = all.filter(({ items }) => items.length > 0);
  return {
    orders,
    sellers: sellersOf(orders, read.sellers, places),
    skipped: countBy(
      all.filter(({ items }) => items.length === 0),
      ({ order_status }) => order_status,
    ),
    placesOutside: read.places.length - known.length,
  };
}

const byPurchase = (a: OrderRow, b: OrderRow): number =>
  a.order_purchase_timestamp.localeCompare(b.order_purchase_timestamp) || a.order_id.localeCompare(b.order_id);

interface Parts {
  readonly items: ReadonlyMap<string, readonly ItemRow[]>;
  readonly payments: ReadonlyMap<string, readonly PaymentRow[]>;
  readonly customers: ReadonlyMap<string, readonly CustomerRow[]>;
  readonly places: ReadonlyMap<string, Coordinates>;
}

function completed(row: OrderRow, { items, payments, customers, places }: Parts): OlistOrder {
  const [customer] = customers.get(row.customer_id) ?? [];
  if (customer === undefined)
    throw new Error(`order ${row.order_id} is of customer ${row.customer_id}, who is not in the data`);
  const paid = [...(payments.get(row.order_id) ?? [])].sort((a, b) => a.payment_sequential - b.payment_sequential);
  const place = places.get(customer.customer_zip_code_prefix);
  return { ...row, customer, items: items.get(row.order_id) ?? [], payments: paid, ...(place && { place }) };
}

function sellersOf(orders: readonly OlistOrder[], rows: readonly SellerRow[], places: Parts['places']): OlistSeller[] {
  const named = new Set(orders.flatMap(({ items }) => items.map(({ seller_id }) => seller_id)));
  const sellers = rows.filter(({ seller_id }) => named.delete(seller_id));
  if (named.size > 0)
    throw new Error(`${named.size} sellers of orders are not in the data, the first is ${[...named][0] ?? ''}`);
  return sellers.map((seller) => {
    const place = places.get(seller.seller_zip_code_prefix);
    return place === undefined ? seller : { ...seller, place };
  });
}

/** Rows by a key, in their order. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** How many rows each key has, the most frequent first. */
export const countBy = <T>(rows: readonly T[], keyOf: (row: T) => string): Record<string, number> =>
  Object.fromEntries(
    [...groupBy(rows, keyOf)].map(([key, group]) => [key, group.length] as const).sort((a, b) => b[1] - a[1]),
  );
