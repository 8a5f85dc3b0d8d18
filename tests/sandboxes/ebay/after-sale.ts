import * as z from 'zod';
import { type SandboxRequest, type SandboxResponse } from '../http-server.ts';
import { refusedBy } from './errors.ts';

const parcel = z.strictObject({
  lineItems: z.array(z.strictObject({ lineItemId: z.string(), quantity: z.int().min(1) })).min(1),
  shippedDate: z.iso.datetime().optional(),
  shippingCarrierCode: z
    .string()
    .regex(/^[A-Za-z0-9 -]+$/)
    .optional(),
  trackingNumber: z
    .string()
    .regex(/^[A-Za-z0-9]+$/)
    .optional(),
});
type Parcel = z.output<typeof parcel>;
const amount = z.strictObject({ value: z.string().regex(/^\d+(\.\d+)?$/), currency: z.string() });
const refund = z
  .strictObject({
    reasonForRefund: z.enum([
      'BUYER_CANCEL',
      'SELLER_CANCEL',
      'ITEM_NOT_RECEIVED',
      'BUYER_RETURN',
      'ITEM_NOT_AS_DESCRIBED',
      'OTHER_ADJUSTMENT',
      'SHIPPING_DISCOUNT',
    ]),
    comment: z.string().max(100).optional(),
    refundItems: z
      .array(z.strictObject({ lineItemId: z.string(), refundAmount: amount }))
      .min(1)
      .optional(),
    orderLevelRefundAmount: amount.optional(),
  })
  .refine((one) => (one.refundItems === undefined) !== (one.orderLevelRefundAmount === undefined));
const cancel = z.strictObject({
  legacyOrderId: z.string(),
  cancelReason: z.enum(['BUYER_ASKED_CANCEL', 'ADDRESS_ISSUES', 'OUT_OF_STOCK_OR_CANNOT_FULFILL']),
  buyerPaid: z.boolean(),
  buyerPaidDate: z.strictObject({ value: z.string() }).optional(),
});

const sold = z.looseObject({
  orderId: z.string(),
  legacyOrderId: z.string().optional(),
  lineItems: z.array(z.looseObject({ lineItemId: z.string(), quantity: z.int() })),
  pricingSummary: z.looseObject({ total: amount }),
  cancelStatus: z.looseObject({
    cancelState: z.string(),
    cancelRequests: z.array(z.looseObject({ cancelRequestId: z.string().optional() })),
  }),
  paymentSummary: z.looseObject({ refunds: z.array(z.looseObject({ amount })) }),
});
type Sold = z.output<typeof sold>;

/** Where the sandbox keeps its orders. */
export interface OrderBook {
  readonly get: (orderId: string) => unknown;
  readonly all: () => Iterable<unknown>;
  readonly put: (order: Sold) => void;
}

const fault = (status: number, errorId: number, message: string) =>
  refusedBy(status, errorId, 'API_FULFILLMENT', message);

/** What a seller does with an order once it is sold: parcels, refunds, cancellations. */
export class EbayAfterSale {
  readonly parcels = new Map<string, (Parcel & { readonly fulfillmentId: string })[]>();
  readonly #book: OrderBook;
  #made = 0;

  constructor(book: OrderBook) {
    this.#book = book;
  }

  /** Parcels and refunds: `/sell/fulfillment/v1/order/{orderId}/{what}`. `undefined`: something else. */
  ofOrder({ method, path, body }: SandboxRequest): SandboxResponse | undefined {
    const [, orderId = '', what] = /^\/sell\/fulfillment\/v1\/order\/([^/?]+)\/(\w+)$/.exec(path) ?? [];
    if (what === undefined) return undefined;
    const order = sold.safeParse(this.#book.get(decodeURIComponent(orderId)));
    if (!order.success) return fault(404, 32100, 'Invalid order ID.');
    if (method === 'GET' && what === 'shipping_fulfillment') return this.#list(order.data.orderId);
    const json: unknown = JSON.parse(body.toString());
    return what === 'issue_refund' ? this.#refund(order.data, json) : this.#ship(order.data, json);
  }

  #list(orderId: string): SandboxResponse {
    const fulfillments = (this.parcels.get(orderId) ?? []).map(({ trackingNumber, ...rest }) => ({
      ...rest,
      shipmentTrackingNumber: trackingNumber,
    }));
    return { status: 200, body: { fulfillments, total: fulfillments.length } };
  }

  #ship(order: Sold, json: unknown): SandboxResponse {
    const read = parcel.safeParse(json);
    if (!read.success) return fault(400, 32210, z.prettifyError(read.error));
    const before = this.parcels.get(order.orderId) ?? [];
    const isLeft = (one: Parcel['lineItems'][number]) => {
      const gone = before.flatMap(({ lineItems }) => lineItems).filter((of) => of.lineItemId === one.lineItemId);
      const line = order.lineItems.find(({ lineItemId }) => lineItemId === one.lineItemId);
      return line !== undefined && gone.reduce((sum, { quantity }) => sum + quantity, one.quantity) <= line.quantity;
    };
    if (!read.data.lineItems.every(isLeft)) return fault(400, 32220, 'The line item or its quantity is not valid.');
    this.#made += 1;
    const fulfillmentId = String(94_055_000 + this.#made);
    this.parcels.set(order.orderId, [...before, { ...read.data, fulfillmentId }]);
    const location = `https://api.ebay.com/sell/fulfillment/v1/order/${order.orderId}/shipping_fulfillment/${fulfillmentId}`;
    return { status: 201, headers: { location } };
  }

  #refund(order: Sold, json: unknown): SandboxResponse {
    const read = refund.safeParse(json);
    if (!read.success) return fault(400, 34901, z.prettifyError(read.error));
    const { refundItems = [], orderLevelRefundAmount: whole } = read.data;
    const given = whole === undefined ? refundItems.map((one) => one.refundAmount) : [whole];
    const sum = (all: readonly { value: string }[]) => all.reduce((total, { value }) => total + Number(value), 0);
    const before = order.paymentSummary.refunds.map((one) => one.amount);
    if (sum(given) + sum(before) > Number(order.pricingSummary.total.value) + 0.001)
      return fault(400, 34915, 'The refund is more than what is left of the order.');
    this.#made += 1;
    const refundId = `50${this.#made}`;
    const value = sum(given).toFixed(2);
    const made = {
      refundId,
      refundStatus: 'PENDING',
      refundDate: new Date().toISOString(),
      amount: { value, currency: order.pricingSummary.total.currency },
    };
    this.#book.put({
      ...order,
      paymentSummary: { ...order.paymentSummary, refunds: [...order.paymentSummary.refunds, made] },
    });
    return { status: 200, body: { refundId, refundStatus: 'PENDING' } };
  }

  /** `/post-order/v2/cancellation`, of whole orders alone. */
  cancel({ path, headers, body }: SandboxRequest): SandboxResponse {
    const problem = (status: number, message: string): SandboxResponse => ({
      status,
      body: {
        error: [{ errorId: 1616, domain: 'returnErrorDomain', severity: 'ERROR', category: 'REQUEST', message }],
      },
    });
    if (headers['authorization']?.startsWith('IAF ') !== true) return problem(401, 'Unauthorized');
    const [, cancelId] = /^\/post-order\/v2\/cancellation\/([^/]+)\/approve$/.exec(path) ?? [];
    const all = [...this.#book.all()].flatMap((one) => sold.safeParse(one).data ?? []);
    if (cancelId !== undefined && body.length > 0) return problem(400, 'An approval has no body.');
    const json = cancel.safeParse(cancelId === undefined ? JSON.parse(body.toString()) : undefined);
    const order =
      cancelId === undefined
        ? all.find(
            (one) => json.data !== undefined && [one.legacyOrderId, one.orderId].includes(json.data.legacyOrderId),
          )
        : all.find(({ cancelStatus }) => cancelStatus.cancelRequests.some((one) => one.cancelRequestId === cancelId));
    if (order === undefined) return problem(404, 'There is no such order or cancellation.');
    if (order.cancelStatus.cancelState === 'CANCELED') return problem(400, 'The order is cancelled already.');
    this.#made += 1;
    const id = cancelId ?? `51${this.#made}`;
    const done = {
      cancelRequestId: id,
      cancelRequestState: 'COMPLETED',
      cancelInitiator: cancelId ? 'Buyer' : 'Seller',
    };
    this.#book.put({
      ...order,
      cancelStatus: { ...order.cancelStatus, cancelState: 'CANCELED', cancelRequests: [done] },
    });
    return { status: 200, body: cancelId === undefined ? { cancelId: id } : {} };
  }
}
