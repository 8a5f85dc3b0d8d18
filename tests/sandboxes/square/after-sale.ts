import * as z from 'zod';
import { type SandboxResponse } from '../http-server.ts';
import { type Fields, invalid } from './answers.ts';

const part = z.strictObject({
  uid: z.string().min(1),
  state: z.enum(['PROPOSED', 'RESERVED', 'PREPARED', 'COMPLETED', 'CANCELED', 'FAILED']).optional(),
  shipment_details: z
    .strictObject({
      carrier: z.string().max(50).optional(),
      tracking_number: z.string().max(100).optional(),
      tracking_url: z.string().max(2000).optional(),
      shipped_at: z.iso.datetime().optional(),
    })
    .optional(),
});
const update = z.strictObject({
  idempotency_key: z.string().min(1).max(192),
  order: z.strictObject({
    version: z.int(),
    location_id: z.string().optional(),
    state: z.enum(['OPEN', 'COMPLETED', 'CANCELED']).optional(),
    fulfillments: z.array(part).min(1).optional(),
    metadata: z.record(z.string().max(60), z.string().max(255)).optional(),
  }),
});
const refunding = z.strictObject({
  idempotency_key: z.string().min(1).max(45),
  payment_id: z.string(),
  amount_money: z.strictObject({ amount: z.int().min(1), currency: z.string() }),
  reason: z.string().max(192).optional(),
});

const order = z.looseObject({
  id: z.string(),
  location_id: z.string(),
  updated_at: z.string(),
  version: z.int().optional(),
  state: z.string().optional(),
  fulfillments: z.array(z.looseObject({ uid: z.string(), state: z.string() })).default([]),
  tenders: z.array(z.unknown()).default([]),
  metadata: z.record(z.string(), z.string()).default({}),
});
type Order = z.output<typeof order>;
const payment = z.looseObject({
  id: z.string(),
  amount_money: z.object({ amount: z.int(), currency: z.string() }),
  refunded_money: z.object({ amount: z.int(), currency: z.string() }).optional(),
  refund_ids: z.array(z.string()).default([]),
});

/** What the rest of the account keeps. */
export interface AccountBook {
  readonly order: (id: string) => unknown;
  readonly putOrder: (order: Order) => void;
  readonly payment: (id: string) => unknown;
  readonly putPayment: (payment: Fields & { readonly id: string }) => void;
}

/** Changes of orders and refunds of payments. */
export class SquareAfterSale {
  readonly refunds = new Map<string, Fields & { readonly id: string }>();
  readonly #updates = new Map<string, SandboxResponse>();
  readonly #keys = new Map<string, string>();
  readonly #book: AccountBook;

  constructor(book: AccountBook) {
    this.#book = book;
  }

  /** `undefined`: something else. */
  answer(route: string, json: unknown): SandboxResponse | undefined {
    const [, orderId] = /^PUT \/v2\/orders\/([^/]+)$/.exec(route) ?? [];
    if (orderId !== undefined) return this.#update(decodeURIComponent(orderId), json);
    if (route === 'POST /v2/refunds') return this.#refund(json);
    const [, refundId] = /^GET \/v2\/refunds\/([^/]+)$/.exec(route) ?? [];
    if (refundId === undefined) return undefined;
    const refund = this.refunds.get(decodeURIComponent(refundId));
    return refund === undefined
      ? invalid('NOT_FOUND', 'Refund not found.', undefined, 404)
      : { status: 200, body: { refund } };
  }

  /** A key that was used is answered as it was then, whatever is asked now. */
  #update(orderId: string, json: unknown): SandboxResponse {
    const [read, now] = [update.safeParse(json), order.safeParse(this.#book.order(orderId))];
    if (!read.success) return invalid('BAD_REQUEST', z.prettifyError(read.error));
    if (!now.success) return invalid('NOT_FOUND', 'Order not found.', 'order_id', 404);
    const { idempotency_key: key, order: wanted } = read.data;
    const known = this.#updates.get(key);
    if (known !== undefined) return known;
    if (wanted.version !== now.data.version)
      return invalid('VERSION_MISMATCH', `Supplied version ${wanted.version} is not current.`, 'order.version');
    if (wanted.state === 'CANCELED' && now.data.tenders.length > 0)
      return invalid('BAD_REQUEST', 'An order that is paid cannot be canceled.', 'order.state');
    const changed = changedOrder(now.data, wanted);
    if (changed === undefined)
      return invalid('BAD_REQUEST', 'The fulfillment cannot be changed.', 'order.fulfillments');
    this.#book.putOrder(changed);
    const answer = { status: 200, body: { order: changed } };
    this.#updates.set(key, answer);
    return answer;
  }

  #refund(json: unknown): SandboxResponse {
    const read = refunding.safeParse(json);
    if (!read.success) return invalid('BAD_REQUEST', z.prettifyError(read.error));
    const { idempotency_key: key, payment_id, amount_money, reason } = read.data;
    const known = this.refunds.get(this.#keys.get(key) ?? '');
    if (known !== undefined) return { status: 200, body: { refund: known } };
    const of = payment.safeParse(this.#book.payment(payment_id));
    if (!of.success) return invalid('NOT_FOUND', 'Payment not found.', 'payment_id', 404);
    const before = of.data.refunded_money?.amount ?? 0;
    if (before + amount_money.amount > of.data.amount_money.amount)
      return invalid('REFUND_AMOUNT_INVALID', 'The refund is more than what is left of the payment.', 'amount_money');
    const id = `${payment_id}_R${this.refunds.size + 1}`;
    const refund = { id, status: 'PENDING', payment_id, amount_money, ...(reason !== undefined && { reason }) };
    this.refunds.set(id, refund);
    this.#keys.set(key, id);
    this.#book.putPayment({
      ...of.data,
      refunded_money: { ...amount_money, amount: before + amount_money.amount },
      refund_ids: [...of.data.refund_ids, id],
    });
    return { status: 200, body: { refund } };
  }
}

const over = ['COMPLETED', 'CANCELED', 'FAILED'];

/** The order with a sparse change in it; none where a fulfillment is not there or over. */
function changedOrder(
  now: Order,
  { fulfillments = [], state, metadata }: z.output<typeof update>['order'],
): Order | undefined {
  const isOpen = (uid: string) => now.fulfillments.some((one) => one.uid === uid && !over.includes(one.state));
  if (!fulfillments.every(({ uid }) => isOpen(uid))) return undefined;
  return {
    ...now,
    version: (now.version ?? 0) + 1,
    ...(state !== undefined && { state }),
    metadata: { ...now.metadata, ...metadata },
    fulfillments: now.fulfillments.map((one) => {
      const changed = fulfillments.find(({ uid }) => uid === one.uid);
      const details = Object.assign({}, one['shipment_details'], changed?.shipment_details);
      return { ...one, ...changed, state: changed?.state ?? one.state, shipment_details: details };
    }),
  };
}
