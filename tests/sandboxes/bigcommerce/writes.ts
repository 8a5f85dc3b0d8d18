import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type BigCommerceStore, type Fields } from './store.ts';

const item = { location_id: z.int().positive(), quantity: z.int().min(0) };
/** `AdjustmentsAbsoluteRequest` of the Inventory API: one identity for each item. */
export const absoluteAdjustment = z.strictObject({
  reason: z.string(),
  items: z
    .array(
      z.union([
        z.strictObject({ ...item, variant_id: z.int() }),
        z.strictObject({ ...item, product_id: z.int() }),
        z.strictObject({ ...item, sku: z.string() }),
      ]),
    )
    .max(2000),
});

/** What a store keeps of an item at a location; `tracking` says by what it is to be told. */
interface Tracked {
  readonly variant_id: number;
  readonly product_id: number;
  readonly tracking: 'variant' | 'product';
  readonly at: Map<number, number>;
}

const problem = (status: number, title: string): SandboxResponse => ({
  status,
  body: {
    ...{ status, title, errors: {} },
    type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
  },
});

/** The inventory of a store: absolute adjustments, all or nothing. */
export class BigCommerceInventory {
  readonly items: Tracked[] = [];

  /** Keeps an item, with nothing of it. */
  track(variantId: number, productId: number, tracking: Tracked['tracking'] = 'variant'): void {
    this.items.push({ variant_id: variantId, product_id: productId, tracking, at: new Map() });
  }

  /** What is there. */
  available(variantId: number, locationId = 1): number | undefined {
    return this.items.find((one) => one.variant_id === variantId)?.at.get(locationId);
  }

  adjust(sent: unknown): SandboxResponse {
    const parsed = absoluteAdjustment.safeParse(sent);
    if (!parsed.success) return problem(422, `JSON data is missing or invalid: ${z.prettifyError(parsed.error)}`);
    const { items } = parsed.data;
    const found = items.map((one) => ({ one, tracked: this.items.find((known) => isOf(known, one)) }));
    const lost = found.find(({ tracked }) => tracked === undefined)?.one;
    if (lost !== undefined) return problem(422, `Items with identity: [${identityOf(lost)}] were not found`);
    const other = found.find(({ one, tracked }) => 'variant_id' in one && tracked?.tracking === 'product')?.one;
    if (other !== undefined)
      return problem(422, `[Item with ${identityOf(other)} is tracked by product, please update stock by product id]`);
    for (const { one, tracked } of found) tracked?.at.set(one.location_id, one.quantity);
    return { status: 200, body: { transaction_id: 'bd4cb8a1' } };
  }

  list(query: URLSearchParams): SandboxResponse {
    const idsOf = (name: string) =>
      (query.get(`${name}:in`) ?? '')
        .split(',')
        .filter((id) => id !== '')
        .map(Number);
    const [variants, products, places] = [idsOf('variant_id'), idsOf('product_id'), idsOf('location_id')];
    const data = this.items
      .filter((one) => variants.includes(one.variant_id) || products.includes(one.product_id))
      .map(({ variant_id, product_id, at }) => ({
        identity: { sku: `S-${variant_id}`, variant_id, product_id, sku_id: variant_id },
        locations: [...at]
          .filter(([id]) => places.includes(id))
          .map(([location_id, available_to_sell]) => ({
            location_id,
            available_to_sell,
            total_inventory_onhand: available_to_sell,
          })),
      }));
    return { status: 200, body: { data, meta: { pagination: { total: data.length } } } };
  }
}

type Adjusted = z.output<typeof absoluteAdjustment>['items'][number];
const isOf = (known: Tracked, one: Adjusted): boolean =>
  'variant_id' in one
    ? one.variant_id === known.variant_id
    : 'product_id' in one && one.product_id === known.product_id;
const identityOf = (one: Adjusted): string =>
  'variant_id' in one
    ? `variant_id ${one.variant_id}`
    : 'product_id' in one
      ? `product_id ${one.product_id}`
      : `sku ${one.sku}`;

/** A shipment as it is posted. Source: POST /v2/orders/{order_id}/shipments */
export const shipmentPost = z.strictObject({
  order_address_id: z.int(),
  tracking_number: z.string(),
  shipping_provider: z.enum(['auspost', 'canadapost', 'endicia', 'usps', 'fedex', 'ups', '']).optional(),
  tracking_carrier: z.string().optional(),
  tracking_link: z.url().optional(),
  comments: z.string().optional(),
  items: z.array(z.strictObject({ order_product_id: z.int(), quantity: z.int().positive() })).min(1),
});
const statusPut = z.strictObject({ status_id: z.int().min(0).max(14) });
const refundItems = z
  .array(
    z.union([
      z.strictObject({ item_type: z.literal('PRODUCT'), item_id: z.int(), quantity: z.int(), reason: z.string() }),
      z.strictObject({ item_type: z.literal('ORDER'), item_id: z.int(), amount: z.number(), reason: z.string() }),
    ]),
  )
  .min(1);
const quotePost = z.strictObject({ items: refundItems });
const refundPost = quotePost.extend({
  payments: z.array(z.strictObject({ provider_id: z.string(), amount: z.number(), offline: z.boolean() })).min(1),
});
const product = z.looseObject({ id: z.int(), quantity: z.int(), quantity_shipped: z.int(), total_inc_tax: z.string() });

/** Carries out a write to an order; `undefined` for a path that there is not. */
export function writeOrder(
  store: BigCommerceStore,
  id: number,
  part: string,
  sent: unknown,
): SandboxResponse | undefined {
  const found = store.get(id);
  if (found === undefined) return undefined;
  const products = found.products.map((one) => product.parse(one));
  if (part === '') {
    store.change(id, statusPut.parse(sent));
    return { status: 200, body: store.get(id)?.order };
  }
  if (part === 'shipments') return ship(store, id, products, shipmentPost.parse(sent));
  const { items } = part.endsWith('quotes') ? quotePost.parse(sent) : refundPost.parse(sent);
  const worth = items.map((one) =>
    one.item_type === 'ORDER' ? one.amount : unitPrice(products, one.item_id) * one.quantity,
  );
  const total = Math.round(worth.reduce((sum, one) => sum + one, 0) * 100) / 100;
  if (total > Number(found.order['total_inc_tax'])) return problem(422, 'Refund amount exceeds the amount available');
  if (part.endsWith('quotes')) return { status: 201, body: { data: quoteOf(id, total), meta: {} } };
  const { payments } = refundPost.parse(sent);
  if (payments.reduce((sum, one) => sum + one.amount, 0) !== total)
    return problem(422, 'The requested refund had invalid split payment.');
  const refund: Fields = {
    ...{ id: 60 + found.refunds.length, order_id: id, reason: items[0]?.reason, total_amount: total, payments },
    items: items.map(({ item_type, item_id, reason, ...one }) => ({
      ...{ item_type, item_id, reason, quantity: 'quantity' in one ? one.quantity : 1 },
      requested_amount: 'amount' in one ? one.amount : null,
    })),
  };
  store.change(id, { status_id: 14 }, { refunds: [...found.refunds, refund] });
  return { status: 201, body: { data: refund, meta: {} } };
}

const unitPrice = (products: readonly z.output<typeof product>[], id: number): number => {
  const one = products.find((known) => known.id === id);
  return one === undefined ? 0 : Number(one.total_inc_tax) / one.quantity;
};

const quoteOf = (id: number, total: number) => ({
  ...{ order_id: id, total_refund_amount: total, total_refund_tax_amount: 0, rounding: 0, adjustment: '0' },
  tax_inclusive: true,
  refund_methods: [
    [{ provider_id: 'storecredit', provider_description: 'Store credit', amount: total, offline: true }],
    [{ provider_id: 'braintree', provider_description: 'Card', amount: total, offline: false }],
    [{ provider_id: 'custom', provider_description: 'Custom', amount: total, offline: true }],
  ],
});

/** Shipments move the order to Partially Shipped, and with the last to Shipped. */
function ship(
  store: BigCommerceStore,
  id: number,
  products: readonly z.output<typeof product>[],
  posted: z.output<typeof shipmentPost>,
): SandboxResponse {
  const sent = new Map(posted.items.map((one) => [one.order_product_id, one.quantity]));
  if (products.some((one) => (sent.get(one.id) ?? 0) > one.quantity - one.quantity_shipped))
    return {
      status: 400,
      body: [
        {
          status: 400,
          message: 'The quantity specified is greater than the quantity of the product that is available to ship.',
        },
      ],
    };
  const changed = products.map((one) => ({ ...one, quantity_shipped: one.quantity_shipped + (sent.get(one.id) ?? 0) }));
  const isWhole = changed.every((one) => one.quantity_shipped === one.quantity);
  const made: Fields = { id: 11 + store.shipments(id).length, order_id: id, tracking_carrier: '', ...posted };
  store.ship(id, made);
  const items_shipped = changed.reduce((sum, one) => sum + one.quantity_shipped, 0);
  store.change(id, { status_id: isWhole ? 2 : 3, items_shipped }, { products: changed });
  return { status: 201, body: made };
}
