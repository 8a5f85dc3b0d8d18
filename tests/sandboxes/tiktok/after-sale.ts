import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type Fields, type ShopRequest, done, failed } from './answers.ts';

const line = z.looseObject({
  id: z.string(),
  display_status: z.string(),
  package_id: z.string().optional(),
  tracking_number: z.string().optional(),
});
const sold = z.looseObject({ id: z.string(), update_time: z.number(), line_items: z.array(line) });
type Sold = z.output<typeof sold>;

const marked = z.strictObject({
  order_line_item_ids: z.array(z.string()).min(1),
  tracking_number: z.string().min(1),
  shipping_provider_id: z.string().min(1),
});
const shipping = z.strictObject({
  handover_method: z.enum(['PICKUP', 'DROP_OFF']).optional(),
  self_shipment: z.strictObject({ tracking_number: z.string(), shipping_provider_id: z.string() }).optional(),
});
const cancelling = z.strictObject({
  order_id: z.string(),
  cancel_reason: z.string(),
  order_line_item_ids: z.array(z.string()).min(1).optional(),
});
const refunding = z.strictObject({
  order_id: z.string(),
  return_type: z.enum(['REFUND', 'RETURN_AND_REFUND']),
  return_reason: z.string(),
  refund_total: z.string().regex(/^\d+(\.\d+)?$/),
  currency: z.string().length(3),
  order_line_item_ids: z.array(z.string()).min(1).optional(),
});

/** What the rest of the sandbox keeps. */
export interface ShopBook {
  readonly orders: () => Iterable<unknown>;
  readonly put: (order: Sold) => void;
  readonly cancellations: Map<string, Fields>;
  readonly putCancellation: (one: Fields & { readonly cancel_id: string; readonly update_time: number }) => void;
}

/** The reasons that TikTok lists for the orders here. */
export const listedReasons = {
  CANCEL: ['seller_cancel_reason_out_of_stock', 'seller_cancel_paid_reason_buyer_requested_cancellation'],
  REFUND: ['ecom_order_delivered_refund_reason_damaged', 'ecom_order_delivered_refund_reason_other'],
} as const;

/** Parcels, cancellations and refunds of a shop's orders: version 202309 of the Fulfillment and the Return and Refund API. */
export class TiktokAfterSale {
  readonly providers: { id: string; name: string }[] = [
    { id: '7117858858072016686', name: 'USPS' },
    { id: '7117859084333745966', name: 'UPS Ground' },
  ];
  readonly refunds = new Map<string, Fields>();
  readonly #book: ShopBook;
  #made = 0;

  constructor(book: ShopBook) {
    this.#book = book;
  }

  /** `undefined`: something else. */
  answer(request: ShopRequest): SandboxResponse | undefined {
    const [, method = '', path = ''] = /^(\w+) (.+)$/.exec(request.route) ?? [];
    const [, api = '', what = ''] = /^\/(\w+)\/202309\/(.+)$/.exec(path) ?? [];
    const [kind = '', id = '', action = ''] = what.split('/');
    if (api === 'logistics' && kind === 'delivery_options') return done({ shipping_providers: this.providers });
    if (api === 'fulfillment' && method === 'POST')
      return kind === 'packages' ? this.#ship(id, request.body) : this.#mark(id, request.body);
    if (api !== 'return_refund' || action === 'search') return undefined;
    if (action === 'aftersale_eligibility') return this.#eligibility();
    if (method !== 'POST' || id === 'search') return undefined;
    if (kind === 'returns') return this.#refund(request);
    return action === 'approve' ? this.#approve(id) : this.#cancel(request.body);
  }

  #order(id: string): Sold | undefined {
    return [...this.#book.orders()].flatMap((one) => sold.safeParse(one).data ?? []).find((one) => one.id === id);
  }

  #change(order: Sold, ids: readonly string[], fields: Fields): void {
    const line_items = order.line_items.map((one) => (ids.includes(one.id) ? { ...one, ...fields } : one));
    this.#book.put({ ...order, line_items, update_time: order.update_time + 1 });
  }

  #mark(orderId: string, body: unknown): SandboxResponse {
    const [read, order] = [marked.safeParse(body), this.#order(orderId)];
    if (!read.success || order === undefined) return failed(400, 21_011_001, 'The order or the request is not valid.');
    const { order_line_item_ids: ids, tracking_number, shipping_provider_id } = read.data;
    if (!this.providers.some(({ id }) => id === shipping_provider_id))
      return failed(400, 21_011_019, 'The shipping provider is not valid.');
    if (!this.#areWaiting(order, ids)) return failed(400, 21_011_002, 'The order status does not allow it.');
    this.#made += 1;
    const package_id = `115${this.#made}`;
    this.#change(order, ids, { package_id, tracking_number, shipping_provider_id, display_status: 'IN_TRANSIT' });
    return done({ order_id: orderId, order_line_item_ids: ids, package_id, warning: null });
  }

  #ship(packageId: string, body: unknown): SandboxResponse {
    const read = shipping.safeParse(body);
    const order = [...this.#book.orders()]
      .flatMap((one) => sold.safeParse(one).data ?? [])
      .find((one) => one.line_items.some(({ package_id }) => package_id === packageId));
    if (!read.success || order === undefined)
      return failed(400, 21_008_001, 'The package or the request is not valid.');
    const ids = order.line_items.filter(({ package_id }) => package_id === packageId).map(({ id }) => id);
    if (!this.#areWaiting(order, ids)) return failed(400, 21_008_040, 'The package status does not allow it.');
    const { self_shipment: own } = read.data;
    this.#change(order, ids, {
      display_status: own === undefined ? 'AWAITING_COLLECTION' : 'IN_TRANSIT',
      ...(own !== undefined && { tracking_number: own.tracking_number }),
    });
    return done({});
  }

  #areWaiting(order: Sold, ids: readonly string[]): boolean {
    const items = order.line_items.filter(({ id }) => ids.includes(id));
    return items.length === ids.length && items.every(({ display_status }) => display_status === 'AWAITING_SHIPMENT');
  }

  #eligibility(): SandboxResponse {
    const line_item_eligibility = Object.entries(listedReasons).map(([request_type, available_reason_names]) => ({
      request_type,
      eligible: true,
      available_reason_names,
    }));
    return done({ sku_eligibility: [{ sku_id: '1', line_item_eligibility }] });
  }

  #cancel(body: unknown): SandboxResponse {
    const read = cancelling.safeParse(body);
    const order = this.#order(read.data?.order_id ?? '');
    if (!read.success || order === undefined) return failed(400, 25_001_001, 'The order or the request is not valid.');
    if (!listedReasons.CANCEL.some((one) => one === read.data.cancel_reason))
      return failed(400, 25_001_021, 'Reason not match order status');
    const waiting = order.line_items.filter(({ display_status }) => display_status === 'AWAITING_SHIPMENT');
    const ids = read.data.order_line_item_ids ?? waiting.map(({ id }) => id);
    if (ids.length === 0 || !this.#areWaiting(order, ids))
      return failed(400, 25_001_004, 'The order cannot be cancelled.');
    this.#made += 1;
    const cancel_id = `4035${this.#made}`;
    this.#cancelLines(order, ids, { cancel_id, role: 'SELLER' });
    return done({ cancel_id, cancel_status: 'CANCELLATION_REQUEST_SUCCESS' });
  }

  #cancelLines(order: Sold, ids: readonly string[], as: { readonly cancel_id: string; readonly role: string }): void {
    this.#change(order, ids, { display_status: 'CANCELLED' });
    const at = Math.floor(Date.now() / 1000);
    this.#book.putCancellation({
      ...as,
      order_id: order.id,
      cancel_status: 'CANCELLATION_REQUEST_SUCCESS',
      create_time: at,
      update_time: at,
      cancel_line_items: ids.map((order_line_item_id) => ({ order_line_item_id })),
    });
  }

  #approve(cancelId: string): SandboxResponse {
    const pending = this.#book.cancellations.get(cancelId);
    const order = this.#order(String(pending?.['order_id']));
    if (order === undefined || pending?.['cancel_status'] !== 'CANCELLATION_REQUEST_PENDING')
      return failed(400, 25_001_010, 'The cancellation is not waiting for the seller.');
    this.#cancelLines(
      order,
      order.line_items.map(({ id }) => id),
      { cancel_id: cancelId, role: 'BUYER' },
    );
    return done({});
  }

  /** The same key is the same refund. */
  #refund({ query, body }: ShopRequest): SandboxResponse {
    const read = refunding.safeParse(body);
    const key = query.get('idempotency_key');
    if (!read.success || key === null || this.#order(read.data.order_id) === undefined)
      return failed(400, 25_001_001, 'The order or the request is not valid.');
    if (!listedReasons.REFUND.some((one) => one === read.data.return_reason))
      return failed(400, 25_001_021, 'Reason not match order status');
    const return_id = this.refunds.get(key)?.['return_id'] ?? `4036${this.refunds.size + 1}`;
    this.refunds.set(key, { ...read.data, return_id });
    return done({ return_id, return_status: 'RETURN_OR_REFUND_REQUEST_SUCCESS' });
  }
}
