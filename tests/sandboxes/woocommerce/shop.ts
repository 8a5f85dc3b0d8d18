import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';

/** What a product or a variation keeps of its stock. */
export interface WooStock {
  readonly id: number;
  manage_stock: boolean | 'parent';
  stock_quantity: number | null;
}

/** An error as the REST API writes it. */
export const wooError = (status: number, code: string, message: string): SandboxResponse => ({
  status,
  body: { code, message, data: { status } },
  ...(status === 429 && { headers: { 'retry-after': '7' } }),
});

const batch = z.strictObject({
  update: z.array(z.strictObject({ id: z.int(), manage_stock: z.literal(true), stock_quantity: z.int() })),
});

/** The products of a shop; variations by their product. */
export class WooCatalog {
  readonly #stock = new Map<string, WooStock>();

  /** Lists a product, or a variation of one; it keeps no stock until it is told to. */
  list(id: number, product?: number): void {
    const kept: WooStock = { id, manage_stock: false, stock_quantity: null };
    this.#stock.set(product === undefined ? `${id}` : `${product}/${id}`, kept);
  }

  /** What it keeps. */
  stock(id: number, product?: number): WooStock | undefined {
    return this.#stock.get(product === undefined ? `${id}` : `${product}/${id}`);
  }

  /** Everything that is kept. */
  all(): WooStock[] {
    return [...this.#stock.values()].map((one) => ({ ...one }));
  }

  /** `products`, `products/batch`, `products/{id}/variations`, `products/{id}/variations/batch`. */
  answer(path: readonly string[], query: URLSearchParams, sent: unknown): SandboxResponse {
    const product = path[2] === 'variations' ? Number(path[1]) : undefined;
    if (product !== undefined && !this.#stock.has(`${product}`))
      return wooError(404, 'woocommerce_rest_product_invalid_id', 'Invalid product ID.');
    if (path.at(-1) !== 'batch') {
      const ids = (query.get('include') ?? '').split(',').map(Number);
      return { status: 200, body: ids.flatMap((id) => this.stock(id, product) ?? []) };
    }
    const { update } = batch.parse(sent);
    if (update.length > 100)
      return wooError(
        413,
        'woocommerce_rest_request_entity_too_large',
        'Unable to accept more than 100 items for this request.',
      );
    return {
      status: 200,
      body: {
        update: update.map(({ id, ...set }) => {
          const kept = this.stock(id, product);
          if (kept !== undefined) return Object.assign(kept, set);
          const code = `woocommerce_rest_${product === undefined ? 'product' : 'product_variation'}_invalid_id`;
          return { id, error: { code, message: 'Invalid ID.', data: { status: 400 } } };
        }),
      },
    };
  }
}

const orderChange = z.strictObject({
  status: z.enum(['completed', 'cancelled']).optional(),
  meta_data: z.array(z.strictObject({ key: z.string(), value: z.string() })).optional(),
});
const note = z.strictObject({ note: z.string(), customer_note: z.boolean() });
const refund = z.strictObject({
  amount: z.string().regex(/^\d+\.\d{2}$/),
  reason: z.string(),
  api_refund: z.boolean(),
  api_restock: z.literal(false),
  line_items: z.array(
    z.strictObject({
      id: z.int(),
      quantity: z.int(),
      refund_total: z.string(),
      refund_tax: z.array(z.strictObject({ id: z.int(), refund_total: z.string() })),
    }),
  ),
});
const meta = z.array(z.looseObject({ key: z.string() }));

/** What can be done to an order: its status and facts, notes, refunds. */
export interface WooBook {
  readonly order: Readonly<Record<string, unknown>>;
  readonly refunds: readonly object[];
  readonly notes: readonly object[];
}

/** Applies a write to an order, and answers it. */
export function write(book: WooBook, part: string | undefined, sent: unknown): readonly [WooBook, SandboxResponse] {
  if (part === 'notes') {
    const made = { id: 900 + book.notes.length, author: 'system', ...note.parse(sent) };
    return [
      { ...book, notes: [...book.notes, made] },
      { status: 201, body: made },
    ];
  }
  if (part === 'refunds') {
    const { amount, reason, line_items, api_refund } = refund.parse(sent);
    if (Number(amount) > Number(book.order['total']))
      return [book, wooError(400, 'woocommerce_rest_invalid_order_refund', 'Invalid refund amount.')];
    const made = {
      ...{ id: 800 + book.refunds.length, amount, reason, refunded_payment: api_refund },
      line_items: line_items.map(({ id, quantity, refund_total, refund_tax }) => ({
        ...{ id: id + 5000, quantity: -quantity, total: `-${refund_total}`, taxes: refund_tax },
        meta_data: [{ key: '_refunded_item_id', value: String(id) }],
      })),
    };
    return [
      { ...book, refunds: [...book.refunds, made] },
      { status: 201, body: made },
    ];
  }
  const { meta_data = [], ...change } = orderChange.parse(sent);
  const keys = meta_data.map(({ key }) => key);
  const kept = meta.parse(book.order['meta_data'] ?? []).filter(({ key }) => !keys.includes(key));
  const order = { ...book.order, ...change, meta_data: [...kept, ...meta_data] };
  return [
    { ...book, order },
    { status: 200, body: order },
  ];
}
