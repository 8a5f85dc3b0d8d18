import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type Fields, search } from './search.ts';

const unit = z.strictObject({ order_item_id: z.int(), qty: z.number().min(0) });
/** Bodies as the store's services take them; anything else is refused by name. */
export const bodies = {
  sourceItems: z.strictObject({
    sourceItems: z
      .array(
        z.strictObject({
          sku: z.string(),
          source_code: z.string(),
          quantity: z.number().min(0),
          status: z.union([z.literal(0), z.literal(1)]),
        }),
      )
      .max(20),
  }),
  ship: z.strictObject({
    items: z.array(unit).min(1),
    notify: z.boolean(),
    tracks: z
      .array(z.strictObject({ track_number: z.string(), title: z.string(), carrier_code: z.string() }))
      .optional(),
    comment: z.strictObject({ comment: z.string() }).optional(),
    arguments: z.strictObject({ extension_attributes: z.strictObject({ source_code: z.string() }) }).optional(),
  }),
  refund: z.strictObject({
    items: z.array(unit).min(1),
    notify: z.boolean(),
    isOnline: z.boolean().optional(),
    appendComment: z.boolean().optional(),
    comment: z.strictObject({ comment: z.string(), is_visible_on_front: z.int() }).optional(),
    arguments: z.strictObject({
      shipping_amount: z.number(),
      adjustment_positive: z.number().min(0),
      adjustment_negative: z.number().min(0),
      extension_attributes: z.strictObject({ return_to_stock_items: z.array(z.int()) }).optional(),
    }),
  }),
  ready: z.strictObject({ orderIds: z.array(z.int()) }),
} as const;

const orderItem = z.looseObject({
  item_id: z.int(),
  qty_ordered: z.number(),
  qty_shipped: z.number().optional(),
  base_row_total: z.number(),
  base_tax_amount: z.number().optional(),
  base_discount_amount: z.number().optional(),
});
const orderOf = z.looseObject({ entity_id: z.int(), state: z.string(), items: z.array(orderItem) });
const refusal = (status: number, message: string, parameters: unknown = []): SandboxResponse => ({
  status,
  body: { message, parameters },
});

/** What a store keeps and does: quantities by source, reservations of orders, shipments, credit memos. */
export class AdobeBook {
  readonly sourceCodes = new Set(['default']);
  readonly skus = new Set<string>();
  readonly quantities = new Map<string, number>();
  /** Units of orders that are not shipped yet, by SKU. */
  readonly reserved = new Map<string, number>();
  readonly shipments: Fields[] = [];
  readonly memos: Fields[];
  readonly invoices: Fields[] = [];
  readonly #orders: Map<number, Fields>;

  constructor(orders: Map<number, Fields>, memos: Fields[]) {
    this.#orders = orders;
    this.memos = memos;
  }

  /** An order as it is now. */
  order(entityId: number): Fields | undefined {
    return this.#orders.get(entityId);
  }

  /** What buyers may buy. */
  salable(sku: string): number {
    const all = [...this.quantities].filter(([key]) => key.startsWith(`${sku} `));
    return all.reduce((sum, [, quantity]) => sum + quantity, 0) - (this.reserved.get(sku) ?? 0);
  }

  read(path: string, query: URLSearchParams): unknown {
    if (path === 'inventory/source-items')
      return search(
        [...this.quantities].map(([key, quantity]) => {
          const [sku, source_code] = key.split(' ');
          return { sku, source_code, quantity, status: quantity > 0 ? 1 : 0 };
        }),
        query,
      );
    if (path === 'inventory/export-stock-salable-qty/website/base')
      return search(
        [...this.skus].map((sku) => ({ sku, qty: this.salable(sku), is_salable: this.salable(sku) > 0 })),
        query,
      );
    const lists: Readonly<Record<string, readonly Fields[]>> = { shipments: this.shipments, invoices: this.invoices };
    const list = lists[path];
    if (list !== undefined) return search(list, query);
    return this.#orders.get(Number(/^orders\/(\d+)$/.exec(path)?.[1]));
  }

  write(path: string, sent: unknown): SandboxResponse | undefined {
    if (path === 'inventory/source-items') return this.#save(bodies.sourceItems.parse(sent).sourceItems);
    if (path === 'order/notify-orders-are-ready-for-pickup') return this.#ready(bodies.ready.parse(sent).orderIds);
    const [, , id, action] = /^(orders?)\/(\d+)\/(\w+)$/.exec(path) ?? [];
    const order = orderOf.safeParse(this.#orders.get(Number(id))).data;
    if (order === undefined)
      return refusal(404, "The entity that was requested doesn't exist. Verify the entity and try again.");
    if (action === 'cancel') return this.#cancel(order);
    if (action === 'ship') return this.#ship(order, bodies.ship.parse(sent));
    return action === 'refund' ? this.#refund(order, bodies.refund.parse(sent)) : undefined;
  }

  #save(items: z.output<typeof bodies.sourceItems>['sourceItems']): SandboxResponse {
    const bad = items.find((one) => !this.sourceCodes.has(one.source_code));
    if (bad !== undefined)
      return refusal(400, 'Source with code "%sourceCode" does not exist.', { sourceCode: bad.source_code });
    for (const { sku, source_code, quantity } of items) this.quantities.set(`${sku} ${source_code}`, quantity);
    return { status: 200, body: [] };
  }

  #ship(order: z.output<typeof orderOf>, { items, tracks = [] }: z.output<typeof bodies.ship>): SandboxResponse {
    const wanted = new Map(items.map((one) => [one.order_item_id, one.qty]));
    const over = order.items.some((one) => (wanted.get(one.item_id) ?? 0) > one.qty_ordered - (one.qty_shipped ?? 0));
    if (over)
      return refusal(
        400,
        'Shipment Document Validation Error(s):\nThe quantity to ship must not be greater than the unshipped quantity.',
      );
    const entity_id = 700 + this.shipments.length;
    const created_at = new Date().toISOString().slice(0, 19).replace('T', ' ');
    this.shipments.push({ entity_id, order_id: order.entity_id, created_at, items, tracks });
    const after = order.items.map((one) => ({
      ...one,
      qty_shipped: (one.qty_shipped ?? 0) + (wanted.get(one.item_id) ?? 0),
    }));
    const isWhole = after.every((one) => one.qty_shipped === one.qty_ordered);
    this.#orders.set(order.entity_id, { ...order, items: after, ...(isWhole && { state: 'complete' }) });
    return { status: 200, body: String(entity_id) };
  }

  #ready([id = 0]: number[]): SandboxResponse {
    const order = orderOf.parse(this.#orders.get(id));
    if (this.shipments.some((one) => one['order_id'] === id))
      return { status: 200, body: { successful: false, failed: [{ message: 'The order is not ready for pickup' }] } };
    this.#ship(order, {
      items: order.items.map((one) => ({ order_item_id: one.item_id, qty: one.qty_ordered - (one.qty_shipped ?? 0) })),
      notify: true,
    });
    return { status: 200, body: { successful: true, failed: [] } };
  }

  #cancel(order: z.output<typeof orderOf>): SandboxResponse {
    if (this.invoices.some((one) => one['order_id'] === order.entity_id)) return { status: 200, body: false };
    this.#orders.set(order.entity_id, { ...order, state: 'canceled' });
    return { status: 200, body: true };
  }

  #refund(order: z.output<typeof orderOf>, sent: z.output<typeof bodies.refund>): SandboxResponse {
    const worth = sent.items.map(({ order_item_id: id, qty }) => {
      const item = order.items.find((one) => one.item_id === id);
      if (item === undefined) return 0;
      const row = item.base_row_total + (item.base_tax_amount ?? 0) - (item.base_discount_amount ?? 0);
      return (row * qty) / item.qty_ordered;
    });
    const { adjustment_positive: more, adjustment_negative: less } = sent.arguments;
    const total = Math.round((worth.reduce((sum, one) => sum + one, 0) + more - less) * 100) / 100;
    const entity_id = 800 + this.memos.length;
    this.memos.push({
      ...{ entity_id, order_id: order.entity_id, base_grand_total: total, items: sent.items },
      comments: sent.comment === undefined ? [] : [sent.comment],
    });
    return { status: 200, body: String(entity_id) };
  }
}
